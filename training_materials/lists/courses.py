"""What the list of courses shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from wagtail.models import Page

from training_materials.lists import facets
from training_materials.lists.materials import audiences, by_number
from training_materials.outlines.outline import step_models
from training_materials.querysets.pages import CourseQuerySet
from training_materials.registries import indicators


@dataclass(frozen=True)
class Card:
    course: Page
    url: str
    steps: int
    minutes: int


def listing(courses: CourseQuerySet, params: QueryDict, address: str) -> dict[str, Any]:
    """The courses as the address narrows them down. A fixed number of queries: two, and one a kind of step."""
    served = indicators.served()
    kinds = [
        facets.FacetKind("doi-tuong", _("Audience"), "audience", audiences()),
        facets.FacetKind("chi-so", _("Serves indicator"), "indicators", served.names, sort=by_number),
    ]
    rows = [
        {
            "audience": card.course.audience,
            "indicators": served.by_page.get(str(card.course.translation_key), []),
            "published": card.course.first_published_at,
            "card": card,
        }
        for card in _cards(list(courses.for_list()), address)
    ]
    shown = facets.narrowed(rows, kinds, _orders(), params, address)
    return shown | {"cards": [row["card"] for row in shown["page_obj"].object_list]}


def _orders() -> list[facets.Order]:
    return [
        facets.Order("", _("As the trainers suggest")),
        facets.Order("moi", _("Newest first"), facets.by_age),
        facets.Order("ngan", _("Shortest first"), lambda row: row["card"].minutes),
    ]


def _cards(courses: list[Page], address: str) -> list[Card]:
    steplen = courses[0].steplen if courses else 0
    sizes: dict[str, list[int]] = {}
    for path, minutes in _steps_beneath(courses):
        sizes.setdefault(path[:-steplen], []).append(minutes)
    return [
        Card(course, f"{address}{course.slug}/", len(sizes.get(course.path, [])), sum(sizes.get(course.path, [])))
        for course in courses
    ]


def _steps_beneath(courses: list[Page]) -> list[tuple[str, int]]:
    """Path and minutes of every live step: courses in one list are siblings, so one range holds all."""
    if not courses:
        return []
    parent = courses[0].path[: -courses[0].steplen]
    return [
        found
        for model in step_models()
        for found in model.objects.live().filter(path__startswith=parent).values_list("path", "minutes")
    ]
