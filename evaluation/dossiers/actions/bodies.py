"""Which bodies review, until when they are handed dossiers, and who stands in where nobody can act: each from a day on.

What stands is never edited: what began under a chain goes its way to the end."""

import datetime
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from evaluation.dossiers.actions.guards import RefusedError, refusals_noted
from evaluation.dossiers.models import Deadline, Dossier, ReviewChain, ReviewStep, StandIn
from membership.actions import end_role, grant_role
from membership.models import Membership, Person, Role, Unit, UnitKind, User
from membership.policy import ROLE_ACTIONS, UNIT_KINDS_OF_ROLE, Action, require

LONGEST = datetime.timedelta(days=366)


@dataclass(frozen=True)
class Body:
    """One body of a chain. ``due`` is its last day of the year as month and day."""

    name: str
    role: Role
    unit_kind: UnitKind
    quorum: int = 0
    due: tuple[int, int] | None = None
    reason_over: Decimal | None = None
    quorum_percent: int = 0
    majority_percent: int | None = 50
    majority_votes: int = 0
    tie: ReviewStep.Tie = ReviewStep.Tie.LOST
    by_link: bool = False


@refusals_noted
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


@refusals_noted
def set_deadline(*, unit: Unit, year: int, last_day: datetime.date, by: User, at: datetime.datetime) -> Deadline:
    """Sets or moves the day; moving it later lets late ones in. Idempotent."""
    require(by, Action.SET_DEADLINES, unit)
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
    nearest = Deadline.objects.filter(unit__path__in=unit.paths_up, year=year).order_by("-unit__depth").first()
    return nearest.last_day if nearest else None


def require_in_time(dossier: Dossier, at: datetime.datetime) -> None:
    """A first handing-in only: what a body returned may always be completed."""
    day = last_day(dossier.unit, dossier.year)
    if day is not None and timezone.localdate(at) > day:
        raise RefusedError(
            _("The last day for handing in was %(day)s. Ask your commune association whether it can be moved.")
            % {"day": date_format(day, "d/m/Y")}
        )


@refusals_noted
def appoint_stand_in(
    *,
    unit: Unit,
    role: Role,
    person: Person,
    valid_from: datetime.date,
    valid_to: datetime.date,
    reason: str,
    by: User,
    at: datetime.datetime,
) -> StandIn:
    """Gives the role in the unit for that time. ``valid_to`` is the first day on which it holds no more. Who may
    appoint is who may give the role there, never to themselves. Raises PermissionDenied or RefusedError."""
    if Action.REVIEW not in ROLE_ACTIONS[role]:
        raise RefusedError(_("A stand-in acts for a body that reviews."))
    if not valid_from < valid_to <= valid_from + LONGEST:
        raise RefusedError(_("A stand-in acts from one day until another, a year at most."))
    if not reason.strip():
        raise RefusedError(_("Say why the body needs a stand-in."))
    if not User.objects.filter(person=person, is_active=True).exists():
        raise RefusedError(_("A stand-in needs an account of their own."))
    if Membership.objects.filter(person=person, unit=unit, role=role, valid_to=None).exists():
        raise RefusedError(_("This person holds the office already."))
    try:
        held = grant_role(person=person, unit=unit, role=role, valid_from=valid_from, by=by, at=at)
        held = end_role(membership=held, valid_to=valid_to, by=by, at=at)
    except ValidationError as refused:
        raise RefusedError(refused.messages) from refused
    stand_in = StandIn.objects.create(membership=held, reason=reason.strip(), appointed_by=by, appointed_at=at)
    log(
        instance=stand_in,
        action="dossiers.appoint_stand_in",
        user=by,
        data={"person": person.pk, "unit": unit.pk, "role": str(role), "until": valid_to.isoformat()},
    )
    return stand_in


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
    if bodies[-1].by_link:
        raise RefusedError(_("The body that recognises never answers by link: a link is no signature."))
    for place, body in enumerate(bodies, start=1):
        needed = Action.RECOGNISE if place == len(bodies) else Action.REVIEW
        if needed not in ROLE_ACTIONS[body.role]:
            raise RefusedError(_("“%(name)s”: this office cannot do its part there.") % {"name": body.name})
        if body.unit_kind not in UNIT_KINDS_OF_ROLE[body.role]:
            raise RefusedError(_("“%(name)s”: nobody holds this office in such a unit.") % {"name": body.name})
