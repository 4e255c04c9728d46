"""What every action asks first: the row as it is now, and whether this user may act on it. What is refused leaves a
trace: who was refused what, on which row, and of what kind; ids only.

The trace is written after the refused action was rolled back. Who rolls back more than one action at once writes it
again with ``note`` once they are out of their own transaction.
"""

import datetime
from collections.abc import Callable
from decimal import Decimal
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from evaluation.criteria.models import Indicator
from evaluation.dossiers.bodies import Turn, turn_of, turn_text
from evaluation.dossiers.models import Dossier, IndicatorScore
from evaluation.dossiers.querysets.readiness import Stand
from evaluation.dossiers.readiness import Obstacle, explained, stand_of, vote_told
from membership.models import Person, User
from membership.policy import Action, may
from membership.writing import has_withdrawn

P = ParamSpec("P")
R = TypeVar("R")
_VOTED = {Obstacle.VOTED_DOWN, Obstacle.TOO_FEW, Obstacle.CHANGED}
_FOLLOWED = (
    "state",
    "current_step",
    "current_unit",
    "is_assisted",
    "assisted_by",
    "confirmed_at",
    "confirmed_by",
    "confirmed_how",
    "stale_since",
    "submitted_at",
    "decided_at",
    "frozen",
)


class RefusedError(ValidationError):
    """What was asked contradicts the state of the dossier; nothing was changed."""


class StaleError(RefusedError):
    """The dossier moved on, or someone else changed the figure, since the page was opened."""


class SealedError(RefusedError):
    """The dossier has been decided: nothing in it changes any more."""


class UnseenEvidenceError(RefusedError):
    """Evidence came after a body had signed off, and the body that has it now has not looked."""


def locked(dossier: Dossier) -> Dossier:
    """The dossier's row, locked until the transaction ends. Refuses a decided one, one that has moved on since the
    caller read it, and that of a person who withdrew their consent."""
    current = (
        Dossier.objects.select_for_update(of=("self",))
        .select_related("unit", "current_step", "criteria_set", "person")
        .get(pk=dossier.pk)
    )
    if current.is_decided:
        raise SealedError(_("This dossier has been decided; nothing in it changes any more."))
    require_consenting(current.person)
    if (current.state, current.current_step_id) != (dossier.state, dossier.current_step_id):
        raise StaleError(_("This dossier has moved on since you opened it. Look at it again before you go on."))
    return current


def require_writer(dossier: Dossier, by: User, at: datetime.datetime) -> bool:
    """Whether the user writes on the person's behalf. Raises PermissionDenied to anybody else, RefusedError when the
    dossier is not being written."""
    is_assisted = by.person_id != dossier.person_id
    if is_assisted and not may(by, Action.ASSIST, dossier.unit, on=timezone.localdate(at)):
        raise PermissionDenied(_("Only the person, or an officer who assists them, writes in this dossier."))
    if not dossier.is_writable:
        raise RefusedError(_("The dossier has been submitted; it can be changed once a body returns it."))
    return is_assisted


def require_consenting(person: Person) -> None:
    """Until the transaction ends they do not take it back."""
    if has_withdrawn(person.pk):
        raise RefusedError(Obstacle.WITHDREW.label)


def require_turn(dossier: Dossier, by: User, at: datetime.datetime) -> None:
    """Raises RefusedError when the dossier is not in review, PermissionDenied unless it is the user's turn."""
    if dossier.state != Dossier.State.IN_REVIEW:
        raise RefusedError(_("The dossier is not in review."))
    turn = turn_of(by, dossier, timezone.localdate(at))
    if turn != Turn.YES:
        raise PermissionDenied(turn_text(turn))


def body_of(dossier: Dossier) -> tuple[int, int]:
    """Ids of the step and the unit at which the dossier waits."""
    if dossier.current_step_id is None or dossier.current_unit_id is None:
        raise RefusedError(_("The dossier is not in review."))
    return dossier.current_step_id, dossier.current_unit_id


def require_ready(dossier: Dossier) -> Stand:
    """Raises RefusedError with the first thing that stands against its going on, or against the title."""
    stand = stand_of(dossier)
    if stand.obstacle:
        raise refusal_of(dossier, stand)
    return stand


def refusal_of(dossier: Dossier, stand: Stand, obstacle: str = "") -> RefusedError:
    """What stands against it, or that obstacle; after a meeting, with how it voted."""
    found = obstacle or stand.obstacle
    kind = UnseenEvidenceError if found == Obstacle.UNSEEN else RefusedError
    told = vote_told(dossier, stand.met_in) if found in _VOTED else ""
    return kind(f"{told} {explained(dossier, found)}".strip())


def score_of(dossier: Dossier, indicator_number: int) -> IndicatorScore:
    return IndicatorScore.objects.select_related("indicator").get(dossier=dossier, indicator__number=indicator_number)


def require_points(points: Decimal, indicator: Indicator, step: Decimal) -> None:
    """Refuses what the set does not know: beyond the maximum, or between two steps."""
    if not 0 <= points <= indicator.maximum or points % step:
        raise RefusedError(
            _("Indicator %(number)s takes scores from 0 to %(maximum)s in steps of %(step)s.")
            % {"number": indicator.number, "maximum": indicator.maximum.normalize(), "step": step.normalize()}
        )


def follow(dossier: Dossier, current: Dossier) -> None:
    """Lets the caller's copy say what the row says now."""
    for name in _FOLLOWED:
        setattr(dossier, name, getattr(current, name))


def refusals_noted(action: Callable[P, R]) -> Callable[P, R]:
    """An action in a transaction of its own: what it refuses is refused still, and noted outside it."""
    atomically = transaction.atomic(action)

    @wraps(action)
    def door(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return atomically(*args, **kwargs)
        except (PermissionDenied, RefusedError) as refusal:
            if not hasattr(refusal, "asked"):
                refusal.asked = (action.__name__, kwargs)  # type: ignore[union-attr]
            note(refusal)
            raise

    return door


def note(refusal: PermissionDenied | ValidationError) -> None:
    """Writes the entry for a refusal that came through the door; of any other, there is nothing to write."""
    name, given = cast("tuple[str, dict[str, Any]]", getattr(refusal, "asked", ("", {})))
    about = next((value for key, value in given.items() if key != "by" and isinstance(value, Model)), None)
    by = given.get("by")
    if about is None or not isinstance(by, User):
        return
    kind = "permission" if isinstance(refusal, PermissionDenied) else type(refusal).__name__
    title = f"{about._meta.model_name} {about.pk}"
    data: dict[str, Any] = {"asked": name, "why": kind}
    log(instance=about, action="dossiers.refused", user=by, title=title, data=data)
