"""Handing in: marking on the server, and telling the ledger and the course."""

import datetime
from collections.abc import Callable, Sequence
from contextlib import suppress
from decimal import Decimal
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from assessments.actions.answering import Given, take_all, write
from assessments.models import Attempt, Response
from assessments.rules import closing_time, is_over, is_passed, share
from learning.evidence.actions import record
from learning.evidence.facts import Fact
from learning.evidence.models import EnteredBy, Kind, Source, Verification
from learning.tracking.actions import StepRefusedError, complete_step
from membership.models import User

Reader = Callable[[Attempt, list[Response]], Sequence[Given]]


@transaction.atomic
def finish(
    *, attempt: Attempt | UUID, by: User | None, at: datetime.datetime, given: Sequence[Given] | Reader = ()
) -> Attempt:
    """Takes the last answers, marks all, and closes the attempt; a passed one becomes evidence. Idempotent.

    ``given`` may be a function that reads them against what stands; what it raises leaves all as it is.

    ``by`` is the learner, or None when the site closes an overdue attempt. Raises PermissionDenied for another's
    attempt, Attempt.DoesNotExist, ValidationError or Response.DoesNotExist as ``answer`` does: nothing is changed.
    """
    attempt_id = attempt.pk if isinstance(attempt, Attempt) else attempt
    attempt = Attempt.objects.for_finishing().select_for_update(of=("self",)).get(pk=attempt_id)
    if by is not None and by.person_id != attempt.enrolment.person_id:
        raise PermissionDenied("assessments.finish refused")
    if attempt.finished_at is not None or (by is None and not is_over(attempt.due_at, at)):
        return attempt
    responses = list(attempt.responses.for_marking().select_for_update(of=("self",)))
    last = given(attempt, responses) if callable(given) else given
    if not is_over(attempt.due_at, at):
        take_all(responses, last, at)
    _mark(attempt, responses, at)
    if attempt.is_passed:
        _tell(attempt, responses, at)
    return attempt


def _mark(attempt: Attempt, responses: list[Response], at: datetime.datetime) -> None:
    for response in responses:
        response.points = response.version.parsed.mark(response.answer, response.order).points
    write(responses, ["answer", "sequence", "answered_at", "points"])
    attempt.points = sum((response.points or Decimal(0) for response in responses), Decimal(0))
    attempt.is_passed = is_passed(attempt.points, attempt.max_points, attempt.pass_mark)
    attempt.finished_at = closing_time(attempt.due_at, at)
    attempt.save(update_fields=["points", "is_passed", "finished_at"])


def _tell(attempt: Attempt, responses: list[Response], at: datetime.datetime) -> None:
    """The fact that the quiz was passed, and the step that is completed by it."""
    points = attempt.points or Decimal(0)
    score = share(points, attempt.max_points)
    fact = Fact(
        person_id=attempt.enrolment.person_id,
        kind=Kind.QUIZ_PASSED,
        title=attempt.quiz_title,
        occurred_at=attempt.finished_at or at,
        source=Source.SYSTEM,
        verification=Verification.SERVER_MARKED,
        entered_by=EnteredBy.OWN_ACCOUNT,
        source_key=f"quiz:{attempt.pk}",
        score=score,
        page_key=attempt.quiz_key,
        page_revision=attempt.quiz_revision,
        topics=tuple(sorted({response.version.question.topic.slug for response in responses})),
        details={"attempt": str(attempt.pk), "points": str(points), "max_points": str(attempt.max_points)},
    )
    record(fact=fact, by=None, at=at)
    if attempt.quiz is not None:
        # A quiz that was moved to another course meanwhile completes no step of this one; the evidence stands.
        with suppress(StepRefusedError):
            complete_step(enrolment=attempt.enrolment, step=attempt.quiz, at=at, score=score)
