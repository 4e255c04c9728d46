"""What changes targets and entered figures. Each writes to the audit log: ids and numbers, never names."""

import datetime
from operator import itemgetter
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from evaluation.reporting.definitions import AIMS, SOURCE
from evaluation.reporting.models import Denominator, Target
from membership.models import Unit, User
from membership.policy import Action, require

FIRST_YEAR = 2022
LARGEST_VALUE = 10_000_000


@transaction.atomic
def load_targets(*, by: User | None, at: datetime.datetime) -> list[Target]:
    """The plan's ten targets. Idempotent: a target that stands, edited or not, is left as it is."""
    targets = []
    goals = [(until, percent, aim) for aim in AIMS.values() for until, percent in aim.goals.items()]
    for until, percent, aim in sorted(goals, key=itemgetter(0)):
        target, is_new = Target.objects.get_or_create(
            measure=aim.key, until=until, defaults={"percent": percent, "topic": aim.topic, "source": SOURCE}
        )
        if is_new:
            log(instance=target, action="reporting.load_target", user=by, data={"percent": percent})
        targets.append(target)
    return targets


@transaction.atomic
def enter_denominator(
    *, unit: Unit, year: int, measure: str, value: int, by: User, at: datetime.datetime
) -> Denominator:
    """Notes how many people the unit has for a measure; later figures replace earlier ones, the log keeps both."""
    require(by, Action.ENTER_FIGURES, unit)
    _check_denominator(year, measure, value, timezone.localdate(at))
    key: dict[str, Any] = {"unit": unit, "year": year, "measure": measure}
    standing = Denominator.objects.select_for_update().filter(**key).first()
    if standing and standing.value == value:
        return standing
    denominator, _is_new = Denominator.objects.update_or_create(
        **key, defaults={"value": value, "entered_at": at, "entered_by": by}
    )
    log(
        instance=denominator,
        action="reporting.enter_denominator",
        user=by,
        data={"unit": unit.pk, "year": year, "before": standing.value if standing else None, "after": value},
    )
    return denominator


def _check_denominator(year: int, measure: str, value: int, today: datetime.date) -> None:
    if not AIMS[measure].entered_as:
        raise ValidationError(_("This figure is counted here; nobody enters it."))
    if not 1 <= value <= LARGEST_VALUE:
        raise ValidationError(_("Enter a number of people, at least 1."))
    if not FIRST_YEAR <= year <= today.year:
        raise ValidationError(_("Choose a year that has begun, from the plan's first on."))
