"""One search: a query as typed in, results with extracts out. Its number of queries follows the kinds of page,
never the pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.text import capfirst

from membership.vietnamese import nfc
from search import querysets
from search.extracts import Piece, extract, marked
from training_materials.folding import query_words, toned_query_words

QUERY_LENGTH = 100
PAGE_SIZE = 10


@dataclass(frozen=True)
class Query:
    """What was typed, composed and cut to a sensible length; ``words`` is empty if nothing can be searched."""

    text: str
    is_cut: bool
    words: list[str]
    toned: list[str]


@dataclass(frozen=True)
class KindCount:
    name: str
    label: str
    count: int
    url: str
    is_chosen: bool

    @property
    def is_capped(self) -> bool:
        return self.count >= querysets.MOST


@dataclass(frozen=True)
class Result:
    url: str
    kind: str
    title: list[Piece]
    summary: list[Piece]
    extract: list[Piece]


@dataclass(frozen=True)
class Results:
    chosen: str = ""
    kinds: list[KindCount] = field(default_factory=list)
    page: PaginatorPage[Any] | None = None
    shown: list[Result] = field(default_factory=list)


def read_query(typed: str) -> Query:
    whole = " ".join(nfc(typed).split())
    text = whole[:QUERY_LENGTH]
    return Query(text=text, is_cut=len(whole) > QUERY_LENGTH, words=query_words(text), toned=toned_query_words(text))


def find(query: Query, kind: str, page_number: str, request: HttpRequest) -> Results:
    """What the words find, of one kind (by its name in the address) or of all, best first."""
    if not query.words:
        return Results()
    models = querysets.kinds()
    found = {model: querysets.matches(model, query.words, query.toned) for model in models}
    chosen = kind if kind in {model.search_kind for model in models} else ""
    ranked = sorted(
        ((rank, place, key) for place, model in enumerate(models) for key, rank in found[model]
         if chosen in ("", model.search_kind)),
        key=lambda match: (-match[0], match[1]),
    )  # fmt: skip
    page = Paginator(ranked, PAGE_SIZE).get_page(page_number)
    return Results(
        chosen=chosen,
        kinds=_counts(query, {model: len(matches) for model, matches in found.items()}, chosen),
        page=page,
        shown=_load(page, models, query, request),
    )


def _counts(query: Query, sizes: dict[type[Any], int], chosen: str) -> list[KindCount]:
    return [
        KindCount(
            name=model.search_kind,
            label=capfirst(str(model._meta.verbose_name_plural)),
            count=count,
            url="?" + urlencode({"q": query.text, "loai": model.search_kind}),
            is_chosen=model.search_kind == chosen,
        )
        for model, count in sizes.items()
        if count or model.search_kind == chosen
    ]


def _load(page: PaginatorPage[Any], models: list[type[Any]], query: Query, request: HttpRequest) -> list[Result]:
    wanted: dict[int, list[int]] = {}
    for _rank, place, key in page.object_list:
        wanted.setdefault(place, []).append(key)
    loaded = {place: querysets.for_results(models[place], keys) for place, keys in wanted.items()}
    return [
        _result(loaded[place][key], query, request)
        for _rank, place, key in page.object_list
        if key in loaded[place]
    ]  # fmt: skip


def _result(page: Any, query: Query, request: HttpRequest) -> Result:
    summary = getattr(page, "summary", "") or page.search_description
    summary_pieces = marked(summary, query.words, query.toned)
    is_told = any(piece.is_hit for piece in summary_pieces)
    return Result(
        url=page.get_url(request) or "",
        kind=capfirst(str(page._meta.verbose_name)),
        title=marked(page.title, query.words, query.toned),
        summary=summary_pieces,
        extract=[] if is_told else extract(page.searched_text(), query.words, query.toned),
    )
