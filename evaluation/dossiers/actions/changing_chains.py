"""Which bodies review from a day on. What stands is never edited: what began under it goes its way to the end."""

import datetime
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from evaluation.dossiers.actions.refused import refusals_noted
from evaluation.dossiers.models import ReviewChain, ReviewStep
from evaluation.dossiers.refusals import RefusedError
from membership.models import Role, UnitKind, User
from membership.policy import ROLE_ACTIONS, UNIT_KINDS_OF_ROLE, Action, require


@dataclass(frozen=True)
class Body:
    """One body of a chain. ``due`` is its last day of the year as month and day."""

    name: str
    role: Role
    unit_kind: UnitKind
    quorum: int = 0
    due: tuple[int, int] | None = None
    reason_over: Decimal | None = None


@refusals_noted
@transaction.atomic
def change_chain(
    *,
    chain: ReviewChain,
    valid_from: datetime.date,
    bodies: Sequence[Body],
    appeal_days: int,
    answer_days: int,
    by: User,
    at: datetime.datetime,
) -> ReviewChain:
    """The chain that takes its place from that day: dossiers opened then pass these bodies, the last recognises.

    Raises PermissionDenied, or RefusedError for a day that has passed, for bodies that could not do their part, and for
    a chain whose place another has taken.
    """
    require(by, Action.MANAGE_CRITERIA)
    current = ReviewChain.objects.select_for_update().get(pk=chain.pk)
    _require_day(current, valid_from, at)
    _require_able(bodies)
    current.valid_to = valid_from
    current.save(update_fields=["valid_to"])
    changed = ReviewChain.objects.create(
        name=current.name,
        group=current.group,
        preference=current.preference,
        appeal_kind=current.appeal_kind,
        valid_from=valid_from,
        appeal_days=appeal_days,
        answer_days=answer_days,
    )
    ReviewStep.objects.bulk_create(
        _step(changed, place, body, is_last=place == len(bodies)) for place, body in enumerate(bodies, start=1)
    )
    log(instance=changed, action="dossiers.change_chain", user=by, data={"supersedes": current.pk})
    return changed


def _step(chain: ReviewChain, place: int, body: Body, *, is_last: bool) -> ReviewStep:
    values = asdict(body)
    month, day = values.pop("due") or (None, None)
    return ReviewStep(chain=chain, order=place, recognises=is_last, due_month=month, due_day=day, **values)


def _require_day(chain: ReviewChain, valid_from: datetime.date, at: datetime.datetime) -> None:
    if chain.valid_to is not None:
        raise RefusedError(_("Another chain has taken the place of this one: change that one."))
    if valid_from <= chain.valid_from or valid_from < timezone.localdate(at):
        raise RefusedError(_("A chain changes from today on, or from a later day, and after the day it began."))


def _require_able(bodies: Sequence[Body]) -> None:
    if not bodies:
        raise RefusedError(_("A chain needs at least one body."))
    offices = [(body.role, body.unit_kind) for body in bodies]
    if len(set(offices)) < len(offices):
        raise RefusedError(_("No body stands in a chain twice: each looks at a dossier once."))
    for place, body in enumerate(bodies, start=1):
        needed = Action.RECOGNISE if place == len(bodies) else Action.REVIEW
        if needed not in ROLE_ACTIONS[body.role]:
            raise RefusedError(_("“%(name)s”: this office cannot do its part there.") % {"name": body.name})
        if body.unit_kind not in UNIT_KINDS_OF_ROLE[body.role]:
            raise RefusedError(_("“%(name)s”: nobody holds this office in such a unit.") % {"name": body.name})
