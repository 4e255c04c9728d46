"""What an attempt's result tells the ledger and the course. Practice tells nothing; a placement only the course.

The caller holds the attempt with its enrolment (``held_for_finishing``).
"""

import datetime
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal

from django.db.models import Exists, OuterRef

from assessments.models import Attempt, QuizPage, Response, Signal
from assessments.rules.quiz import share
from learning.evidence.actions import record
from learning.evidence.actions.recording import copy_of
from learning.evidence.facts import Fact
from learning.evidence.kinds import WITHDRAWAL, Kind
from learning.evidence.models import EnteredBy, Evidence, Source, Verification
from learning.tracking.actions import StepRefusedError, complete_step, revise_step
from training_materials.outlines.outline import Step


def tell_first(attempt: Attempt, responses: Iterable[Response], at: datetime.datetime) -> None:
    """The first result of an attempt: the fact that the quiz was passed, and the step that is completed by it."""
    if attempt.points is None:
        return
    if attempt.purpose == QuizPage.Purpose.GRADED and attempt.is_passed:
        asked = list(responses)
        is_late = any(response.is_late for response in asked)
        verification = Verification.NONE if is_late else Verification.SERVER_MARKED
        _complete(attempt, at, _fact(attempt, asked, at, verification), is_doubted=is_late)
    elif attempt.purpose == QuizPage.Purpose.PLACEMENT:
        _complete(attempt, at, None)


def tell_again(attempt: Attempt, responses: Iterable[Response], at: datetime.datetime, reason: str) -> None:
    """A later result, or other doubts about it: what stood is superseded or taken back, and the step follows.

    Telling the same again changes nothing.
    """
    if attempt.purpose == QuizPage.Purpose.GRADED and attempt.finished_at:
        _supersede(attempt, list(responses), at, reason)
    if attempt.purpose == QuizPage.Purpose.PRACTICE or (step := _step(attempt)) is None:
        return
    score, is_doubted = _best(attempt)
    with suppress(StepRefusedError):
        revise_step(enrolment=attempt.enrolment, step=step, score=score, is_doubted=is_doubted, at=at, reason=reason)


def trust_in(attempt: Attempt) -> Verification:
    """How far the result is vouched for: not at all while a person has still to look at a signal."""
    return Verification.NONE if attempt.signals.open().exists() else Verification.SERVER_MARKED


def _supersede(attempt: Attempt, responses: list[Response], at: datetime.datetime, reason: str) -> None:
    told = Evidence.objects.filter(source_key__startswith=f"quiz:{attempt.pk}")
    standing = told.standing().first()
    key = f"quiz:{attempt.pk}:{told.count()}"
    if attempt.is_passed:
        fact = _fact(attempt, responses, at, trust_in(attempt))
        if standing is None or (standing.score, standing.verification) != (fact.score, fact.verification):
            is_first = not told.exists()
            fact = fact if is_first else replace(fact, source_key=key, details=fact.details | {"reason": reason})
            record(fact=fact, by=None, at=at, supersedes=standing)
    elif standing is not None:
        fact = copy_of(standing, kind=WITHDRAWAL, source_key=key, details={"reason": reason})
        record(fact=fact, by=None, at=at, supersedes=standing)


def _best(attempt: Attempt) -> tuple[Decimal | None, bool]:
    """The best share at this quiz that counts, None if there is none, and whether somebody has still to look at it.

    Any beyond doubt is better than all others.
    """
    tried = attempt.enrolment.attempts.at_quiz(attempt.quiz_key).exclude(points=None)
    if attempt.purpose == QuizPage.Purpose.GRADED:
        tried = tried.filter(is_passed=True)
    doubted = tried.annotate(is_doubted=Exists(Signal.objects.open().filter(attempt=OuterRef("pk"))))
    shares = [(not one.is_doubted, share(one.points or Decimal(0), one.max_points)) for one in doubted]
    is_clear, best = max(shares, default=(True, None))
    return best, not is_clear


def _fact(attempt: Attempt, responses: Iterable[Response], at: datetime.datetime, verification: Verification) -> Fact:
    points = attempt.points or Decimal(0)
    return Fact(
        person_id=attempt.enrolment.person.identity_id,
        kind=Kind.QUIZ_PASSED,
        title=attempt.quiz_title,
        occurred_at=attempt.finished_at or at,
        source=Source.SYSTEM,
        verification=verification,
        entered_by=EnteredBy.OWN_ACCOUNT,
        source_key=f"quiz:{attempt.pk}",
        score=share(points, attempt.max_points),
        page_key=attempt.quiz_key,
        page_revision=attempt.quiz_revision,
        topics=tuple(sorted({response.topic_slug for response in responses})),  # type: ignore[attr-defined]
        details={"attempt": str(attempt.pk), "points": str(points), "max_points": str(attempt.max_points)},
    )


def _complete(attempt: Attempt, at: datetime.datetime, fact: Fact | None, *, is_doubted: bool = False) -> None:
    """A quiz that was moved to another course meanwhile completes no step of this one; the evidence stands."""
    step = _step(attempt)
    if step is not None:
        score = share(attempt.points or Decimal(0), attempt.max_points)
        with suppress(StepRefusedError):
            complete_step(
                enrolment=attempt.enrolment,
                step=step,
                at=at,
                score=score,
                is_doubted=is_doubted,
                fact=fact,
                is_held=True,
            )
            return
    if fact is not None:
        record(fact=fact, by=None, at=at)


def _step(attempt: Attempt) -> Step | QuizPage | None:
    """The quiz at its place in the course; its page if it is in no outline; None if it is gone."""
    course = attempt.enrolment.course
    return (course and course.outline().step(attempt.quiz_id)) or attempt.quiz
