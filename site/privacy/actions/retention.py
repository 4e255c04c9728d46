"""Ending what has been kept long enough: by a press, or each night once an administrator has confirmed it."""

import datetime
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from membership.models import User
from membership.policy import Action, require
from privacy.models import Retention
from privacy.retention import due_rows
from work.processing import clearings


@transaction.atomic
def keep_days(*, days: Mapping[str, int], by: User, at: datetime.datetime) -> None:
    """By the name of the clearing. Other days take a confirmation back, for nobody has seen what they would clear."""
    require(by, Action.PROTECT_DATA)
    for name, count in days.items():
        if count < clearings[name].least:
            raise ValidationError(_("At least %(days)d days.") % {"days": clearings[name].least})
        kept = _kept(name)
        if kept.days != count:
            kept.days, kept.confirmed_by, kept.confirmed_at = count, None, None
            kept.save()
            _log(kept, "set_days", by, at, days=count)


@transaction.atomic
def confirm(*, clearing: str, days: int, by: User, at: datetime.datetime) -> None:
    """``days``: as they were on the page that showed what is due. From now on it is cleared every night."""
    kept = _seen(clearing, days, by)
    if kept.confirmed_at is None:
        kept.confirmed_by, kept.confirmed_at = by, at
        kept.save()
        _log(kept, "confirm_clearing", by, at, days=kept.days)


@transaction.atomic
def unconfirm(*, clearing: str, days: int, by: User, at: datetime.datetime) -> None:
    kept = _seen(clearing, days, by)
    if kept.confirmed_at is not None:
        kept.confirmed_by = kept.confirmed_at = None
        kept.save()
        _log(kept, "unconfirm_clearing", by, at, days=kept.days)


@transaction.atomic
def clear(*, clearing: str, days: int, by: User, at: datetime.datetime) -> int:
    """``days``: as they were on the page. Tells how many rows; run twice it finds none."""
    return _clear(_seen(clearing, days, by), by, at)


def clear_confirmed(*, at: datetime.datetime) -> int:
    """What administrators have confirmed; one entry each, and none where nothing was due."""
    count = 0
    for name in clearings:
        with transaction.atomic():
            kept = Retention.objects.select_for_update().filter(clearing=name, confirmed_at__isnull=False).first()
            count += _clear(kept, None, at) if kept else 0
    return count


def _clear(kept: Retention, by: User | None, at: datetime.datetime) -> int:
    clearing = clearings[kept.clearing]
    rows = due_rows(clearing, kept.days, at)
    count = rows.update(**dict.fromkeys(clearing.empties, "")) if clearing.empties else rows.delete()[0]
    if count:
        _log(kept, "clear", by, at, days=kept.days, count=count)
    return count


def _seen(name: str, days: int, by: User) -> Retention:
    require(by, Action.PROTECT_DATA)
    kept = _kept(name)
    if kept.days != days:
        raise ValidationError(_("Somebody has set other days meanwhile: look at what is due now."))
    return kept


def _kept(name: str) -> Retention:
    Retention.objects.get_or_create(clearing=name, defaults={"days": clearings[name].days})
    return Retention.objects.select_for_update().get(clearing=name)


def _log(kept: Retention, entry: str, by: User | None, at: datetime.datetime, **said: int) -> None:
    log(instance=kept, action=f"privacy.{entry}", user=by, title=kept.clearing, data=said, timestamp=at)
