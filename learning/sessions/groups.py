"""Whom an office can write to, of what this room knows: who is invited to a session, has not answered, comes or waits.
The session's page hands them over; no form offers them."""

import datetime
import uuid
from collections.abc import Callable, Collection

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from learning.sessions.models import Invitee, Session
from learning.sessions.places import coming_and_waiting
from membership.models import Unit
from membership.policy import AnyUser
from membership.querysets import PersonQuerySet
from membership.registries.groups import Group, register

# By the key that stands in the address: what they are called, and who they are.
PARTS: dict[str, tuple[Promise, Callable[[Session], Collection[int]]]] = {
    "moi": (_("All who are invited"), lambda session: _people(Invitee.objects.of_session(session))),
    "chua": (_("Invited, without an answer"), lambda session: _people(Invitee.objects.unanswered(session))),
    "den": (_("Who comes and has a place"), lambda session: _people(coming_and_waiting(session)[0])),
    "cho": (_("On the waiting list"), lambda session: _people(coming_and_waiting(session)[1])),
}

_BY_ANSWER = ("den", "cho")
_LONGEST = 200  # letters of a group's name, which the letter keeps


def connect() -> None:
    register(Group("session", _("People of a session"), lambda _user: [], _narrowed, named=_named, turned_to=_answered))


def handed_over(session: Session) -> list[tuple[str, Promise]]:
    """For the page of the session: the key of each group, and its name."""
    return [(f"session:{session.pk}:{part}", name) for part, (name, _of) in PARTS.items()]


def _named(user: AnyUser, which: str) -> str | None:
    key, part = _parts(which)
    session = Session.objects.organised_by(user).filter(pk__in=key).first()
    return f"{PARTS[part][0]}: {session.title}"[:_LONGEST] if session and part in PARTS else None


def _narrowed(people: PersonQuerySet, which: str, _day: datetime.date, _unit: Unit) -> PersonQuerySet:
    key, part = _parts(which)
    session = Session.objects.filter(pk__in=key).first()
    return people.filter(pk__in=PARTS[part][1](session)) if session and part in PARTS else people.none()


def _answered(unit: Unit, which: str) -> Collection[int]:
    """Who said that they come to what the unit holds, or one beneath it; to an open session from anywhere."""
    key, part = _parts(which)
    session = Session.objects.filter(pk__in=key, unit__path__startswith=unit.path).first()
    return PARTS[part][1](session) if session and part in _BY_ANSWER else ()


def _parts(which: str) -> tuple[list[uuid.UUID], str]:
    """Of which session, nothing for what is no key, and which of its people."""
    key, _colon, part = which.partition(":")
    try:
        return [uuid.UUID(key)], part
    except ValueError:
        return [], part


def _people(rows: Collection[object]) -> list[int]:
    return [row.person_id for row in rows]  # type: ignore[attr-defined]
