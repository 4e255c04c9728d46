"""A breach from its entry to its end. What stands in the register is put right and added to, and never taken away."""

import datetime
from dataclasses import dataclass, fields
from functools import reduce
from operator import or_

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from membership.models import Membership, Unit, User
from membership.policy import Action, require
from privacy.models import Breach, BreachNotice, Clock, Term, Told
from privacy.models.breaches import MOVES


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of a breach so far. Without a number, people are counted by the units, each once."""

    happened: str
    noticed_at: datetime.datetime
    affected: str
    people: int | None
    units: tuple[Unit, ...]
    consequences: str
    measures: str


@transaction.atomic
def record_breach(*, facts: Facts, by: User, at: datetime.datetime) -> Breach:
    """The hours run from when it was noticed. Idempotent: what is sent twice is entered once.

    Raises PermissionDenied, and ValidationError where the province has set no hours.
    """
    require(by, Action.PROTECT_DATA)
    _refuse_future(facts.noticed_at, at)
    User.objects.select_for_update().get(pk=by.pk)
    same = Breach.objects.filter(happened=facts.happened, noticed_at=facts.noticed_at, recorded_by=by).first()
    if same is not None:
        return same
    breach = Breach(recorded_at=at, recorded_by=by, due_at=facts.noticed_at + _hours())
    _write(breach, facts, at)
    log(instance=breach, action="privacy.record_breach", user=by, title=breach.number, timestamp=at)
    return breach


@transaction.atomic
def amend_breach(*, breach: Breach, facts: Facts, seen: datetime.datetime, by: User, at: datetime.datetime) -> Breach:
    """``seen``: ``changed_at`` of what the officer had before them. The hours that it had stay, counted from another
    moment where it was noticed at another.

    Raises PermissionDenied, and ValidationError where it is closed or somebody else changed it meanwhile.
    """
    held = _hold(breach, "amend", by)
    if held.changed_at != seen:
        raise ValidationError(_("Somebody else changed this entry meanwhile: open it again, then add what is missing."))
    _refuse_future(facts.noticed_at, at)
    if held.notices.filter(told_at__lt=facts.noticed_at).exists():
        raise ValidationError(_("Nobody was told before it was noticed."))
    changed = [each.name for each in fields(facts) if getattr(facts, each.name) != _known(held, each.name)]
    if changed:
        held.due_at += facts.noticed_at - held.noticed_at
        _write(held, facts, at)
        data = {"fields": changed}
        log(instance=held, action="privacy.amend_breach", user=by, title=held.number, data=data, timestamp=at)
    return held


@transaction.atomic
def tell_of_breach(
    *, breach: Breach, told: str, told_at: datetime.datetime, words: str, by: User, at: datetime.datetime
) -> BreachNotice:
    """Notes that the authority, or the people concerned, were told, and how. Idempotent."""
    held = _hold(breach, "tell", by)
    _refuse_future(told_at, at)
    if told_at < held.noticed_at:
        raise ValidationError(_("Nobody was told before it was noticed."))
    notice, is_new = BreachNotice.objects.get_or_create(
        breach=held, told=told, told_at=told_at, defaults={"words": words, "recorded_by": by}
    )
    if is_new:
        if told == Told.AUTHORITY:
            held.state = MOVES["tell"].to
            held.save(update_fields=["state"])
        data = {"told": told}
        log(instance=held, action="privacy.tell_of_breach", user=by, title=held.number, data=data, timestamp=at)
    return notice


@transaction.atomic
def close_breach(*, breach: Breach, conclusion: str, by: User, at: datetime.datetime) -> Breach:
    """With how it ended; where the authority was not told, with why it need not be."""
    held = _hold(breach, "close", by)
    if not conclusion.strip():
        raise ValidationError(_("Say how it ended and, where the authority was not told, why not."))
    held.state, held.conclusion, held.closed_at, held.closed_by = MOVES["close"].to, conclusion.strip(), at, by
    held.save(update_fields=["state", "conclusion", "closed_at", "closed_by"])
    log(instance=held, action="privacy.close_breach", user=by, title=held.number, timestamp=at)
    return held


def _hold(breach: Breach, move: str, by: User) -> Breach:
    require(by, Action.PROTECT_DATA)
    held = Breach.objects.select_for_update().get(pk=breach.pk)
    if move not in held.moves:
        raise ValidationError(_("This entry is closed: enter what came to light since as another one."))
    return held


def _write(breach: Breach, facts: Facts, at: datetime.datetime) -> None:
    for each in fields(facts):
        if each.name != "units":
            setattr(breach, each.name, getattr(facts, each.name))
    if facts.people is None and facts.units:
        breach.people = _people_of(facts.units, at)
    breach.changed_at = at
    breach.save()
    breach.units.set(facts.units)


def _known(breach: Breach, name: str) -> object:
    return tuple(breach.units.order_by("path")) if name == "units" else getattr(breach, name)


def _people_of(units: tuple[Unit, ...], at: datetime.datetime) -> int:
    within = reduce(or_, (Q(unit__path__startswith=unit.path) for unit in units))
    return Membership.objects.on(timezone.localdate(at)).filter(within).values("person").distinct().count()


def _hours() -> datetime.timedelta:
    term = Term.objects.filter(clock=Clock.BREACH).first()
    if term is None:
        raise ValidationError(_("No hours are set for telling of a breach."))
    return datetime.timedelta(hours=term.number)


def _refuse_future(moment: datetime.datetime, at: datetime.datetime) -> None:
    if moment > at:
        raise ValidationError(_("This moment is still to come."))
