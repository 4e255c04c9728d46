"""The demo's reports: last year's as they were sent in December, this year's first ones, and one put right."""

from __future__ import annotations

import datetime

from evaluation.reporting.actions import enter_denominator, freeze_report, note_sending
from evaluation.reporting.definitions import Measure
from evaluation.reporting.models import FrozenReport, ReportSending
from home.demo.people import Commune, Population
from membership.models import Role, Unit, User

_REMARKS = (
    "Nhiều hội viên lớn tuổi chưa quen dùng máy tính, cán bộ chi hội còn phải làm thay.\n"
    "Đề nghị Hội cấp trên mở thêm lớp kỹ năng số cơ bản tại nhà sinh hoạt cộng đồng."
)
_ABOVE = "Hội Khuyến học thành phố Đà Nẵng"


def send_reports(population: Population, now: datetime.datetime) -> None:
    first, second, third, *_rest = population.communes
    last_year = now.replace(year=now.year - 1, month=12, day=10)
    for commune in (first, second):
        _send(_freeze(commune.association, last_year, _officer(commune), number=8), _ABOVE, _officer(commune))
    late = _freeze(third.association, last_year.replace(day=18), _officer(third), number=9)
    _send(late, _ABOVE, _officer(third))
    giang = population.users["giang"]
    province = Unit.objects.get(code="48", valid_to=None)
    _send(_freeze(province, last_year.replace(day=12), giang, number=21), "Ủy ban nhân dân thành phố Đà Nẵng", giang)
    _put_right(first, now)


def _put_right(commune: Commune, now: datetime.datetime) -> None:
    """This year's report of the first commune: sent, then a figure was corrected and a second version frozen."""
    officer, unit = _officer(commune), commune.association
    earlier = max(now - datetime.timedelta(days=5), now.replace(month=1, day=1))
    _send(_freeze(unit, earlier, officer, number=12), _ABOVE, officer)
    measure = Measure.STAFF_TITLED
    enter_denominator(unit=unit, year=now.year, measure=measure, value=11, by=officer, at=now)
    _freeze(
        unit, now, officer, number=12, version=2, reason="Bổ sung số cán bộ, công nhân viên của các đơn vị học tập."
    )


def _freeze(
    unit: Unit, at: datetime.datetime, by: User, *, number: int, version: int = 1, reason: str = ""
) -> FrozenReport:
    return freeze_report(
        unit=unit,
        year=at.year,
        number=version,
        day=at.date(),
        paper_number=f"{number}/BC-HKH",
        remarks=_REMARKS,
        reason=reason,
        by=by,
        at=at,
    )


def _send(report: FrozenReport, recipient: str, by: User) -> None:
    way, at = ReportSending.Way.DOCUMENTS, report.frozen_at
    note_sending(report=report, recipient=recipient, way=way, sent_on=report.day, by=by, at=at)


def _officer(commune: Commune) -> User:
    return commune.officer(Role.COMMUNE_OFFICER, commune.association)
