"""Lessons that a placement opens: closed until all before them are finished, or the placement went well enough."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from assessments.models import Attempt, QuizOpening, QuizPage
from assessments.rules.quiz import share

if TYPE_CHECKING:
    from learning.tracking.courses.state import CourseState
    from training_materials.outlines.outline import Outline, Step

_QUIZ = "assessments.QuizPage"


def closed_by_placement(state: CourseState) -> dict[UUID, str]:
    """No query in a course without quizzes, one where no placement opens anything, else two."""
    quizzes = {step.page_id: step for step in state.outline.steps if step.kind == _QUIZ}
    if not quizzes or state.enrolment is None:
        return {}
    rows = QuizOpening.objects.filter(quiz__in=quizzes, quiz__purpose=QuizPage.Purpose.PLACEMENT).values_list(
        "quiz_id", "step_id", "mark"
    )
    openings = [(quizzes[quiz], state.outline.step(step), mark) for quiz, step, mark in rows]
    if not openings:
        return {}
    best = _best(state.enrolment.pk)
    return {
        step.key: _("Closed for now: finish the steps before it, or reach %(mark)d %% in “%(quiz)s”.")
        % {"mark": mark, "quiz": quiz.title}
        for quiz, step, mark in openings
        if step and not state.has_done(step) and best.get(quiz.key, 0) < mark and not _is_its_turn(state, step.key)
    }


def opened_by(attempt: Attempt, outline: Outline) -> list[Step]:
    """The steps of the course that this result opened, in their order; one query for a placement, none otherwise."""
    if attempt.purpose != QuizPage.Purpose.PLACEMENT or attempt.points is None:
        return []
    percent = share(attempt.points, attempt.max_points) * 100
    found = set(QuizOpening.objects.filter(quiz=attempt.quiz_id, mark__lte=percent).values_list("step_id", flat=True))
    return [step for step in outline.steps if step.page_id in found]


def _best(enrolment_id: int) -> dict[UUID, float]:
    """The best result of each placement, in percent."""
    tried = Attempt.objects.filter(enrolment=enrolment_id, purpose=QuizPage.Purpose.PLACEMENT).exclude(points=None)
    best: dict[UUID, float] = {}
    for attempt in tried.only("quiz_key", "points", "max_points"):
        percent = float(share(attempt.points, attempt.max_points) * 100)  # type: ignore[arg-type]
        best[attempt.quiz_key] = max(best.get(attempt.quiz_key, 0), percent)
    return best


def _is_its_turn(state: CourseState, key: UUID) -> bool:
    """Whether every required step before it is finished."""
    for step in state.outline.steps:
        if step.key == key:
            return True
        if step.is_required and not state.has_done(step):
            return False
    return False
