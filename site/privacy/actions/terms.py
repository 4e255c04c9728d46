"""The days and hours that the law gives, and the days on which no office is open."""

import datetime
from collections.abc import Mapping

from django.db import transaction
from wagtail.log_actions import log

from membership.models import User
from membership.policy import Action, require
from privacy.models import Holiday, Term


@transaction.atomic
def keep_terms(
    *, numbers: Mapping[Term, tuple[int, bool]], holidays: Mapping[datetime.date, str], by: User, at: datetime.datetime
) -> None:
    """``numbers``: how many, and whether only working days count. What came before keeps its time."""
    require(by, Action.PROTECT_DATA)
    for term, (count, counts_working_days) in numbers.items():
        if (term.number, term.counts_working_days) != (count, counts_working_days):
            term.number, term.counts_working_days = count, counts_working_days
            term.save(update_fields=["number", "counts_working_days"])
            log(instance=term, action="privacy.set_term", user=by, title=term.clock, data={"number": count})
    kept = {holiday.day: holiday for holiday in Holiday.objects.all()}
    for day in kept.keys() - holidays.keys():
        log(instance=kept[day], action="privacy.remove_holiday", user=by, title=str(day), timestamp=at)
        kept[day].delete()
    for day, name in holidays.items():
        if day not in kept or kept[day].name != name:
            held, _is_new = Holiday.objects.update_or_create(day=day, defaults={"name": name})
            log(instance=held, action="privacy.set_holiday", user=by, title=str(day), timestamp=at)
