"""Sending a proposal, what an office does with it, and what becomes of it with a record.

Nothing is deleted: each act is an entry beside the one before.
"""

import datetime
import uuid
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from interface.vietnamese import nfc
from membership.belonging import unit_of
from membership.models import Person, Unit, User
from membership.policy import Action, may, require
from membership.writing import has_withdrawn
from movement import notices
from movement.models import Proposal, ProposalEntry
from movement.offices import office_above, office_from
from movement.querysets.proposals import ProposalQuerySet
from movement.states import held

Act, State = Proposal.Act, Proposal.State


@dataclass(frozen=True)
class Said:
    """What an act says: words, and the letter's number and day where there is one."""

    words: str = ""
    number: str = ""
    dated: datetime.date | None = None


@transaction.atomic
def propose(
    *, token: uuid.UUID, person: Person, kind: str, title: str, text: str, by: User, at: datetime.datetime
) -> Proposal:
    """A citizen's own, to the nearest office of their unit. Idempotent by its token.

    Raises PermissionDenied to anybody else; ValidationError for somebody who belongs nowhere, or withdrew consent.
    """
    if by.person_id != person.pk:
        raise PermissionDenied(_("Only the person themselves writes here."))
    if has_withdrawn(person.pk):
        raise ValidationError(_("You withdrew your consent: nothing is written about you."))
    day = timezone.localdate(at)
    unit = unit_of(person, day)
    if unit is None:
        raise ValidationError(_("You belong to no unit. Ask your chapter or commune association to add you."))
    new = Proposal(
        token=token, kind=Proposal.Kind(kind), title=nfc(title), text=nfc(text), unit=unit, person=person,
        office=office_from(unit, day), filed_by=by, filed_at=at,
    )  # fmt: skip
    return _file(new)


@transaction.atomic
def propose_for_unit(
    *, token: uuid.UUID, unit: Unit, kind: str, title: str, text: str, by: User, at: datetime.datetime
) -> Proposal:
    """In the unit's name, to the office above it. Idempotent by its token."""
    require(by, Action.SEND_REPORTS, unit)
    new = Proposal(
        token=token, kind=Proposal.Kind(kind), title=nfc(title), text=nfc(text), unit=unit,
        office=office_above(unit, timezone.localdate(at)), filed_by=by, filed_at=at,
    )  # fmt: skip
    return _file(new)


def answer(*, proposal: Proposal, said: Said, by: User, at: datetime.datetime) -> Proposal:
    """It answers those that are joined to it, too."""
    return _move(proposal, Act.ANSWER, said, by, at)


def send_on(*, proposal: Proposal, said: Said, by: User, at: datetime.datetime) -> Proposal:
    """With what it was sent on: it waits above from now on, and what is joined to it goes along."""
    return _move(proposal, Act.SEND_ON, said, by, at)


@transaction.atomic
def join(*, proposal: Proposal, to: Proposal, by: User, at: datetime.datetime) -> Proposal:
    """Where the office has a like one: it is answered with that, or is by now. What was joined to it comes along."""
    like = Proposal.objects.select_for_update().to_join(proposal).filter(pk=to.pk).first()
    if like is None:
        raise ValidationError(_("Join it to one that waits or was answered at the same office."))
    joined = _move(proposal, Act.JOIN, Said(), by, at, joined_to=like)
    along = _with_like_ones(joined)
    joined.joined.update(joined_to=like)
    if like.state == State.ANSWERED:
        notices.answered(proposals=along, office=joined.office, at=at)
    return joined


def part(*, proposal: Proposal, by: User, at: datetime.datetime) -> Proposal:
    return _move(proposal, Act.PART, Said(), by, at, joined_to=None)


def publish(*, proposal: Proposal, words: str, by: User, at: datetime.datetime) -> Proposal:
    """With its answer, in words of the office that name nobody."""
    if not words.strip():
        raise ValidationError(_("Write it as everybody may read it, without names."))
    return _move(proposal, Act.PUBLISH, Said(words=words), by, at, published_as=nfc(words))


def hide(*, proposal: Proposal, by: User, at: datetime.datetime) -> Proposal:
    return _move(proposal, Act.HIDE, Said(), by, at, published_as="")


@transaction.atomic
def withdraw(*, proposal: Proposal, by: User, at: datetime.datetime) -> Proposal:
    """By whoever sent it, as long as it waits; what was joined to it waits by itself again."""
    withdrawn = _move(proposal, Act.WITHDRAW, Said(), by, at)
    _let_go(withdrawn.joined.all())
    return withdrawn


def acts_open_to(proposal: Proposal, by: User) -> list[str]:
    """What this user may do with it now; the same rules by which an act is refused."""
    is_highest = proposal.office.path == proposal.office.paths_up[0]
    acts = [act for act in proposal.acts if _may(proposal, act, by)]
    return [act for act in acts if act != Act.SEND_ON or not is_highest]


@transaction.atomic
def move_proposals(*, duplicate: Person, into: Person, by: User | None, at: datetime.datetime) -> None:
    Proposal.objects.filter(person=duplicate).update(person=into)


@transaction.atomic
def erase_proposals(*, person_ids: list[int]) -> None:
    """What somebody wrote goes, and what still waits is not answered any more; that something was sent, and what the
    office said, stays. What was published names nobody, and stays."""
    theirs = Proposal.objects.filter(person__in=person_ids)
    open_ones = theirs.filter(state__in=(State.WAITING, State.JOINED))
    _let_go(Proposal.objects.filter(joined_to__in=open_ones))
    open_ones.update(state=State.WITHDRAWN, joined_to=None)
    ProposalEntry.objects.filter(proposal__in=theirs, by=F("proposal__filed_by")).update(by=None)
    theirs.update(person=None, filed_by=None, title=_("Erased"), text="")


def _let_go(joined: ProposalQuerySet[Proposal]) -> None:
    """Nobody answers the one to which they were joined."""
    joined.update(state=State.WAITING, joined_to=None)


def _file(new: Proposal) -> Proposal:
    values = {name: getattr(new, name) for name in ("kind", "title", "text", "unit", "person", "office", "filed_by",
                                                    "filed_at")}  # fmt: skip
    proposal, is_new = Proposal.objects.get_or_create(token=new.token, defaults=values)
    if proposal.filed_by_id != new.filed_by_id:
        raise PermissionDenied
    if is_new:
        _note(proposal, Act.FILE, Said(), new.filed_by, new.filed_at)
        notices.arrived(proposal=proposal, at=new.filed_at)
    return proposal


@transaction.atomic
def _move(proposal: Proposal, act: str, said: Said, by: User, at: datetime.datetime, **changes: object) -> Proposal:
    current, following = held(proposal, act, "office", "unit")
    if act not in acts_open_to(current, by):
        raise PermissionDenied(_("This is for somebody else to do."))
    if act in (Act.ANSWER, Act.SEND_ON) and not said.words.strip():
        raise ValidationError(_("Write what is said: whoever sent it reads it."))
    if act == Act.SEND_ON:
        changes["office"] = office_above(current.office, timezone.localdate(at))
        current.joined.update(office=changes["office"])
    for name, value in (changes | {"state": following}).items():
        setattr(current, name, value)
    current.save(update_fields=["state", *changes])
    _note(current, act, said, by, at)
    if act == Act.ANSWER:
        notices.answered(proposals=_with_like_ones(current), office=current.office, at=at)
    elif act == Act.SEND_ON:
        notices.sent_on(proposals=_with_like_ones(current), office=current.office, at=at)
    return current


def _with_like_ones(proposal: Proposal) -> list[Proposal]:
    return [proposal, *proposal.joined.select_related("filed_by")]


def _note(proposal: Proposal, act: str, said: Said, by: User | None, at: datetime.datetime) -> None:
    ProposalEntry.objects.create(
        proposal=proposal, act=act, words=nfc(said.words), number=said.number.strip(), dated=said.dated,
        office=proposal.office, by=by, at=at,
    )  # fmt: skip
    log(instance=proposal, action=f"movement.{act}", user=by, title=str(proposal.pk), data={"unit": proposal.unit_id})


def _may(proposal: Proposal, act: str, by: User) -> bool:
    """The office and those above it act, but nobody on what they sent themselves; that, they alone take back."""
    is_own = proposal.filed_by_id == by.pk
    if act == Act.WITHDRAW:
        return is_own
    return not is_own and may(by, Action.SEND_REPORTS, proposal.office)
