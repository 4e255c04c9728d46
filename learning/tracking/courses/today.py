"""What a learner finds today: where to go on, their courses, and what else there is."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from learning.tracking.courses.state import CourseState, state_of
from learning.tracking.models import Enrolment
from learning.tracking.querysets.enrolments import step_keys_of, suggested_courses
from membership.belonging import group_of
from membership.models import Person
from training_materials.models import CoursePage
from training_materials.outlines.outline import Step


@dataclass(frozen=True)
class CourseLine:
    """One course in the list. ``url`` is empty where the course is no longer open."""

    enrolment: Enrolment
    done: int
    total: int
    url: str

    @property
    def is_open(self) -> bool:
        return bool(self.url)


@dataclass(frozen=True)
class Resume:
    """Where to go on: the course visited last that is not finished, and its step."""

    course: CoursePage
    state: CourseState
    step: Step
    url: str


@dataclass(frozen=True)
class Today:
    resume: Resume | None
    lines: list[CourseLine]
    suggested: list[CoursePage]


def today(person: Person, day: datetime.date) -> Today:
    """A fixed number of queries, however many courses."""
    enrolments = list(Enrolment.objects.for_today(person))
    return Today(
        resume=_resume(enrolments),
        lines=_lines(enrolments),
        suggested=suggested_courses(person, group_of(person, day)),
    )


def _resume(enrolments: list[Enrolment]) -> Resume | None:
    for enrolment in enrolments:
        course = _open_course(enrolment)
        if course and not enrolment.completed_at:
            state = state_of(enrolment, course)
            if step := state.resume:
                return Resume(course, state, step, reverse("tracking:step", args=[course.slug, step.slug]))
    return None


def _lines(enrolments: list[Enrolment]) -> list[CourseLine]:
    courses = [course for enrolment in enrolments if (course := _open_course(enrolment))]
    keys = step_keys_of(courses) if courses else {}
    return [_line(enrolment, keys) for enrolment in enrolments]


def _line(enrolment: Enrolment, keys: dict[str, set[UUID]]) -> CourseLine:
    done = {row.step_key for row in enrolment.steps.all() if row.completed_at}
    course = _open_course(enrolment)
    if course is None:
        return CourseLine(enrolment, len(done), len(done), "")
    steps = keys.get(course.path, set())
    return CourseLine(enrolment, len(done & steps), len(steps), reverse("tracking:course", args=[course.slug]))


def _open_course(enrolment: Enrolment) -> CoursePage | None:
    course = enrolment.course
    return course if course and course.live else None
