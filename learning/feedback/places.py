"""Where something is asked: a course, or a step of it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from learning.feedback.models import Enquiry
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
    if not step_slug:
        return Place(course, course.translation_key, course.title)
    found = next((step for step in course.outline().steps if step.slug == step_slug), None)
    return Place(course, found.key, found.title, found.slug) if found else None


def place_of(enquiry: Enquiry) -> Place | None:
    """None where nobody can open it any more."""
    course = enquiry.enrolment.course
    if course is None or not course.live:
        return None
    if enquiry.page_key == course.translation_key:
        return place_at(course, "")
    found = next((step for step in course.outline().steps if step.key == enquiry.page_key), None)
    return Place(course, found.key, found.title, found.slug) if found else None
