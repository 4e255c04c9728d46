"""A request from its coming to its answer. Each step is one of ``models.MOVES``, asked of the row as it stands."""

import datetime
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from interface.vietnamese import nfc
from membership.actions import erase_person, require_no_office, settle_withdrawal
from membership.belonging import unit_of
from membership.models import Person, Unit, User
from membership.policy import Action, may_over
from privacy import notices
from privacy.clocks import due_day
from privacy.models import LASTING, MOVES, Clock, Holiday, Request, Term
from privacy.registries.objections import followers

# What a granted request sets on the person's record until it is lifted.
_MARKS = {Clock.RESTRICT: "restricted_at", Clock.OBJECT: "objected_at"}


@transaction.atomic
def file_request(*, person: Person, kind: str, words: str, by: User, at: datetime.datetime) -> Request:
    """By the person, or by an officer on their behalf. Idempotent: what an open one of the kind does not say yet is
    added to it.

    Raises PermissionDenied, and ValidationError where the province has set no days.
    """
    day = timezone.localdate(at)
    may_file = any(may_over(by, action, person, day) for action in (Action.ASSIST, Action.MANAGE_PEOPLE))
    if by.person_id != person.pk and not may_file:
        raise PermissionDenied("neither the person nor an officer of theirs")
    Person.objects.select_for_update().get(pk=person.pk)
    standing = Request.objects.open().select_for_update(of=("self",)).filter(person=person, kind=kind).first()
    if standing is not None:
        return _add(standing, nfc(words.strip()), by)
    acknowledge_by = _due(Clock.ACKNOWLEDGE, day)
    request = Request.objects.create(
        person=person,
        kind=kind,
        words=nfc(words.strip()),
        unit=unit_of(person, day) or Unit.objects.on(day).order_by("depth", "path")[0],
        filed_at=at,
        filed_by=by,
        acknowledge_by=acknowledge_by,
        due_on=max(acknowledge_by, _due(Clock(kind), day)),
    )
    _log(request, "file", by)
    return request


@transaction.atomic
def acknowledge(*, request: Request, by: User, at: datetime.datetime) -> Request:
    """The person reads that it has come and by when it is answered."""
    held = _hold(request, "acknowledge", by, at)
    held.acknowledged_at = at
    notices.acknowledged(request=held, at=at)
    return _move(held, "acknowledge", by)


@transaction.atomic
def grant(*, request: Request, answer: str, by: User, at: datetime.datetime) -> Request:
    """Restriction and objection hold from now on; an erasure is carried out, and refused where somebody still holds an
    office. What is seen, taken along or corrected the officer has done, and says so in the answer."""
    held = _answered(request, "grant", answer, by, at)
    if held.kind in LASTING:
        _mark(held, at)
    if held.kind == Clock.ERASE:
        erase_person(person=held.person, by=by, at=at)
        held.answer = ""
    return _tell(_move(held, "grant", by), at)


@transaction.atomic
def refuse(*, request: Request, answer: str, by: User, at: datetime.datetime) -> Request:
    return _tell(_move(_answered(request, "refuse", answer, by, at), "refuse", by), at)


@transaction.atomic
def lift(*, request: Request, answer: str, by: User, at: datetime.datetime) -> Request:
    """Ends a restriction or an objection, with the reason; whoever had it granted twice is free of it too."""
    held = _answered(request, "lift", answer, by, at)
    _mark(held, None)
    again = Request.objects.filter(person=held.person, kind=held.kind, state=Request.State.GRANTED)
    again.update(state=Request.State.LIFTED, answer=held.answer, answered_by=by, answered_at=at)
    return _tell(_move(held, "lift", by), at)


@transaction.atomic
def forget(*, person_ids: Iterable[int], at: datetime.datetime) -> None:
    """Of who is erased: that something was asked and how it was answered stays, what was written goes. What is open
    ends: nobody is left to answer to."""
    asked = Request.objects.filter(person__in=list(person_ids))
    asked.update(words="", answer="")
    asked.open().filter(kind=Clock.ERASE).update(state=Request.State.GRANTED, answered_at=at)
    told = _("The record was erased, and with it what this request was about.")
    asked.open().update(state=Request.State.REFUSED, answer=told, answered_at=at)


def move_requests(*, duplicate: Person, into: Person, by: User, at: datetime.datetime) -> None:
    """To the record that stays. What both asked and nobody answered yet goes on by the earlier days; what either
    restricted or objected to holds for both. Raises ValidationError where a restriction would meet an office."""
    standing = {request.kind: request for request in Request.objects.open().filter(person=into)}
    for request in Request.objects.open().filter(person=duplicate, kind__in=list(standing)):
        _end_double(request, standing[request.kind], by, at)
    Request.objects.filter(person=duplicate).update(person=into)
    is_objection_new = duplicate.objected_at is not None and into.objected_at is None
    for mark in _MARKS.values():
        setattr(into, mark, getattr(into, mark) or getattr(duplicate, mark))
    if into.restricted_at is not None:
        require_no_office(into, timezone.localdate(at))
    into.save(update_fields=list(_MARKS.values()))
    settle_withdrawal(into)
    if is_objection_new:
        _follow(into)


def _end_double(double: Request, standing: Request, by: User, at: datetime.datetime) -> None:
    standing.acknowledge_by = min(standing.acknowledge_by, double.acknowledge_by)
    standing.due_on = min(standing.due_on, double.due_on)
    standing.save(update_fields=["acknowledge_by", "due_on"])
    double.answer = _("The two records were merged: the other request goes on.")
    double.answered_by, double.answered_at = by, at
    _move(double, "refuse", by)


def _add(standing: Request, words: str, by: User) -> Request:
    if words not in standing.words:
        standing.words = f"{standing.words}\n\n{words}".strip()
        standing.save(update_fields=["words"])
        _log(standing, "add", by)
    return standing


def _mark(request: Request, since: datetime.datetime | None) -> None:
    """Sets it, or takes it away, and has what follows from it follow."""
    person, mark = request.person, _MARKS[Clock(request.kind)]
    if request.kind == Clock.RESTRICT and since is not None:
        require_no_office(person, timezone.localdate(since))
    setattr(person, mark, since)
    person.save(update_fields=[mark])
    if request.kind == Clock.RESTRICT:
        settle_withdrawal(person)
    else:
        _follow(person)


def _follow(person: Person) -> None:
    for follow in followers:
        follow(person)


def _due(clock: Clock, start: datetime.date) -> datetime.date:
    term = Term.objects.filter(clock=clock).first()
    if term is None:
        raise ValidationError(_("No days are set for “%(clock)s”: ask the province.") % {"clock": clock.label})
    holidays = set(Holiday.objects.filter(day__gt=start).values_list("day", flat=True))
    return due_day(start, term.number, holidays, counts_working_days=term.counts_working_days)


def _hold(request: Request, move: str, by: User, at: datetime.datetime) -> Request:
    """Its row as it stands. Raises PermissionDenied, and ValidationError where somebody else was quicker."""
    held = Request.objects.select_for_update(of=("self",)).select_related("person", "filed_by").get(pk=request.pk)
    if by.person_id == held.person_id or not may_over(by, Action.MANAGE_PEOPLE, held.person, timezone.localdate(at)):
        raise PermissionDenied(_("Somebody else answers this request."))
    if move == "grant" and held.is_entered_by(by):
        raise PermissionDenied(_("You entered this request: another officer grants it."))
    if move not in held.moves:
        raise ValidationError(_("This request has been answered already."))
    return held


def _answered(request: Request, move: str, answer: str, by: User, at: datetime.datetime) -> Request:
    held = _hold(request, move, by, at)
    if not answer.strip():
        raise ValidationError(_("Say why, or what was done: the person reads it."))
    held.answer, held.answered_by, held.answered_at = nfc(answer.strip()), by, at
    held.acknowledged_at = held.acknowledged_at or at
    return held


def _move(held: Request, move: str, by: User) -> Request:
    held.state = MOVES[move].to
    held.save(update_fields=["state", "acknowledged_at", "answer", "answered_by", "answered_at"])
    _log(held, move, by)
    return held


def _tell(request: Request, at: datetime.datetime) -> Request:
    notices.answered(request=request, at=at)
    return request


def _log(request: Request, action: str, by: User) -> None:
    log(instance=request, action=f"privacy.{action}", user=by, title=str(request.pk), data={"kind": request.kind})
