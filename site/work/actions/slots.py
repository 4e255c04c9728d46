"""Writes of the scheduler: a slot is claimed, ends, and is forgotten."""

import datetime

from django.db import IntegrityError, transaction

from work.models import Slot
from work.recurring import Recurring

_KEPT_OF_EACH = 200


def claim(*, recurring: Recurring, latest: Slot | None, runner: str, at: datetime.datetime) -> Slot | None:
    """The slot that is due, for this runner alone; None where nothing is due, or somebody else has it.

    What recurs daily or weekly and never ran waits for its next slot, as in a crontab that was just written.
    """
    begins_at = recurring.rhythm.slot(at)
    if latest is None:
        slot = _take(recurring.name, begins_at, runner, at)
        if slot is None or recurring.rhythm.period < datetime.timedelta(days=1):
            return slot
        finish(slot=slot, outcome="first seen: runs from the next time on", at=at)
    elif latest.finished_at is None:
        return _inherit(recurring, latest, begins_at, runner, at)
    elif latest.begins_at < begins_at:
        return _take(recurring.name, begins_at, runner, at)
    return None


def claim_now(*, recurring: Recurring, runner: str, at: datetime.datetime) -> Slot:
    """The slot of this moment, whether or not it ran already: somebody asks for it by name."""
    begun = {"runner": runner, "started_at": at, "finished_at": None, "is_done": False, "outcome": ""}
    slot, _is_new = Slot.objects.update_or_create(
        name=recurring.name, begins_at=recurring.rhythm.slot(at), defaults=begun
    )
    return slot


def finish(*, slot: Slot, outcome: str, at: datetime.datetime, is_done: bool = True) -> None:
    """Notes how the run ended, and forgets the oldest ones of its name."""
    Slot.objects.filter(pk=slot.pk, runner=slot.runner).update(finished_at=at, is_done=is_done, outcome=outcome[:300])
    of_name = Slot.objects.filter(name=slot.name).order_by("-begins_at")
    for oldest in of_name.values_list("begins_at", flat=True)[_KEPT_OF_EACH : _KEPT_OF_EACH + 1]:
        of_name.filter(begins_at__lte=oldest).delete()


def release(*, runner: str) -> None:
    """A runner that stops leaves what it has begun to the others."""
    Slot.objects.filter(runner=runner, finished_at=None).delete()


def _take(name: str, begins_at: datetime.datetime, runner: str, at: datetime.datetime) -> Slot | None:
    try:
        with transaction.atomic():
            return Slot.objects.create(name=name, begins_at=begins_at, runner=runner, started_at=at)
    except IntegrityError:
        return None


def _inherit(
    recurring: Recurring, latest: Slot, begins_at: datetime.datetime, runner: str, at: datetime.datetime
) -> Slot | None:
    """What somebody has begun is theirs as long as they may be alive; after that one of the others takes it over."""
    if at - latest.started_at < recurring.rhythm.patience:
        return None
    standing = Slot.objects.filter(pk=latest.pk, finished_at=None, started_at=latest.started_at)
    if latest.begins_at < begins_at:
        standing.update(finished_at=at, outcome="its runner died")
        return _take(recurring.name, begins_at, runner, at)
    return Slot.objects.get(pk=latest.pk) if standing.update(runner=runner, started_at=at) else None
