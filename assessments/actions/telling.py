"""What an attempt's result tells the ledger and the course. Practice tells nothing; a placement only the course."""

import datetime
from collections.abc import Iterable
from contextlib import suppress
from decimal import Decimal

from assessments.models import Attempt, QuizPage, Response
from assessments.rules import share
from learning.evidence.actions import record
from learning.evidence.facts import Fact
from learning.evidence.models import EnteredBy, Kind, Source, Verification
from learning.tracking.actions import StepRefusedError, complete_step


def tell_first(attempt: Attempt, responses: Iterable[Response], at: datetime.datetime) -> None:
    """The first result of an attempt: the fact that the quiz was passed, and the step that is completed by it."""
    if attempt.points is None:
        return
    if attempt.purpose == QuizPage.Purpose.GRADED and attempt.is_passed:
        record(fact=fact_of(attempt, responses, at), by=None, at=at)
        complete(attempt, at)
    elif attempt.purpose == QuizPage.Purpose.PLACEMENT:
        complete(attempt, at)


def fact_of(
    attempt: Attempt,
    responses: Iterable[Response],
    at: datetime.datetime,
    verification: Verification = Verification.SERVER_MARKED,
) -> Fact:
    points = attempt.points or Decimal(0)
    return Fact(
        person_id=attempt.enrolment.person_id,
        kind=Kind.QUIZ_PASSED,
        title=attempt.quiz_title,
        occurred_at=attempt.finished_at or at,
        source=Source.SYSTEM,
        verification=verification,
        entered_by=EnteredBy.OWN_ACCOUNT,
        source_key=key_of(attempt),
        score=share(points, attempt.max_points),
        page_key=attempt.quiz_key,
        page_revision=attempt.quiz_revision,
        topics=tuple(sorted({response.topic_slug for response in responses})),  # type: ignore[attr-defined]
        details={"attempt": str(attempt.pk), "points": str(points), "max_points": str(attempt.max_points)},
    )


def key_of(attempt: Attempt) -> str:
    """The ledger's key of the first fact about an attempt; later ones begin with it."""
    return f"quiz:{attempt.pk}"


def complete(attempt: Attempt, at: datetime.datetime) -> None:
    """A quiz that was moved to another course meanwhile completes no step of this one; the evidence stands."""
    if attempt.quiz is not None:
        score = share(attempt.points or Decimal(0), attempt.max_points)
        with suppress(StepRefusedError):
            complete_step(enrolment=attempt.enrolment, step=attempt.quiz, at=at, score=score)
