"""The days that the law gives, and the days on which no office is open."""

import datetime
from collections.abc import Mapping

from django.db import transaction
from wagtail.log_actions import log

from membership.models import User
from membership.policy import Action, require
from privacy.models import Holiday, Term


@transaction.atomic
def keep_terms(
    *, days: Mapping[Term, tuple[int, bool]], holidays: Mapping[datetime.date, str], by: User, at: datetime.datetime
) -> None:
    """``days``: how many, and whether only working days count. What was filed before keeps its days."""
    require(by, Action.PROTECT_DATA)
    for term, (count, counts_working_days) in days.items():
        if (term.days, term.counts_working_days) != (count, counts_working_days):
            term.days, term.counts_working_days = count, counts_working_days
            term.save(update_fields=["days", "counts_working_days"])
            log(instance=term, action="privacy.set_term", user=by, title=term.clock, data={"days": count})
    kept = {holiday.day: holiday for holiday in Holiday.objects.all()}
    for day in kept.keys() - holidays.keys():
        log(instance=kept[day], action="privacy.remove_holiday", user=by, title=str(day), timestamp=at)
        kept[day].delete()
    for day, name in holidays.items():
        if day not in kept or kept[day].name != name:
            held, _is_new = Holiday.objects.update_or_create(day=day, defaults={"name": name})
            log(instance=held, action="privacy.set_holiday", user=by, title=str(day), timestamp=at)
