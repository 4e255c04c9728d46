"""Which units beneath have sent their report, and in time: before 15 December in Viet Nam (the plan, V)."""

import datetime
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from evaluation.reporting.models import FrozenReport, ReportSending
from membership.models import Unit, UnitKind

_DUE_MONTH, _DUE_DAY = 12, 15
_OF_A_COMMUNE = (UnitKind.CHAPTER, UnitKind.AGENCY, UnitKind.SCHOOL, UnitKind.MASS_BODY)


@dataclass(frozen=True)
class Line:
    unit: Unit
    has_version: bool
    sent_on: datetime.date | None
    is_late: bool


@dataclass(frozen=True)
class Received:
    lines: list[Line]

    @property
    def begun(self) -> list[Line]:
        return [line for line in self.lines if line.has_version]

    @property
    def missing(self) -> list[Line]:
        return [line for line in self.lines if not line.has_version]

    @property
    def sent(self) -> int:
        return sum(line.sent_on is not None for line in self.lines)

    @property
    def late(self) -> int:
        return sum(line.is_late for line in self.lines)


def due(year: int) -> datetime.date:
    """Whoever sends on this day is late already."""
    return datetime.date(year, _DUE_MONTH, _DUE_DAY)


def received(unit: Unit, year: int, day: datetime.date) -> Received:
    """The reports that go up to this unit: for a province those of the communes' associations, for a commune those
    of its chapters, agencies and schools. Two queries."""
    units = list(_who_report(unit, day))
    first = FrozenReport.objects.first_sent(units, year)
    return Received([_line(one, one.pk in first, first.get(one.pk), due(year)) for one in units])


def sent_in(year: int) -> set[int]:
    """The keys of units whose report of the year is noted as sent."""
    return set(ReportSending.objects.filter(report__year=year).values_list("report__unit", flat=True))


def who_report(day: datetime.date) -> QuerySet[Unit]:
    """All units whose report goes up: the communes' associations, and what is in a commune."""
    associations = Q(kind=UnitKind.ASSOCIATION, depth__gt=2)  # the province's own is right beneath it
    return Unit.objects.on(day).filter(associations | Q(kind__in=_OF_A_COMMUNE))


def _line(unit: Unit, has_version: bool, sent_on: datetime.date | None, due: datetime.date) -> Line:
    return Line(unit, has_version, sent_on, sent_on is not None and sent_on >= due)


def _who_report(unit: Unit, day: datetime.date) -> list[Unit]:
    beneath = Unit.objects.on(day).filter(path__startswith=unit.path, depth__gt=unit.depth)
    if unit.kind == UnitKind.PROVINCE:
        beneath = beneath.filter(kind=UnitKind.ASSOCIATION, depth__gt=unit.depth + 1)
    else:
        beneath = beneath.filter(kind__in=_OF_A_COMMUNE)
    return list(beneath.order_by("folded_name", "path"))
