"""How materials, courses and steps are read, and whether anyone may: few pages are closed, so the few are kept."""

from __future__ import annotations

from typing import Any, Self, cast

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Prefetch, Q, When
from django.db.models.functions import Cast, Coalesce, ExtractYear
from wagtail.images.models import Image
from wagtail.models import Page, PageManager, PageViewRestriction, Revision
from wagtail.permissions import page_permission_policy
from wagtail.query import PageQuerySet

from membership.models import User
from work.kept import kept

_SHOWN_OF_COURSE = (
    *("path", "depth", "numchild", "translation_key", "slug", "url_path", "live", "content_type_id"),
    *("title", "seo_title", "search_description", "summary", "audience", "objectives"),
    *("cover_id", "illustration", "owner_id", "taught_by", "teacher_place", "portrait_id", "teacher_figure", "welcome"),
)
_TEXT = models.CharField(max_length=255)  # as revisions keep keys
RESTRICTED_PATHS = "restricted-paths"


def _photographed(drawn: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{size}|format-{form}" for size in drawn for form in ("avif", "webp", "jpeg"))


# The sizes of a cover on a card, as the template draws them: a drawing keeps its format, a photograph comes in three.
DRAWN_COVER = ("fill-390x260", "fill-570x380")
PHOTOGRAPHED_COVER = _photographed(DRAWN_COVER)
COVER_SIZES = DRAWN_COVER + PHOTOGRAPHED_COVER  # read with one query for all cards
# Those of the picture of who teaches.
DRAWN_PORTRAIT = ("fill-128x128", "fill-256x256")
PHOTOGRAPHED_PORTRAIT = _photographed(DRAWN_PORTRAIT)


class MaterialQuerySet(PageQuerySet):
    def for_library(self) -> list[MaterialRow]:
        """Each published material as a plain row of what the facets count, the newest first."""
        year = ExtractYear(Coalesce("issued_on", "first_published_at", output_field=models.DateField()))
        found = self.live().public().annotate(year=year)
        ordered = found.order_by(F("issued_on").desc(nulls_last=True), "-first_published_at", "pk")
        shown = ("type", "audience", "issuing_body", "minutes", "first_published_at", "translation_key")
        return cast("list[MaterialRow]", list(ordered.values("pk", "year", *shown)))

    def for_cards(self) -> Self:
        return cast("Self", self.defer("body", *self.model.searched_columns).prefetch_related("topics", _covers()))

    def related_to(self, material: Any, limit: int = 4) -> Self:
        """Others that share topics with it, those that share most first."""
        topics = [topic.pk for topic in material.topics.all()]
        others = self.live().public().sibling_of(material, inclusive=False).filter(topics__in=topics)
        counted = others.annotate(shared=Count("topics")).order_by("-shared", "-first_published_at")
        return cast("Self", counted.defer("body", *self.model.searched_columns)[:limit])


MaterialRow = dict[str, object]


MaterialManager = PageManager.from_queryset(MaterialQuerySet)


class CourseQuerySet(PageQuerySet):
    def for_list(self) -> Self:
        """Published courses in the order that trainers gave."""
        found = self.live().public().defer(*self.model.searched_columns).order_by("path")
        return cast("Self", found.prefetch_related("topics", _covers()))

    def for_trainer(self, user: User) -> Self:
        """Those that the user may change: first what they own or wrote in, of each the last worked on first."""
        pages = ContentType.objects.get_for_model(Page)
        written = Revision.objects.filter(user=user, base_content_type=pages, object_id=Cast(OuterRef("pk"), _TEXT))
        is_own = Case(When(Q(owner=user) | Exists(written), then=0), default=1)
        mine = page_permission_policy.instances_user_has_permission_for(user, "change")
        found = self.filter(pk__in=mine.values("pk")).defer(*self.model.searched_columns)
        return cast("Self", found.order_by(is_own, F("latest_revision_created_at").desc(nulls_last=True), "-pk"))

    def for_page(self, slug: str) -> Any:
        """The published course at that address, with what its page shows: a page has some fifty columns more."""
        return self.live().filter(slug=slug).only(*_SHOWN_OF_COURSE).first()


CourseManager = PageManager.from_queryset(CourseQuerySet)


def _covers() -> Prefetch[Any]:
    return Prefetch("cover", queryset=Image.objects.prefetch_renditions(*COVER_SIZES))


def is_public(page: Page) -> bool:
    """Whether no view restriction stands on the page or above it."""
    return not page.path.startswith(kept(RESTRICTED_PATHS, _restricted_paths))


def _restricted_paths() -> tuple[str, ...]:
    return tuple(PageViewRestriction.objects.values_list("page__path", flat=True))
