"""What the page of a course and the player show of one learner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from learning.evidence.models import Evidence
from learning.evidence.pages.sentences import provenance
from learning.tracking.courses.completion import open_requirements
from learning.tracking.courses.state import CourseState, state_of

if TYPE_CHECKING:
    from learning.tracking.models import Enrolment
    from training_materials.models import CoursePage
    from training_materials.outlines.outline import Step

# The list of courses is a page of Wagtail's, so its address has no name.
COURSES_ADDRESS = "/khoa-hoc/"


def course_context(course: CoursePage, enrolment: Enrolment) -> dict[str, Any]:
    """Progress, what is still open, and what finishing became."""
    state = state_of(enrolment, course)
    evidence = Evidence.objects.for_page(enrolment.person_id, enrolment.course_key) if state.is_finished else None
    return {
        "course": course,
        "state": state,
        "lines": state.lines(None if state.is_finished else state.resume),
        "requirements": open_requirements(enrolment),
        "evidence": evidence,
        "provenance": provenance(evidence) if evidence else "",
        "percent": round(evidence.score * 100) if evidence and evidence.score is not None else None,
        "breadcrumbs": [_home(), (course.title, "")],
    }


def step_context(request: HttpRequest, course: CoursePage, state: CourseState, place: Step) -> dict[str, Any]:
    """One step in the player, with what its kind needs beside."""
    model = apps.get_model(place.kind)
    step = model.objects.get(pk=place.page_id)
    own = step.player_context(state.enrolment, request) if state.enrolment else {}
    return own | {
        "course": course,
        "step": step,
        "place": place,
        "number": state.outline.steps.index(place) + 1,
        "state": state,
        "lines": state.lines(place),
        "is_done": state.has_done(place),
        "is_last_open": state.is_last_open(place),
        "following": state.after(place),
        "previous": state.before(place),
        "is_finished_by_button": model.is_finished_by_button,
        "breadcrumbs": [_home(), (course.title, reverse("tracking:course", args=[course.slug])), (place.title, "")],
    }


def _home() -> tuple[str, str]:
    return _("My learning"), reverse("tracking:today")
