"""Handing in: marking on the server, and telling the ledger and the course."""

import datetime
from collections.abc import Callable, Sequence
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from assessments.actions.answering import Given, take_all, write
from assessments.actions.telling import tell_first
from assessments.bank import versions
from assessments.models import Attempt, Response
from assessments.rules.marking import decide, mark_all
from assessments.rules.quiz import closing_time, is_over
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


def _close(attempt: Attempt, responses: list[Response], at: datetime.datetime, *, is_settled: bool) -> None:
    mark_all(responses)
    for response in responses:
        response.is_closed = True
    write(responses, MARKED)
    decide(attempt, responses)
    attempt.finished_at = closing_time(attempt.due_at, at)
    attempt.is_settled = is_settled
    Attempt.objects.filter(pk=attempt.pk).update(**{name: getattr(attempt, name) for name in RESULT})
