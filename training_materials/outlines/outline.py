"""A course's outline as plain data, built once for each state of the course and kept in the cache.

Whatever changes the course or a step (publishing, unpublishing, moving, deleting) has it built anew: ``receivers``.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import F, Q, QuerySet, Value
from django.utils.functional import Promise
from wagtail.models import Page

from training_materials.outlines.order import as_planned
from training_materials.registries.course_panels import Panel
from work import kept as kept_values
from work.kept import kept

_COLUMNS = ("pk", "path", "translation_key", "slug", "title", "live_revision_id", "summary", "minutes", "is_required")


@dataclass(frozen=True)
class Step:
    page_id: int
    key: UUID
    slug: str
    title: str
    summary: str
    kind: str
    minutes: int
    is_required: bool
    is_open: bool
    revision: int | None
    url: str

    @cached_property
    def key_text(self) -> str:
        """Made once for the outline that a process holds: each hand-in looks at every step."""
        return str(self.key)

    @cached_property
    def record(self) -> dict[str, str | int | None]:
        """What is kept of the step by those who finished the course on its live revision."""
        return {"key": self.key_text, "title": self.title, "revision": self.revision}

    @property
    def kind_name(self) -> str | Promise:
        """ "lesson", "quiz": the kind's name in the reader's language."""
        return apps.get_model(self.kind)._meta.verbose_name or ""


@dataclass(frozen=True)
class ShownStep:
    """A step with how the person stands ("done", "current" or empty) and where its link leads."""

    step: Step
    state: str
    url: str


@dataclass(frozen=True)
class Outline:
    title: str
    slug: str
    url: str
    is_live: bool
    parent: tuple[str, str]
    steps: tuple[Step, ...]
    topics: tuple[tuple[str, str], ...]
    prerequisites: tuple[tuple[str, str], ...]
    illustrations: tuple[str, ...] = ()

    @cached_property
    def minutes(self) -> int:
        return sum(step.minutes for step in self.steps)

    def step(self, page_id: int | None) -> Step | None:
        return next((step for step in self.steps if step.page_id == page_id), None)

    @cached_property
    def needed(self) -> tuple[Step, ...]:
        """What finishes the course: the required steps; where none is, all of them."""
        return tuple(step for step in self.steps if step.is_required) or self.steps

    @cached_property
    def needed_keys(self) -> frozenset[str]:
        """Their keys as text. Made once, as ``needed``, for the outline that a process holds."""
        return frozenset(step.key_text for step in self.needed)

    def illustration(self, page_id: int | None) -> str:
        """The drawing of a step without a picture: the drawings of the course's topics in turn, the course's first."""
        place = next((place for place, step in enumerate(self.steps) if step.page_id == page_id), 0)
        return self.illustrations[place % len(self.illustrations)] if self.illustrations else ""

    def open_steps(self, done: Container[UUID]) -> list[Step]:
        """Those that are still needed when the steps with these keys are done."""
        return [step for step in self.needed if step.key not in done]


def of(course: Page) -> Outline:
    """The outline of the published course, from the cache if it was built since the latest change."""
    return kept(_name(course.pk), lambda: build(course))


def of_course(course_id: int | None) -> Outline | None:
    """The same for those who hold no page, only its id; None where the course is gone."""
    courses = apps.get_model("training_materials", "CoursePage").objects
    try:
        return kept(_name(course_id), lambda: build(courses.get(pk=course_id))) if course_id else None
    except ObjectDoesNotExist:
        return None


def forget(course_id: int) -> None:
    """Has the course's outline built anew. Call it after the change is committed."""
    kept_values.forget(_name(course_id))


def renew(course_id: int) -> None:
    """Builds the course's outline anew, so that no learner waits for it. Call it after the change is committed."""
    forget(course_id)
    of_course(course_id)


def build(course: Page, *, with_drafts: bool = False) -> Outline:
    """Reads the outline in three queries, however many steps it has and of how many kinds."""
    url = course.get_url() or ""
    parent, *prerequisites = _around(course)
    topics = course.topics.all()
    return Outline(
        title=course.title,
        slug=course.slug,
        url=url,
        is_live=course.live,
        parent=parent,
        steps=tuple(_steps(course, url, with_drafts)),
        topics=tuple((topic.slug, topic.name) for topic in topics),
        illustrations=tuple(topic.illustration for topic in topics if topic.illustration),
        prerequisites=tuple(prerequisites),
    )


def step_models() -> list[Any]:
    """Every kind of step that is installed: each shows itself in the player."""
    return [model for model in apps.get_models() if hasattr(model, "player_template")]


def shown_steps(outline: Outline, panel: Panel) -> list[ShownStep]:
    states = panel.get("states", {})
    template = panel.get("step_url", "")
    return [
        ShownStep(step, states.get(step.key, ""), template.replace("{slug}", step.slug) if template else step.url)
        for step in outline.steps
    ]


def neighbours(outline: Outline, page_id: int) -> dict[str, Step | int | None]:
    """The steps before and after this one, and its number, counted from 1; nothing if it is not in the outline."""
    ids = [step.page_id for step in outline.steps]
    if page_id not in ids:
        return {"previous_step": None, "next_step": None, "number": None}
    place = ids.index(page_id)
    return {
        "previous_step": outline.steps[place - 1] if place else None,
        "next_step": outline.steps[place + 1] if place + 1 < len(ids) else None,
        "number": place + 1,
    }


def _around(course: Page) -> list[tuple[str, str]]:
    """Title and address of the page above, and after it those of the published courses that come before this one."""
    above = course.path[: -Page.steplen]
    before = Q(pk__in=course.prerequisites.values_list("id", flat=True), live=True)
    pages = Page.objects.filter(Q(path=above) | before).order_by("path")
    return [(page.title, page.get_url() or "") for page in sorted(pages, key=lambda page: page.path != above)]


def _steps(course: Page, url: str, with_drafts: bool) -> list[Step]:
    first, *others = (_rows(model, course, with_drafts) for model in step_models())
    steps = [_step(row, url) for row in first.union(*others, all=True).order_by("path")]
    if with_drafts:
        steps = [step for step in steps if step.page_id not in course.taken_out]
    if with_drafts and course.planned_order:
        planned = as_planned(list(course.get_children().order_by("path")), course.planned_order)
        place = {page.pk: number for number, page in enumerate(planned)}
        steps.sort(key=lambda step: place[step.page_id])
    return steps


def _rows(model: Any, course: Page, with_drafts: bool) -> QuerySet[Any, dict[str, Any]]:
    pages = model.objects.child_of(course).order_by()
    kept = pages if with_drafts else pages.live()
    opens = F("is_open") if hasattr(model, "is_open") else Value(False)
    return kept.values(*_COLUMNS, kind=Value(model._meta.label), opens=opens)


def _step(row: dict[str, Any], url: str) -> Step:
    return Step(
        page_id=row["pk"],
        key=row["translation_key"],
        slug=row["slug"],
        title=row["title"],
        summary=row["summary"],
        kind=row["kind"],
        minutes=row["minutes"],
        is_required=row["is_required"],
        is_open=row["opens"],
        revision=row["live_revision_id"],
        url=f"{url}{row['slug']}/",
    )


def _name(course_id: int) -> str:
    return f"course-outline-3:{course_id}"  # the number of its shape: an older one may still be kept
