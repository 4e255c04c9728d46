"""How published pages are found: every kind of page that keeps searched forms of its text."""

from __future__ import annotations

from typing import Any, cast

from django.apps import apps
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Length, Substr
from wagtail.models import Page

from training_materials.models import FoldedText
from training_materials.querysets import FORMS, occur_in

# More matches than anyone pages through; counts above it are shown as "500+".
MOST = 500


def kinds() -> list[type[Any]]:
    """The page types that can be found, in the order in which their filters are shown."""
    found = [model for model in apps.get_models() if issubclass(model, FoldedText)]
    order = ("tai-lieu", "khoa-hoc", "bai-hoc")
    return sorted(found, key=lambda model: order.index(model.search_kind) if model.search_kind in order else 9)


def matches(model: type[Any], words: list[str], toned: list[str]) -> list[tuple[int, int]]:
    """Keys and ranks of the published pages of a kind that have all folded words; two queries."""
    found = _shown(model).filter(occur_in("folded_text", words)).annotate(rank=_rank(words, toned))
    return list(found.order_by("-rank", "-first_published_at", "pk").values_list("pk", "rank")[:MOST])


def for_results(model: type[Any], keys: list[int]) -> dict[int, Any]:
    return cast("dict[int, Any]", model.objects.defer(*FORMS).in_bulk(keys))


def _shown(model: type[Any]) -> QuerySet[Any]:
    """Published, open to all, and under a parent that is published too."""
    parent = Page.objects.filter(path=OuterRef("parent_path"), live=True)
    pages = model.objects.live().public().annotate(parent_path=Substr("path", 1, Length("path") - Page.steplen))
    return cast("QuerySet[Any]", pages.filter(Exists(parent)))


def _rank(words: list[str], toned: list[str]) -> Any:
    """Words with the marks as typed weigh most, then title over summary over body, then words in a row."""
    row = " ".join(words)
    in_summary = Q()
    for word in words:
        in_summary &= Q(folded_title__contains=f" {word}") | Q(folded_summary__contains=f" {word}")
    place = _points(When(occur_in("folded_title", words), then=30), When(in_summary, then=20), default=10)
    together = _points(When(folded_title__contains=f" {row} ", then=5), When(folded_text__contains=f" {row} ", then=2))
    as_typed = Q()
    for word in toned:
        as_typed &= Q(toned_text__contains=f" {word} ")
    return place + together + (_points(When(as_typed, then=100)) if toned else Value(0))


def _points(*cases: When, default: int = 0) -> Case:
    return Case(*cases, default=Value(default), output_field=IntegerField())
