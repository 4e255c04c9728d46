"""What a learner finds: today, on the page of a course, and in the player."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.evidence.models import Evidence
from learning.evidence.pages.sentences import provenance
from learning.tracking.courses.days import Days, days_of
from learning.tracking.courses.notes import notes_context
from learning.tracking.courses.state import CourseState, open_requirements, state_of
from learning.tracking.models import CourseCertificate, Enrolment
from learning.tracking.querysets.enrolments import step_keys_of, suggested_courses
from learning.tracking.registries.dues import Due, dues_of
from membership.belonging import group_of
from membership.models import Person
from training_materials.lists.covers import ShownCover, covers_of
from training_materials.models import CoursePage
from training_materials.outlines.outline import Step
from training_materials.registries import beneath, course_panels

# The list of courses is a page of Wagtail's, so its address has no name.
COURSES_ADDRESS = "/khoa-hoc/"
TEMPLATE = "tracking/course_panel.html"


def course_context(request: HttpRequest, course: CoursePage, enrolment: Enrolment) -> dict[str, Any]:
    """Progress, what is still open, and what finishing became."""
    state = state_of(enrolment, course)
    evidence = certificate = None
    if state.is_finished:
        evidence = Evidence.objects.for_page(enrolment.person_id, enrolment.course_key)
        certificate = CourseCertificate.objects.standing().filter(enrolment=enrolment).first()
    return {
        "course": course,
        "state": state,
        "lines": state.lines(None if state.is_finished else state.resume),
        "requirements": open_requirements(enrolment),
        "dues": _dues_in(course, enrolment.person_id),
        "evidence": evidence,
        "certificate": certificate,
        "has_badges": bool(settings.BADGE_SIGNING_KEY),
        "beneath": beneath.collect(request, course, enrolment),
        "provenance": provenance(evidence) if evidence else "",
        "percent": round(evidence.score * 100) if evidence and evidence.score is not None else None,
        "breadcrumbs": [_home(), (course.title, "")],
    }


def step_context(request: HttpRequest, course: CoursePage, state: CourseState, place: Step) -> dict[str, Any]:
    """One step in the player, with what its kind needs beside."""
    model = apps.get_model(place.kind)
    step = model.objects.get(pk=place.page_id)
    following, passed_over = state.onward(place)
    own = step.player_context(state.enrolment, request) if state.enrolment else {}
    if state.enrolment and step.is_read:
        own |= notes_context(state.enrolment, step, state.rows.get(place.key))
    return own | {
        "course": course,
        "step": step,
        "place": place,
        "drawings": [state.outline.illustration(place.page_id)],
        "number": state.outline.steps.index(place) + 1,
        "state": state,
        "lines": state.lines(place),
        "is_done": state.has_done(place),
        "is_last_open": state.is_last_open(place),
        "following": following,
        "passed_over": passed_over,
        "previous": state.before(place),
        "beneath": beneath.collect(request, step, state.enrolment),
        "is_finished_by_button": model.is_finished_by_button,
        "breadcrumbs": [_home(), (course.title, reverse("tracking:course", args=[course.slug])), (place.title, "")],
    }


class LearnerPanel(course_panels.Panel, total=False):
    state: CourseState
    unmet: list[CoursePage]
    dues: list[Due]


def connect() -> None:
    course_panels.register(course_panel)


def course_panel(request: HttpRequest, course: CoursePage) -> LearnerPanel:
    """The enrolment and its progress, or what has to come first; and by when it was asked for."""
    person_id = request.user.person_id if request.user.is_authenticated else None
    if person_id is None:
        return {}
    enrolment = Enrolment.objects.for_player(person_id, course)
    panel = _for_learner(enrolment, course) if enrolment else _for_newcomer(person_id, course)
    return {**panel, "dues": _dues_in(course, person_id)}


@dataclass(frozen=True)
class CourseLine:
    """One course in the list. ``url`` is empty where the course is no longer open."""

    enrolment: Enrolment
    done: int
    total: int
    url: str
    cover: ShownCover | None = None

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
    suggested: list[tuple[CoursePage, ShownCover | None]]
    days: Days | None
    dues: list[Due]


def today(person: Person, day: datetime.date, month: str = "") -> Today:
    """A fixed number of queries, however many courses. ``month``: the one that the calendar shows, as 2026-11."""
    enrolments = list(Enrolment.objects.for_today(person))
    open_courses = [course for enrolment in enrolments if (course := _open_course(enrolment))]
    suggested = suggested_courses(person, group_of(person, day))
    covers = covers_of(course.pk for course in (*open_courses, *suggested))
    return Today(
        resume=_resume(enrolments),
        lines=_lines(enrolments, open_courses, covers),
        suggested=[(course, covers.get(course.pk)) for course in suggested],
        days=days_of(person, day, month),
        dues=dues_of(person.pk, day),
    )


def _dues_in(course: CoursePage, person_id: int) -> list[Due]:
    """Until when somebody was asked to have done the course, or a step of it, enrolled or not: a quiz of a course that
    is finished may be asked for later."""
    keys = {course.translation_key, *(step.key for step in course.outline().steps)}
    return dues_of(person_id, timezone.localdate(), keys)


def _home() -> tuple[str, str]:
    return _("My learning"), reverse("tracking:today")


def _for_newcomer(person_id: int, course: CoursePage) -> LearnerPanel:
    has_prerequisites = bool(course.outline().prerequisites)
    unmet = list(Enrolment.objects.unmet_prerequisites(person_id, course)) if has_prerequisites else []
    if unmet:
        return {"template": TEMPLATE, "unmet": unmet}
    return {
        "template": TEMPLATE,
        "action_url": reverse("tracking:enrol", args=[course.slug]),
        "action_label": _("Enrol"),
        "action_method": "post",
    }


def _for_learner(enrolment: Enrolment, course: CoursePage) -> LearnerPanel:
    state = state_of(enrolment, course)
    address = reverse("tracking:course", args=[course.slug])
    resume = None if state.is_finished else state.resume
    return {
        "template": TEMPLATE,
        "state": state,
        "states": state.states(),
        "step_url": address + "{slug}/",
        "action_url": f"{address}{resume.slug}/" if resume else address,
        "action_label": _("Continue learning") if resume else _("See your result"),
        "action_method": "get",
    }


def _resume(enrolments: list[Enrolment]) -> Resume | None:
    for enrolment in enrolments:
        course = _open_course(enrolment)
        if course and not enrolment.completed_at:
            state = state_of(enrolment, course)
            if step := state.resume:
                return Resume(course, state, step, reverse("tracking:step", args=[course.slug, step.slug]))
    return None


def _lines(
    enrolments: list[Enrolment], open_courses: list[CoursePage], covers: dict[int, ShownCover]
) -> list[CourseLine]:
    keys = step_keys_of(open_courses) if open_courses else {}
    return [_line(enrolment, keys, covers) for enrolment in enrolments]


def _line(enrolment: Enrolment, keys: dict[str, set[UUID]], covers: dict[int, ShownCover]) -> CourseLine:
    done = {row.step_key for row in enrolment.steps.all() if row.completed_at}
    course = _open_course(enrolment)
    if course is None:
        return CourseLine(enrolment, len(done), len(done), "")
    steps = keys.get(course.path, set())
    address = reverse("tracking:course", args=[course.slug])
    return CourseLine(enrolment, len(done & steps), len(steps), address, covers.get(course.pk))


def _open_course(enrolment: Enrolment) -> CoursePage | None:
    course = enrolment.course
    return course if course and course.live else None
