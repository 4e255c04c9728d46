"""How materials, courses and steps are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.db import models
from django.db.models import Count, F
from django.db.models.functions import Coalesce, ExtractYear
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

if TYPE_CHECKING:
    from training_materials.models import CoursePage, MaterialPage, StepPage

# Columns that only searches compare: lists and pages never need them.
FORMS = ("folded_title",)

_SHOWN_OF_COURSE = (
    *("path", "depth", "numchild", "translation_key", "slug", "url_path", "live", "content_type_id"),
    *("title", "seo_title", "search_description", "summary", "audience", "objectives"),
)


class MaterialQuerySet(PageQuerySet["MaterialPage"]):
    def for_library(self) -> list[MaterialRow]:
        """Each published material as a plain row of what the facets count, the newest first."""
        year = ExtractYear(Coalesce("issued_on", "first_published_at", output_field=models.DateField()))
        found = self.live().public().annotate(year=year)
        ordered = found.order_by(F("issued_on").desc(nulls_last=True), "-first_published_at", "pk")
        return cast("list[MaterialRow]", list(ordered.values("pk", "type", "audience", "year", "issuing_body")))

    def for_cards(self) -> MaterialQuerySet:
        return cast("MaterialQuerySet", self.defer("body", *FORMS).prefetch_related("topics"))

    def related_to(self, material: MaterialPage, limit: int = 4) -> MaterialQuerySet:
        """Others that share topics with it, those that share most first."""
        topics = [topic.pk for topic in material.topics.all()]
        others = self.live().public().sibling_of(material, inclusive=False).filter(topics__in=topics)
        counted = others.annotate(shared=Count("topics")).order_by("-shared", "-first_published_at")
        return cast("MaterialQuerySet", counted.defer("body", *FORMS)[:limit])


MaterialRow = dict[str, object]
MaterialManager = PageManager.from_queryset(MaterialQuerySet)


class CourseQuerySet(PageQuerySet["CoursePage"]):
    def for_list(self) -> CourseQuerySet:
        """Published courses in the order that trainers gave."""
        return cast("CourseQuerySet", self.live().public().defer(*FORMS).order_by("path"))

    def for_page(self, slug: str) -> CoursePage | None:
        """The published course at that address, with what its page shows: a page has some fifty columns more."""
        return self.live().filter(slug=slug).only(*_SHOWN_OF_COURSE).first()


CourseManager = PageManager.from_queryset(CourseQuerySet)


def steps_of(course: CoursePage) -> list[StepPage]:
    """The live steps in order, each as its own kind."""
    children = Page.objects.child_of(course).live().order_by("path").specific()
    return [child for child in children if hasattr(child, "is_required")]
