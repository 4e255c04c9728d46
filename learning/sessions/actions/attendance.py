"""Who was there, and what it trained for."""

import datetime
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace
from enum import StrEnum
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.log_actions import log

from learning.evidence.actions.declaring import take_back
from learning.evidence.actions.recording import RecordRefusedError, copy_of, correct_all, write
from learning.evidence.facts import Fact
from learning.evidence.kinds import WITHDRAWAL, Kind
from learning.evidence.models import EnteredBy, Evidence, Source, Verification
from learning.evidence.registries import training
from learning.sessions.codes import session_of_ticket
from learning.sessions.models import Session, State
from learning.sessions.states import NOTED_IN
from membership.models import Membership, Person, User
from membership.policy import Action, may, require

# People come early and leave late.
DOORS_OPEN = datetime.timedelta(minutes=30)
DOORS_CLOSE = datetime.timedelta(minutes=60)
_CHUNK = 500  # rows of one statement


class How(StrEnum):
    LIST = "list"
    SPREADSHEET = "spreadsheet"
    SELF = "self"  # who may hold the session says so of themselves: their own word, until somebody else notes them


@transaction.atomic
def check_in(*, ticket: str, by: User, at: datetime.datetime) -> Evidence:
    """A person notes by the code on the screen that they are there. Twice is once. Who may hold the session can read
    the code anywhere: of them it is their own word.

    Raises RecordRefusedError for a ticket that is old or false, out of hours, or for an account without person.
    """
    key = session_of_ticket(ticket)
    session = _locked().filter(pk=key).first() if key else None
    if session is None or by.person is None:
        raise RecordRefusedError("the code is not good")
    if not is_open(session, at):
        raise RecordRefusedError("the session is not on")
    if session.state not in NOTED_IN:
        raise RecordRefusedError("the session is closed or cancelled")
    _is_held(session)
    if may(by, Action.ORGANISE, session.unit):
        return _note_oneself(session, by, at)[0]
    standing = Evidence.objects.of_session(session).filter(person=by.person).first()
    fact = _fact(session, by.person, "qr", Source.SYSTEM, Verification.SERVER_MARKED, EnteredBy.OWN_ACCOUNT)
    return standing or write(_anew(fact, _undone(session, [by.person])), at, None)[0]


@transaction.atomic
def note_attendance(
    *, session: Session, people: Iterable[Person], how: How, by: User, at: datetime.datetime
) -> list[Evidence]:
    """The organiser says who was there; gives what is new. Who is on the list already stays there once. Nobody vouches
    for themselves: the organiser's own attendance counts as declared, until another organiser notes it.

    Raises PermissionDenied, and RecordRefusedError before the session begins, for people of other units and for who
    withdrew their consent.
    """
    require(by, Action.ORGANISE, session.unit)
    session, wanted = _locked().get(pk=session.pk), list(people)
    if at < session.starts_at:
        raise RecordRefusedError("nobody was there before it began")
    if session.state not in NOTED_IN:
        raise RecordRefusedError("the session is closed or cancelled")
    day = timezone.localdate(session.starts_at)
    inside = Membership.objects.on(day).filter(
        person__in=wanted, person__withdrawn_at=None, unit__path__startswith=session.unit.path
    )
    if {person.pk for person in wanted} - set(inside.values_list("person_id", flat=True)):
        raise RecordRefusedError("people of other units, or who withdrew their consent")
    there = {row.person_id: row for row in Evidence.objects.of_session(session).filter(person__in=wanted)}
    undone = _undone(session, wanted)
    written = [
        _note_oneself(session, by, at)
        if person.pk == by.person_id
        else _note_other(_anew(_noted(session, person, how, by), undone), at, there.get(person.pk))
        for person in wanted
    ]
    new = [evidence for evidence, is_new in written if is_new]
    if new:
        _is_held(session)
        data = {"how": how, "evidence": [str(evidence.pk) for evidence in new]}
        log(instance=session, action="sessions.note_attendance", user=by, title=str(session.pk), data=data)
    return new


@transaction.atomic
def undo_attendance(
    *, session: Session, noted: Collection[UUID], by: User, at: datetime.datetime
) -> Collection[UUID]:  # fmt: skip
    """Takes back what a file brought in, of ``noted`` what still stands as it came; gives that. Who was there may be
    noted anew. Run twice it finds none. Raises PermissionDenied, and RecordRefusedError once the session is closed.
    """
    require(by, Action.ORGANISE, session.unit)
    current = _locked().get(pk=session.pk)
    if current.state not in NOTED_IN:
        raise RecordRefusedError("the session is closed or cancelled")
    rows = list(Evidence.objects.of_session(current).filter(pk__in=noted))
    for row in rows:
        take_back(row, "Hoàn tác danh sách có mặt nhập từ tệp", by, at, is_undone=True)
    if rows:
        data = {"evidence": [str(row.pk) for row in rows]}
        log(instance=current, action="sessions.undo_attendance", user=by, title=str(current.pk), data=data)
    return {row.pk for row in rows}


@transaction.atomic
def say_training(*, session: Session, chosen: Collection[str], by: User, at: datetime.datetime) -> list[Evidence]:
    """What it trained for, of what is offered, said afterwards: a correction for each who was there; gives those. Its
    other topics stay. Nobody vouches for themselves: of the organiser another organiser has to say it. Idempotent."""
    require(by, Action.ORGANISE, session.unit)
    current = _locked().get(pk=session.pk)
    offered = [topic for topic, _name in training.offered()]
    topics = [topic for topic in current.topics if topic not in offered]
    topics += [topic for topic in offered if topic in chosen]
    has_changed = current.topics != topics
    if has_changed:
        current.topics = topics
        current.save(update_fields=["topics"])
    new: list[Evidence] = []
    while told := _correct_topics(current, by, at):
        new += told
    if new or has_changed:
        data = {"topics": topics, "evidence": [str(evidence.pk) for evidence in new]}
        log(instance=current, action="sessions.say_training", user=by, title=str(current.pk), data=data)
    return new


def is_open(session: Session, at: datetime.datetime) -> bool:
    """Whether people may note that they are there: on each of its days, and at no hour between."""
    return any(begins - DOORS_OPEN <= at <= ends + DOORS_CLOSE for begins, ends in session.periods)


def _is_held(session: Session) -> None:
    """Who is there shows that it takes place."""
    if session.state != State.HELD:
        session.state = State.HELD
        session.save(update_fields=["state"])


def _locked() -> QuerySet[Session]:
    """Who notes attendance and who says what it trained for wait for each other: nobody is written with old topics."""
    return Session.objects.select_for_update(of=("self",)).select_related("unit").with_days()


def _correct_topics(session: Session, by: User, at: datetime.datetime) -> list[Evidence]:
    """Corrects some of those who stand with other topics; gives what is new."""
    rows = Evidence.objects.saying_otherwise(session, session.topics).exclude(person=by.person_id)[:_CHUNK]
    topics = tuple(session.topics)
    return correct_all(
        corrections=[(copy_of(row, source_key=_next_key(row), topics=topics), row) for row in rows], at=at
    )


def _next_key(row: Evidence) -> str:
    key, _plus, turn = row.source_key.rpartition("+")
    return f"{key}+{int(turn) + 1}" if key and turn.isdecimal() else f"{row.source_key}+1"


def _note_other(fact: Fact, at: datetime.datetime, standing: Evidence | None) -> tuple[Evidence, bool]:
    """Whoever is on the list stays there once, also by what a merged record brought; an organiser's own word gives way
    to another's."""
    if standing is not None and standing.details["how"] != How.SELF:
        return standing, False
    return write(fact, at, standing)


def _note_oneself(session: Session, by: User, at: datetime.datetime) -> tuple[Evidence, bool]:
    """Where somebody else has noted them, that stands. What they took back themselves they may say anew."""
    if by.person is None:
        raise RecordRefusedError("the account is nobody's record")
    noted = Evidence.objects.of_session(session).filter(person=by.person).first()
    if noted is not None:
        return noted, False
    fact = _fact(session, by.person, How.SELF, Source.SELF, Verification.NONE, EnteredBy.OWN_ACCOUNT)
    key = f"{fact.source_key}:{How.SELF}"
    taken_back = Evidence.objects.filter(
        source_key__startswith=key, superseded_by__kind=WITHDRAWAL, superseded_by__entered_by=EnteredBy.OWN_ACCOUNT
    ).count()
    return write(replace(fact, source_key=f"{key}:{taken_back}" if taken_back else key), at, None)


def _undone(session: Session, people: Iterable[Person]) -> Counter[int]:
    """How often each was taken back with a file."""
    return Counter(Evidence.objects.undone_in(session).filter(person__in=people).values_list("person_id", flat=True))


def _anew(fact: Fact, undone: Counter[int]) -> Fact:
    """What was taken back with a file keeps its key: it is told anew under another."""
    turn = undone[fact.person_id]
    return replace(fact, source_key=f"{fact.source_key}:{turn}") if turn else fact


def _noted(session: Session, person: Person, how: How, by: User) -> Fact:
    fact = _fact(session, person, how, Source.OFFICER, Verification.DOCUMENT_SEEN, EnteredBy.ASSISTED)
    return replace(fact, details=fact.details | {"noted_by": by.pk})


def _fact(
    session: Session, person: Person, how: str, source: Source, verification: Verification, entered_by: EnteredBy
) -> Fact:
    return Fact(
        person_id=person.pk,
        kind=Kind.ATTENDANCE,
        title=session.title,
        occurred_at=session.starts_at,
        source=source,
        verification=verification,
        entered_by=entered_by,
        source_key=session.key_of(person.pk),
        topics=tuple(session.topics),
        details={"how": str(how), "session": str(session.pk), "place": session.place},
    )
