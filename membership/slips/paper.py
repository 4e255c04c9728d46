"""Slips on paper, eight a page. The codes pass through here on their way to the printer and stay nowhere."""

import json
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from interface.owner import owner
from membership.models import Slip
from papers.files import FONTS, qr_of
from papers.paper import printable
from papers.typesetting import drawn

_TEMPLATE = Path(__file__).with_name("slip.typ")
_WAITS = "Phiếu có hiệu lực sau khi một cán bộ thứ hai xác nhận."


def pdf_of_slips(printed: Iterable[tuple[Slip, str]]) -> bytes:
    """Of slips with their codes; the slips with person and office."""
    described = [_described(slip, code) for slip, code in printed]
    answers = owner()
    whom_to_ask = printable(" · ".join(filter(None, (answers.name, answers.phone or answers.email))))
    told = {"title": "Phiếu mở tài khoản", "whom-to-ask": whom_to_ask, "slips": json.dumps(described)}
    return drawn(_TEMPLATE, FONTS, told)


def _described(slip: Slip, code: str) -> dict[str, str]:
    address = settings.BASE_URL + reverse("membership:slip")
    return {
        "heading": "Phiếu đặt lại mật khẩu" if slip.is_renewal else "Phiếu mở tài khoản Công dân học tập",
        "name": printable(slip.person.full_name),
        "person": slip.person.code,
        "code": code,
        "qr": qr_of(f"{address}#{code}"),
        "address": address.partition("//")[2],
        "note": _WAITS if slip.is_renewal else "",
        "until": f"{timezone.localtime(slip.expires_at):%d/%m/%Y}",
        "day": f"{timezone.localtime(slip.printed_at):%d/%m/%Y}",
        "office": printable(slip.office.name),
    }
