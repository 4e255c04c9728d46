"""Where something is asked: a course, or a step of it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from wagtail.models import Page

from learning.feedback.models import Enquiry
from learning.tracking.courses.state import state_of
from learning.tracking.registries.gates import closed_steps
from membership.models import User
from training_materials.models import CoursePage


@dataclass(frozen=True)
class Place:
    """``step`` is the slug of the step, empty for the course itself."""

    course: CoursePage
    key: UUID
    title: str
    step: str = ""

    @property
    def url(self) -> str:
        return reverse("tracking:step" if self.step else "tracking:course", args=self._slugs)

    @property
    def asking_url(self) -> str:
        return reverse("feedback:step" if self.step else "feedback:course", args=self._slugs)

    @property
    def _slugs(self) -> list[str]:
        return [self.course.slug, self.step] if self.step else [self.course.slug]


def place_at(course: CoursePage, step_slug: str) -> Place | None:
    """None where the course has no such step, or has it no longer."""
    return next((place for place in _places_of(course) if place.step == step_slug), None)


def open_places(enquiries: Iterable[Enquiry]) -> list[Place | None]:
    """For each, where the asker can still open it. A few queries for each enrolment, however much was asked."""
    closed: dict[int, Container[UUID]] = {}
    places: list[Place | None] = []
    for enquiry in enquiries:
        here = place_of(enquiry)
        if here and enquiry.enrolment_id not in closed:
            closed[enquiry.enrolment_id] = closed_steps(state_of(enquiry.enrolment, here.course))
        places.append(here if here and here.key not in closed[enquiry.enrolment_id] else None)
    return places


def editing_url(enquiry: Enquiry, user: User) -> str:
    """Of the page in the back office, also where it is a draft; empty where it is gone, or not theirs to edit."""
    course = enquiry.enrolment.course
    if course is None:
        return ""
    page = Page.objects.descendant_of(course, inclusive=True).filter(translation_key=enquiry.page_key).first()
    may_edit = page is not None and page.permissions_for_user(user).can_edit()
    return reverse("wagtailadmin_pages:edit", args=[page.pk]) if may_edit else ""


def place_of(enquiry: Enquiry) -> Place | None:
    """None where nobody can open it any more."""
    course = enquiry.enrolment.course
    if course is None or not course.live:
        return None
    return next((place for place in _places_of(course) if place.key == enquiry.page_key), None)


def _places_of(course: CoursePage) -> Iterator[Place]:
    yield Place(course, course.translation_key, course.title)
    yield from (Place(course, step.key, step.title, step.slug) for step in course.outline().steps)
