"""The last day for the report of the year: in the calendar of who reports for a unit, and in the letters that tell of
it."""

import datetime
from collections.abc import Collection, Iterable, Mapping

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.reporting.received import due, sent_in, who_report
from membership.models import Membership, Role, Unit
from membership.policy import ROLE_ACTIONS, Action
from notices.registries.dated import Dated

_ROLES = [role for role in Role if Action.SEND_REPORTS in ROLE_ACTIONS[role]]


def last_days(person_id: int, day: datetime.date) -> Iterable[Dated]:
    """Of units whose report is not noted as sent."""
    held = Membership.objects.on(day).filter(person=person_id, role__in=_ROLES)
    units = who_report(day).filter(pk__in=held.values("unit")).exclude(pk__in=sent_in(day.year))
    return [one for one in _last_days(units, day.year).values() if one.begins >= day]


def dated_by_unit(keys: Collection[int]) -> Mapping[int, Dated]:
    return _last_days(Unit.objects.filter(pk__in=keys), timezone.localdate().year)


def _last_days(units: Iterable[Unit], year: int) -> dict[int, Dated]:
    return {
        unit.pk: Dated(
            key=f"report-{unit.pk}-{year}",
            title=_("Last day for the report of %(unit)s for %(year)s") % {"unit": unit.name, "year": year},
            begins=due(year) - datetime.timedelta(days=1),
            address=reverse("reporting:report", args=[year, unit.code]),
        )
        for unit in units
    }
