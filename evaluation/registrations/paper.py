"""The printed forms: one for a person, and a list of a unit to be signed. Papers are in Vietnamese."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import override

from membership.models import Unit
from papers.paper import DOTS, Block, Paper, Signature, Table, in_words

MOST_ON_PAPER = 500
_TITLE = "danh hiệu “Công dân học tập” năm {year}"
_PROMISE = (
    "Tôi tự nguyện đăng ký phấn đấu đạt " + _TITLE + ", tự học và tham gia học tập trong năm, tự đánh giá trung thực "
    "theo bộ tiêu chí và nộp hồ sơ đúng hạn."
)


def form_paper(year: int, unit: str = "", name: str = "", birth: str = "", code: str = "") -> Paper:
    """For one person; with dots where nothing is known of them."""
    said = [("Họ và tên: ", name), ("Năm sinh: ", birth), ("Mã người học (nếu có): ", code), ("Thuộc đơn vị: ", unit)]
    return Paper(
        body=unit or DOTS * 3,
        kind="Phiếu",
        summary="đăng ký phấn đấu đạt " + _TITLE.format(year=year),
        dated=in_words(None),
        blocks=[*(Block(text or DOTS * 4, lead=lead) for lead, text in said), Block(_PROMISE.format(year=year))],
        signatures=[Signature(["Người đăng ký"], name=name, note="(Ký, ghi rõ họ tên)"),
                    Signature(["Đại diện đơn vị"], note="(Ký, ghi rõ họ tên)")],
    )  # fmt: skip


def list_paper(unit: Unit, year: int, people: Iterable[Any]) -> Paper:
    """Those who have not registered yet, each with room to sign."""
    with override("vi"):
        rows = [
            [str(number), f"{one.full_name} ({one.birth_year or '…'})", one.code, one.home_unit_name or "", ""]
            for number, one in enumerate(people, 1)
        ]
    return Paper(
        body=unit.name,
        kind="Danh sách",
        summary="đăng ký phấn đấu đạt " + _TITLE.format(year=year),
        dated=in_words(None),
        blocks=[Block("Ai đăng ký thì ký vào dòng của mình. Không ai bị buộc phải đăng ký.")],
        table=Table(["TT", "Họ và tên (năm sinh)", "Mã", "Đơn vị", "Chữ ký"], rows, wide=(1, 3, 4), centred=(0, 2)),
        signatures=[Signature(["Người lập danh sách"], note="(Ký, ghi rõ họ tên)")],
    )
