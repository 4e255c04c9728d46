"""How materials, courses and steps are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.db import models
from django.db.models import Case, Count, F, Q, Value, When
from django.db.models.functions import Coalesce, ExtractYear
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

if TYPE_CHECKING:
    from training_materials.models import CoursePage, MaterialPage, StepPage

# Columns that only searches compare: lists and pages never need them.
FORMS = ("folded_title", "folded_summary", "folded_text", "toned_text")


_SHOWN_OF_COURSE = (
    *("path", "depth", "numchild", "translation_key", "slug", "url_path", "live", "content_type_id"),
    *("title", "seo_title", "search_description", "summary", "audience", "objectives"),
)


def occur_in(column: str, words: list[str]) -> Q:
    """Every word begins a word of that folded or toned column."""
    found = Q()
    for word in words:
        found &= Q(**{f"{column}__contains": f" {word}"})
    return found


class FoundQuerySet(PageQuerySet):
    def matching(self, words: list[str]) -> FoundQuerySet:
        """Pages with all folded words somewhere, annotated with ``is_title_hit``: 1 if the title has them all."""
        hits = [When(occur_in("folded_title", words), then=Value(1))] if words else []
        hit = Case(*hits, default=Value(0), output_field=models.IntegerField())
        return cast("FoundQuerySet", self.filter(occur_in("folded_text", words)).annotate(is_title_hit=hit))


class MaterialQuerySet(FoundQuerySet):
    def for_library(self, words: list[str]) -> list[MaterialRow]:
        """Each published material with these words as a plain row of what the facets count, best first."""
        year = ExtractYear(Coalesce("issued_on", "first_published_at", output_field=models.DateField()))
        found = self.live().public().matching(words).annotate(year=year)
        ordered = found.order_by("-is_title_hit", F("issued_on").desc(nulls_last=True), "-first_published_at", "pk")
        return cast(
            "list[MaterialRow]", list(ordered.values("pk", "type", "audience", "year", "issuing_body", "is_title_hit"))
        )

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


class CourseQuerySet(FoundQuerySet):
    def for_list(self, words: list[str]) -> CourseQuerySet:
        """Published courses with these words, in the order that trainers gave, title hits first."""
        found = self.live().public().matching(words).defer(*FORMS)
        return cast("CourseQuerySet", found.order_by("-is_title_hit", "path"))

    def for_page(self, slug: str) -> CoursePage | None:
        """The published course at that address, with what its page shows: a page has some fifty columns more."""
        return self.live().filter(slug=slug).only(*_SHOWN_OF_COURSE).first()


CourseManager = PageManager.from_queryset(CourseQuerySet)


def steps_of(course: CoursePage) -> list[StepPage]:
    """The live steps in order, each as its own kind."""
    children = Page.objects.child_of(course).live().order_by("path").specific()
    return [child for child in children if hasattr(child, "is_required")]
