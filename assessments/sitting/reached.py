"""What a result has brought beside its points: whether the course is finished with it, what it counts for, what to look
at again and where to go on.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from django.urls import reverse
from django.utils import timezone

from assessments.kinds import Outcome
from assessments.models import Attempt, Question, QuizPage, Response
from assessments.sitting.sheet import Reviewed
from learning.evidence.registries.worth import Worth, worth_of
from learning.tracking.courses.state import CourseState, state_in
from training_materials.blocks.bodies import anchor
from training_materials.outlines.outline import Outline, Step

_LESSON = "training_materials.LessonPage"
_NOTHING_TO_LEARN = (Outcome.RIGHT, Outcome.WAITING)


@dataclass(frozen=True)
class Part:
    """A part of a lesson, or a whole one, to look at again; ``positions`` are the questions that ask about it."""

    title: str
    heading: str
    url: str
    positions: list[int] = field(default_factory=list)


def reached(attempt: Attempt, course: Outline) -> dict[str, Any]:
    """Where the learner stands in the course with this result. One query, two where the quiz may have
    finished it, and those of the registry if it counts."""
    state = state_in(course, attempt.enrolment)
    finishes_course = _finishes_course(attempt, state)
    return {
        "finishes_course": finishes_course,
        "next_step": None if state.is_finished else _next_step(attempt, state),
        "extras": [step for step in state.extras if step.key != attempt.quiz_key],
        "worth": _worth(attempt, finishes_course),
    }


def parts_to_see_again(
    attempt: Attempt, course: Outline, questions: Iterable[Reviewed], responses: Iterable[Response]
) -> list[Part]:
    """What trainers named for the questions that are not wholly right; lacking that, the lessons that the quiz asks
    about. ``questions`` are those whose review may be seen: what else is wrong shows in nothing here.
    """
    missed = {one.position for one in questions if one.marked.outcome not in _NOTHING_TO_LEARN}
    asked = {one.version.question_id: one.position for one in responses if one.position in missed}
    parts: dict[str, Part] = {}
    named = Question.objects.filter(lesson__isnull=False).in_bulk(asked) if asked else {}
    for key, position in asked.items():
        question = named.get(key)
        if question and (step := course.step(question.lesson_id)):
            part = _part(course, step, question.heading)
            parts.setdefault(part.url, part).positions.append(position)
    if parts or attempt.is_passed is not False:
        return sorted(parts.values(), key=lambda part: part.positions)
    return [_part(course, step) for step in _lessons_before(attempt, course)]


def _finishes_course(attempt: Attempt, state: CourseState) -> bool:
    """Whether passing this quiz was the last that the course asked for: both happened in one moment, when the quiz was
    passed for the first time."""
    row = state.rows.get(attempt.quiz_key)
    completed_at = attempt.enrolment.completed_at
    if not (attempt.is_passed and row and completed_at and row.completed_at == completed_at):
        return False
    return not attempt.enrolment.attempts.at_quiz(attempt.quiz_key).passed_before(attempt.number).exists()


def _next_step(attempt: Attempt, state: CourseState) -> Step | None:
    """Where to go on from the quiz, never to itself: where it may be taken again is offered beside."""
    quiz = next((step for step in state.outline.steps if step.key == attempt.quiz_key), None)
    return state.next_open(quiz) if quiz else state.resume


def _worth(attempt: Attempt, finishes_course: bool) -> list[Worth]:
    if attempt.purpose != QuizPage.Purpose.GRADED or not attempt.is_passed:
        return []
    keys = [attempt.quiz_key, *([attempt.enrolment.course_key] if finishes_course else [])]
    return worth_of(attempt.enrolment.person_id, keys, _day(attempt))


def _day(attempt: Attempt) -> datetime.date:
    return timezone.localdate(attempt.finished_at)


def _part(course: Outline, step: Step, heading: str = "") -> Part:
    address = reverse("tracking:step", args=[course.slug, step.slug])
    return Part(step.title, heading, f"{address}#{quote(anchor(heading))}" if heading else address)


def _lessons_before(attempt: Attempt, course: Outline) -> list[Step]:
    """The lessons since the quiz before this one that counts; all before it where they are none."""
    found: list[Step] = []
    for step in course.steps:
        if step.page_id == attempt.quiz_id:
            break
        if step.kind == _LESSON:
            found.append(step)
        elif step.kind == "assessments.QuizPage" and step.is_required:
            found = []
    return found
