"""Handing in: marking on the server, and telling the ledger and the course; and answers that arrive after the time,
given before it on a device without network (decision 0050).
"""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import replace
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from assessments.actions.answering import Given, Saved, take, take_all, write
from assessments.actions.regrading import mark_anew
from assessments.actions.telling import tell_first
from assessments.bank import versions
from assessments.models import Attempt, Response, Signal
from assessments.refusals import AttemptClosedError
from assessments.rules.marking import decide, mark_all
from assessments.rules.quiz import closing_time, counts_late, is_over, takes_late
from membership.models import User

Reader = Callable[[Attempt, list[Response]], Sequence[Given]]
RESULT = ["points", "is_passed", "finished_at", "is_settled"]
MARKED = ["answer", "sequence", "answered_at", "points", "is_closed"]


@transaction.atomic
def finish(
    *, attempt: Attempt | UUID, by: User | None, at: datetime.datetime, given: Sequence[Given] | Reader = ()
) -> Attempt:
    """Takes the last answers, marks all, and closes the attempt; a passed one becomes evidence. Idempotent.

    ``given`` may be a function that reads them against what stands; what it raises leaves all as it is. What a
    trainer must mark waits: the attempt is closed, and decided later by ``mark_written``.

    ``by`` is the learner, or None when the site closes an overdue attempt. Raises PermissionDenied for another's
    attempt, Attempt.DoesNotExist, ValidationError or Response.DoesNotExist as ``answer`` does: nothing is changed.
    """
    attempt_id = attempt.pk if isinstance(attempt, Attempt) else attempt
    attempt = Attempt.objects.held_for_finishing().get(pk=attempt_id)
    if by is not None and by.person_id != attempt.enrolment.person_id:
        raise PermissionDenied("assessments.finish refused")
    if attempt.finished_at is not None or (by is None and not is_over(attempt.due_at, at)):
        return attempt
    responses = versions.attach(attempt.responses.for_marking().select_for_update(of=("self",)))
    last = given(attempt, responses) if callable(given) else given
    if not is_over(attempt.due_at, at):
        take_all(responses, last, at)
    _close(attempt, responses, at, is_settled=by is not None)
    tell_first(attempt, responses, at)
    return attempt


@transaction.atomic
def settle_attempt(*, attempt: Attempt | UUID, by: User, at: datetime.datetime) -> Attempt:
    """The learner says that nothing more comes: an attempt that the site closed takes no late answers any more.

    Idempotent. Raises Attempt.DoesNotExist for one that is not theirs.
    """
    attempt_id = attempt.pk if isinstance(attempt, Attempt) else attempt
    mine = Attempt.objects.of(by).select_for_update(of=("self",)).get(pk=attempt_id)
    if mine.finished_at and not mine.is_settled:
        mine.is_settled = True
        mine.save(update_fields=["is_settled"])
    return mine


@transaction.atomic
def take_late(*, attempt: UUID, given: Sequence[Given], by: User, at: datetime.datetime) -> list[Saved]:
    """Takes those that count; a result that the site made meanwhile is made anew. A signal tells a person of it.

    Delivering again changes nothing. Raises Response.DoesNotExist for an attempt that is not the user's,
    AttemptClosedError where none counts.
    """
    mine = Attempt.objects.of(by).held_for_finishing().filter(pk=attempt).first()
    if mine is None:
        raise Response.DoesNotExist
    if mine.is_settled or not takes_late(mine.due_at, at):
        raise AttemptClosedError(_("This attempt has been handed in. Your last answers were not added."))
    responses = versions.attach(mine.responses.for_marking().select_for_update(of=("self",)))
    counted = _counted(given, mine, responses)
    if not counted:
        raise AttemptClosedError(_("The time for this attempt is over. Your last answers were not added."))
    before = {response.position: response.sequence for response in responses}
    saved = take_all(responses, [replace(one) for one in counted], at)
    _date(responses, counted, before)
    changed = [response for response in responses if response.sequence != before[response.position]]
    write(changed, ["answer", "sequence", "answered_at", "is_late"])
    if changed:
        Signal.objects.get_or_create(
            attempt=mine, kind=Signal.Kind.LATE, defaults={"noticed_at": at, "details": {"answers": len(changed)}}
        )
    if changed and mine.finished_at:
        mark_anew(attempt=mine, responses=responses, reason=_("Answers given in time arrived later."), at=at)
    return [*saved, *_refused(responses, given, counted, at)]


def _close(attempt: Attempt, responses: list[Response], at: datetime.datetime, *, is_settled: bool) -> None:
    mark_all(responses)
    for response in responses:
        response.is_closed = True
    write(responses, MARKED)
    decide(attempt, responses)
    attempt.finished_at = closing_time(attempt.due_at, at)
    attempt.is_settled = is_settled
    Attempt.objects.filter(pk=attempt.pk).update(**{name: getattr(attempt, name) for name in RESULT})


def _counted(given: Sequence[Given], attempt: Attempt, responses: list[Response]) -> list[Given]:
    """Those that may be believed, and those that came before, which change nothing and are told what stands.

    A browser that gets through sends all it holds: once late answers have arrived nothing more is believed, and none
    of them changes, else one could try answer after answer and watch the result.
    """
    if attempt.due_at is None:
        return []
    contacts = [one.answered_at for one in responses if one.answered_at and not one.is_late]
    contacts += attempt.signals.filter(kind=Signal.Kind.LATE).values_list("noticed_at", flat=True)
    latest, standing = max(contacts, default=None), {one.position: one for one in responses}
    return [one for one in given if _counts(one, standing.get(one.position), attempt, latest)]


def _counts(given: Given, standing: Response | None, attempt: Attempt, latest: datetime.datetime | None) -> bool:
    if standing is not None and standing.is_late:
        return given.sequence <= standing.sequence
    if given.made_at is None or attempt.due_at is None:
        return False
    return counts_late(given.made_at, started_at=attempt.started_at, due_at=attempt.due_at, last_contact=latest)


def _date(responses: list[Response], counted: list[Given], before: dict[int, int]) -> None:
    made = {one.position: one.made_at for one in counted}
    for response in responses:
        if response.sequence != before[response.position]:
            response.answered_at, response.is_late = made[response.position], True


def _refused(
    responses: list[Response], given: Sequence[Given], counted: list[Given], at: datetime.datetime
) -> list[Saved]:
    """What stands where an answer did not count."""
    places = {one.position for one in given} - {one.position for one in counted}
    standing = [one for one in responses if one.position in places]
    return [take(one, Given(one.position, one.answer, max(one.sequence, 1)), at) for one in standing if one.sequence]
