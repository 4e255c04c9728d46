"""What officers are told of reports: that theirs is due or late, and that one from beneath has come."""

import datetime
from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from evaluation.reporting.dated import dated_by_unit
from evaluation.reporting.models import FrozenReport
from evaluation.reporting.received import due, sent_in, who_report
from membership.models import Membership, Role, Unit
from membership.policy import ROLE_ACTIONS, Action
from notices.actions import Told, tell
from notices.registries.kinds import Kind, Urgency, declare

_OFFICE = _("It is part of your office.")
_ROLES = [role for role in Role if Action.SEND_REPORTS in ROLE_ACTIONS[role]]
_A_WEEK = datetime.timedelta(days=7)
_A_DAY = datetime.timedelta(days=1)


def _unsent() -> QuerySet[Unit]:
    return Unit.objects.exclude(pk__in=sent_in(timezone.localdate().year))


DUE = declare(
    Kind(
        key="report-due",
        title=_("The last day for my unit's report comes near"),
        words=_("Send the report of %(unit)s for %(year)s: the last day is %(day)s."),
        why=_OFFICE,
        urgency=Urgency.AT_ONCE,
        still_due=_unsent,
        dated=dated_by_unit,
    )
)
LATE = declare(
    Kind(
        key="report-late",
        title=_("My unit's report is late"),
        words=_("The report of %(unit)s for %(year)s was due on %(day)s and is not noted as sent."),
        why=_OFFICE,
        urgency=Urgency.AT_ONCE,
        still_due=_unsent,
    )
)
ARRIVED = declare(
    Kind(
        key="report-arrived",
        title=_("A report from a unit beneath has come"),
        words=_("%(unit)s has sent its report for %(year)s, version %(number)s."),
        why=_OFFICE,
    )
)


def arrived(*, report: FrozenReport, at: datetime.datetime) -> None:
    """To who holds the office nearest above the unit; a version that is sent twice has come once."""
    above = Membership.objects.on(timezone.localdate(at)).filter(
        role__in=_ROLES, unit__path__in=report.unit.paths_up[:-1]
    )
    held = list(above.values_list("person_id", "unit__depth"))
    nearest = max((depth for _person, depth in held), default=0)
    said = {"unit": report.unit.name, "year": str(report.year), "number": str(report.number)}
    address = reverse("reporting:version", args=[report.year, report.unit.code, report.number])
    told = [
        Told(person_id=person, key=str(report.pk), values=said, address=address)
        for person, depth in held
        if depth == nearest
    ]
    tell(kind=ARRIVED, told=told, at=at)


def tell_of_due(*, at: datetime.datetime) -> int:
    """A week before the last day and again on the day before, to who reports for a unit that has not; then, once, that
    it is late."""
    today = timezone.localdate(at)
    last = due(today.year) - _A_DAY
    if today < last - _A_WEEK:
        return 0
    is_late = today > last
    moment = "late" if is_late else "day" if today >= last - _A_DAY else "week"
    return tell(kind=LATE if is_late else DUE, told=_of_units(today, last, moment), at=at)


def _of_units(today: datetime.date, last: datetime.date, moment: str) -> Iterator[Told]:
    units = who_report(today).exclude(pk__in=sent_in(today.year))
    officers = Membership.objects.on(today).filter(role__in=_ROLES, unit__in=units).select_related("unit")
    for office in officers:
        unit = office.unit
        yield Told(
            person_id=office.person_id,
            key=f"{unit.pk}:{today.year}:{moment}",
            subject=unit.pk,
            values={"unit": unit.name, "year": str(today.year), "day": date_format(last, "d/m/Y")},
            address=reverse("reporting:report", args=[today.year, unit.code]),
        )
