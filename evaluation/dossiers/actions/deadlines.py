"""Until when a year's dossier is handed in: a unit says so for its people, and for the units beneath that do not."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from evaluation.dossiers.actions.refused import refusals_noted
from evaluation.dossiers.models import Deadline, Dossier
from evaluation.dossiers.refusals import RefusedError
from membership.models import Unit, User
from membership.policy import Action, require


@refusals_noted
@transaction.atomic
def set_deadline(*, unit: Unit, year: int, last_day: datetime.date, by: User, at: datetime.datetime) -> Deadline:
    """Sets or moves the day; moving it later lets late ones in. Idempotent."""
    require(by, Action.ENTER_FIGURES, unit)
    if last_day.year not in {year, year + 1}:
        raise RefusedError(_("The last day lies in the year of the dossiers, or in the one after."))
    deadline, is_new = Deadline.objects.get_or_create(
        unit=unit, year=year, defaults={"last_day": last_day, "set_by": by, "set_at": at}
    )
    if not is_new and deadline.last_day == last_day:
        return deadline
    deadline.last_day, deadline.set_by, deadline.set_at = last_day, by, at
    deadline.save(update_fields=["last_day", "set_by", "set_at"])
    log(instance=deadline, action="dossiers.set_deadline", user=by, data={"last_day": last_day.isoformat()})
    return deadline


def last_day(unit: Unit, year: int) -> datetime.date | None:
    """The day that the nearest unit at or above has set; None: nobody has set one."""
    ends = range(unit.steplen, len(unit.path) + 1, unit.steplen)
    above = [unit.path[:end] for end in ends]
    nearest = Deadline.objects.filter(unit__path__in=above, year=year).order_by("-unit__depth").first()
    return nearest.last_day if nearest else None


def require_in_time(dossier: Dossier, at: datetime.datetime) -> None:
    """A first handing-in only: what a body returned may always be completed."""
    day = last_day(dossier.unit, dossier.year)
    if day is not None and timezone.localdate(at) > day:
        raise RefusedError(
            _("The last day for handing in was %(day)s. Ask your commune association whether it can be moved.")
            % {"day": date_format(day, "d/m/Y")}
        )
