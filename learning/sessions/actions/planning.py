"""What a unit plans to hold, from the plan until it is closed; and who says that they come."""

import datetime
import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from learning.calls.actions import cancel_for
from learning.evidence.actions import RecordRefusedError
from learning.sessions import notices
from learning.sessions.actions.certificates import certify
from learning.sessions.actions.days import days_of, set_days, with_bounds
from learning.sessions.actions.inviting import tell_invited
from learning.sessions.duration import days_between
from learning.sessions.models import CALLED_AS, Invitee, Reply, Session, State
from learning.sessions.places import coming_and_waiting
from learning.sessions.states import STEPS
from membership.models import Person, Unit, User
from membership.policy import Action, require, require_consenting

PLANNED_FIELDS = frozenset(
    {"title", "place", "way", "map_link", "online_link", "starts_at", "ends_at", "agenda", "trainers", "capacity",
     "is_public", "minutes", "cost", "days"}
)  # fmt: skip
_AFTER = frozenset({"minutes", "cost"})  # of what is closed or cancelled
_TIMES = frozenset({"starts_at", "ends_at", "days"})
_TOLD = _TIMES | {"place", "way", "map_link", "online_link"}  # to who comes, when it is changed


class SessionRefusedError(RecordRefusedError):
    """In words for who asked."""


@transaction.atomic
def hold_session(
    *, token: uuid.UUID, unit: Unit, title: str, place: str, starts_at: datetime.datetime, ends_at: datetime.datetime,
    topics: list[str], by: User, at: datetime.datetime, **more: Any,
) -> Session:  # fmt: skip
    """A new session of the unit, planned. ``token`` is made with the form: the same form sent twice is one session.
    ``more`` are others of ``PLANNED_FIELDS``; ``days`` of them where they differ in their hours."""
    require(by, Action.ORGANISE, unit)
    if ends_at <= starts_at:
        raise RecordRefusedError("a session ends after it begins")
    values = {"unit": unit, "title": title, "place": place, "starts_at": starts_at, "ends_at": ends_at,
              "topics": topics, "created_at": at, "created_by": by}  # fmt: skip
    more = with_bounds(more)
    days = more.pop("days", [])
    session, is_new = Session.objects.get_or_create(pk=token, defaults=values | more)
    if is_new:
        set_days(session, days)
        log(instance=session, action="sessions.hold_session", user=by, title=str(session.pk), data={"unit": unit.pk})
    return session


@transaction.atomic
def change_session(*, session: Session, by: User, at: datetime.datetime, **values: Any) -> Session:
    """Other words, days or places than were planned. Who was noted keeps the evidence of then: once somebody is, the
    title stays and so do its first day and each that has begun. Who has a place keeps it. Nothing changed leaves no
    entry."""
    require(by, Action.ORGANISE, session.unit)
    current = _locked(session)
    values = with_bounds(values)
    stands = {name: getattr(current, name) for name in PLANNED_FIELDS - {"days"}} | {"days": days_of(current)}
    changed = sorted(name for name in PLANNED_FIELDS & set(values) if stands[name] != values[name])
    if current.state in (State.CLOSED, State.CANCELLED) and not set(changed) <= _AFTER:
        raise SessionRefusedError(_("It is closed or cancelled: only its minutes and its cost can still be written."))
    if current.state == State.HELD and ("title" in changed or _would_move_what_began(current, values, at)):
        raise SessionRefusedError(
            _("People were noted as present: its title and the days that have begun stay as their evidence says.")
        )
    placed = coming_and_waiting(current)[0]
    capacity = values.get("capacity", current.capacity)
    if capacity is not None and capacity < len(placed):
        raise SessionRefusedError(
            _("%(count)s people have a place already: there can not be fewer.") % {"count": len(placed)}
        )
    if changed:
        _write(current, changed, values)
        log(instance=current, action="sessions.change", user=by, title=str(current.pk), data={"changed": changed})
        _tell_of_change(current, changed, placed, at)
    return current


@transaction.atomic
def move_session(*, session: Session, step: str, by: User, at: datetime.datetime) -> Session:
    """Takes one of ``STEPS``. Taken twice, it is taken once; raises SessionRefusedError where it does not lead on."""
    require(by, Action.ORGANISE, session.unit)
    current, taken = _locked(session), STEPS[step]
    if current.state == taken.after:
        return current
    if current.state not in taken.before:
        raise SessionRefusedError(_("Meanwhile it is: %(state)s.") % {"state": current.get_state_display()})
    current.state = taken.after
    current.save(update_fields=["state"])
    data = {"certificates": certify(current, at)} if current.state == State.CLOSED else None
    log(instance=current, action=f"sessions.{step}", user=by, title=str(current.pk), data=data)
    if current.state == State.ANNOUNCED:
        tell_invited(current, Invitee.objects.unanswered(current), at)
    if current.state == State.CANCELLED:
        notices.tell_who_comes(notices.CANCELLED, current, Reply.objects.coming_to(current), at)
        notices.tell_invitees(notices.INVITED_IN_VAIN, current, Invitee.objects.unanswered(current), "", at)
        cancel_for(kind=CALLED_AS, key=current.pk, by=by, at=at)
    return current


@transaction.atomic
def reply(*, session: Session, is_coming: bool, by: User, at: datetime.datetime) -> Reply:
    """Somebody says for themselves whether they come. Said twice alike, the first keeps its place in the row."""
    if by.person is None:
        raise SessionRefusedError(_("This account is nobody's record."))
    require_consenting(by.person.pk)
    current = _locked(session)
    if not current.takes_answers(at):
        raise SessionRefusedError(_("Answers are taken from its announcement until it begins."))
    placed = coming_and_waiting(current)[0]
    said, is_new = Reply.objects.get_or_create(
        session=current, person=by.person, defaults={"is_coming": is_coming, "replied_at": at}
    )
    if not is_new and said.is_coming != is_coming:
        said.is_coming, said.replied_at = is_coming, at
        said.save(update_fields=["is_coming", "replied_at"])
        if not is_coming:
            _tell_moved_up(current, placed, at)
    return said


def move_replies(*, duplicate: Person, into: Person, by: User | None, at: datetime.datetime) -> None:
    """Two records of one person become one: the answer of the record that stays counts. Idempotent."""
    theirs = Reply.objects.filter(person=duplicate)
    theirs.filter(session__in=Reply.objects.filter(person=into).values("session")).delete()
    theirs.update(person=into)


def erase_replies(*, person_ids: list[int]) -> None:
    """Part of an erasure."""
    Reply.objects.filter(person__in=person_ids).delete()


def _would_move_what_began(session: Session, values: dict[str, Any], at: datetime.datetime) -> bool:
    """The first day counts as begun: who came early may be noted already."""
    days = values.get("days", days_of(session))
    whole = [timezone.localtime(values.get(name, getattr(session, name))) for name in ("starts_at", "ends_at")]
    before, after = session.periods, days or days_between(*whole)
    begun = max(at, before[0][0])
    return [day for day in before if day[0] <= begun] != [day for day in after if day[0] <= begun]


def _write(session: Session, changed: list[str], values: dict[str, Any]) -> None:
    """How many days it had counts once others were told of them."""
    most = 1 if session.state == State.PLANNED else max(session.most_days, len(session.periods))
    for name in set(changed) - {"days"}:
        setattr(session, name, values[name])
    if "days" in changed:
        set_days(session, values["days"])
    session.most_days = max(most, len(session.periods))
    session.save(update_fields={*changed, "most_days"} - {"days"})


def _tell_of_change(session: Session, changed: list[str], placed: list[Reply], at: datetime.datetime) -> None:
    """Who comes hears of a later day while the first is over."""
    if _TOLD & set(changed) and at < session.ends_at:
        notices.tell_who_comes(notices.CHANGED, session, Reply.objects.coming_to(session), at)
        tell_invited(session, Invitee.objects.unanswered(session), at)
    if "capacity" in changed:
        _tell_moved_up(session, placed, at)


def _tell_moved_up(session: Session, before: list[Reply], at: datetime.datetime) -> None:
    """Who has a place now and had none before."""
    had = {reply.pk for reply in before}
    moved = [reply for reply in coming_and_waiting(session)[0] if reply.pk not in had]
    notices.tell_who_comes(notices.MOVED_UP, session, moved, at)


def _locked(session: Session) -> Session:
    return Session.objects.select_for_update(of=("self",)).select_related("unit").get(pk=session.pk)
