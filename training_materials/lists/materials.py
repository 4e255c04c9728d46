"""What the pages of the library show: the list with its facets, and one material with its relations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from wagtail.models import Page

from training_materials.blocks.bodies import headings
from training_materials.lists import facets
from training_materials.models.topics import Audience, Topic
from training_materials.querysets.pages import MaterialQuerySet
from training_materials.registries import beneath, indicators
from training_materials.registries.indicators import Served

CONTENTS_FROM = 4  # a table of contents helps once there are so many headings


def listing(materials: MaterialQuerySet, params: QueryDict, address: str) -> dict[str, Any]:
    """The library narrowed down as the address says. A fixed number of queries, whatever it holds."""
    served = indicators.served()
    kinds = _facet_kinds(materials, dict(Topic.objects.values_list("slug", "name")), served)
    shown = facets.narrowed(_rows(materials, served), kinds, _orders(), params, address)
    return shown | {"materials": _cards(materials, [row["pk"] for row in shown["page_obj"].object_list], address)}


def material(page: Page, request: HttpRequest) -> dict[str, Any]:
    """One material: its files, what else is on its topics, its table of contents."""
    contents = headings(page.body)
    related = type(page).objects.related_to(page) if page.pk else []
    shelf = page.get_parent()
    library_url = shelf.get_url(request) if shelf else ""
    return {
        "files": page.files.select_related("document") if page.pk else page.files.all(),
        "topics": page.topics.all(),
        "indicators": indicators.of(page),
        "related": [(other, other.get_url(request)) for other in related],
        "beneath": beneath.collect(request, page) if page.pk else [],
        "contents": contents if len(contents) >= CONTENTS_FROM else [],
        "library_url": library_url,
        "breadcrumbs": [(shelf.title, library_url), (page.title, None)] if shelf else [],
    }


def audiences() -> dict[str, Any]:
    return {value: label for value, label in Audience.choices}  # noqa: C416 (labels are lazy: typed as any)


def by_number(counted: tuple[str, int]) -> int:
    return int(counted[0])


def _orders() -> list[facets.Order]:
    return [
        facets.Order("", _("Latest documents first")),
        facets.Order("moi", _("Newest first"), facets.by_age),
        facets.Order("ngan", _("Shortest first"), lambda row: row["minutes"]),
    ]


def _rows(materials: MaterialQuerySet, served: Served) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = materials.for_library()
    tags: dict[int, list[str]] = {}
    through = materials.model.topics.through.objects
    for page_id, slug in through.values_list("materialpage_id", "topic__slug"):
        tags.setdefault(page_id, []).append(slug)
    return [
        {
            **row,
            "topics": tags.get(row["pk"], []),
            "indicators": served.by_page.get(str(row["translation_key"]), []),
            "published": row["first_published_at"],
        }
        for row in rows
    ]


def _facet_kinds(materials: MaterialQuerySet, topics: dict[str, str], served: Served) -> Sequence[facets.FacetKind]:
    types: dict[Any, Any] = dict(materials.model.Type.choices)
    return (
        facets.FacetKind("loai", _("Type"), "type", types),
        facets.FacetKind("chu-de", _("Topic"), "topics", topics),
        facets.FacetKind("doi-tuong", _("Audience"), "audience", audiences()),
        facets.FacetKind("chi-so", _("Serves indicator"), "indicators", served.names, sort=by_number),
        facets.FacetKind("nam", _("Year"), "year", sort=lambda counted: -int(counted[0])),
        facets.FacetKind("co-quan", _("Issuing body"), "issuing_body"),
    )


def _cards(materials: MaterialQuerySet, ids: list[int], address: str) -> list[tuple[Page, str]]:
    """The materials of one page in their order, each with its address: they are children of the library."""
    found = materials.for_cards().in_bulk(ids)
    return [(found[pk], f"{address}{found[pk].slug}/") for pk in ids if pk in found]
