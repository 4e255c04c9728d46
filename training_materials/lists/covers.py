"""The covers of many pages at once, whatever their kinds, for lists that hold no pages of ours: results of a search,
the office's lists.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, IntegerField, QuerySet, Value
from wagtail.images.models import Image
from wagtail.models import Page

from training_materials.models import CoursePage, MaterialPage
from training_materials.models.covers import Covered
from training_materials.outlines import outline
from training_materials.querysets.pages import COVER_SIZES

_COURSE, _MATERIAL = CoursePage._meta.model_name, MaterialPage._meta.model_name


@dataclass(frozen=True)
class ShownCover:
    """What ``{% cover %}`` asks of a page, and the drawings of its topics."""

    cover: Image | None
    illustration: str
    names: tuple[str, ...]


def covers_of(page_ids: Iterable[int]) -> dict[int, ShownCover]:
    """By the id of the page; nothing of pages without a cover. At most five queries, once outlines are kept."""
    ids = list(page_ids)
    rows = _rows(ids) if ids else []
    pictures = Image.objects.prefetch_renditions(*COVER_SIZES).in_bulk({row["picture"] for row in rows} - {None})
    names = _names([row for row in rows if not row["drawing"]])
    return {
        row["pk"]: ShownCover(pictures.get(row["picture"]), row["drawing"], names.get(row["pk"], ())) for row in rows
    }


def _rows(ids: list[int]) -> list[dict[str, Any]]:
    first, *others = (_kind(model, ids) for model in (CoursePage, MaterialPage, *outline.step_models()))
    return list(first.union(*others, all=True))


def _kind(model: Any, ids: list[int]) -> QuerySet[Any, dict[str, Any]]:
    """A step without a cover of its own has the drawing that its place in the course gives it."""
    has_own = issubclass(model, Covered)
    return (
        model.objects.filter(pk__in=ids)
        .order_by()
        .values(
            "pk",
            "path",
            kind=Value(model._meta.model_name),
            picture=F("cover_id") if has_own else Value(None, output_field=IntegerField()),
            drawing=F("illustration") if has_own else Value(""),
        )
    )


def _names(rows: list[dict[str, Any]]) -> dict[int, tuple[str, ...]]:
    """The drawings of their topics in order; of a step the one that its place in the course gives it."""
    materials = [row["pk"] for row in rows if row["kind"] == _MATERIAL]
    courses = {row["pk"]: outline.of_course(row["pk"]) for row in rows if row["kind"] == _COURSE}
    steps = {row["pk"]: row["path"][: -Page.steplen] for row in rows if row["kind"] not in (_MATERIAL, _COURSE)}
    above = dict(CoursePage.objects.filter(path__in=steps.values()).values_list("path", "pk")) if steps else {}
    beneath = {pk: outline.of_course(above.get(path)) for pk, path in steps.items()}
    return {
        **(_names_of_materials(materials) if materials else {}),
        **{pk: found.illustrations for pk, found in courses.items() if found},
        **{pk: (found.illustration(pk),) for pk, found in beneath.items() if found},
    }


def _names_of_materials(ids: list[int]) -> dict[int, tuple[str, ...]]:
    names: dict[int, tuple[str, ...]] = {}
    tagged = MaterialPage.topics.through.objects.filter(materialpage__in=ids).order_by("topic__name")
    for page_id, name in tagged.values_list("materialpage_id", "topic__illustration"):
        names[page_id] = (*names.get(page_id, ()), name)
    return names
