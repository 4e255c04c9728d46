"""One search as a page shows it: results, filters, editors' picks, and what the reader's dossier needs."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.http import HttpRequest, QueryDict
from wagtail.models import Page

from interface.vietnamese import nfc
from search.contract import ASIDE, INDICATOR, KIND, Answering, Hit, SearchRequest, SearchResponse, Suggestion, Viewer
from search.dictionary import dictionary, picks_for, words_known
from search.engines.chosen import engine
from search.language import Understood, fold_words, understand
from search.queries.answers import answer
from search.queries.facets import Choice, choice, facets_of, kinds
from search.queries.needs import Need, boosts, needs_of, viewer_of
from search.queries.requests import request_for
from training_materials.lists.covers import ShownCover, covers_of
from training_materials.lists.facets import Facet
from training_materials.querysets.pages import is_public

QUERY_LENGTH = 100
PAGE_SIZE = 10
FOR_YOU = 2


@dataclass(frozen=True)
class Query:
    """What was typed, composed and cut to a sensible length, and what it means."""

    text: str
    is_cut: bool
    understood: Understood


@dataclass(frozen=True)
class PickedPage:
    title: str
    url: str
    reason: str


@dataclass(frozen=True)
class ForYou:
    hit: Hit
    need: Need


@dataclass(frozen=True)
class Results:
    page: PaginatorPage[Any] | None = None
    hits: Sequence[Hit] = ()
    kinds: Facet | None = None
    facets: Sequence[Facet] = ()
    chosen: Choice = field(default_factory=lambda: Choice(""))
    picks: Sequence[PickedPage] = ()
    for_you: Sequence[ForYou] = ()
    near: Sequence[Hit] = ()
    covers: Mapping[str, ShownCover] = field(default_factory=dict)
    reachable: int = 0
    without_filters: int = 0

    @property
    def is_narrowed(self) -> bool:
        return bool(set(self.chosen.chosen) - {KIND})

    @property
    def facets_chosen_in(self) -> list[Facet]:
        """Those in which something is chosen, for the row of choices that can be taken back."""
        every = [*([self.kinds] if self.kinds else []), *self.facets]
        return [facet for facet in every if facet.chosen]

    @property
    def ends_here(self) -> bool:
        """Whether this is the last page though more was found."""
        return self.page is not None and not self.page.has_next() and self.reachable < self.total

    @property
    def total(self) -> int:
        return self.page.paginator.count if self.page else 0


def read_query(typed: str) -> Query:
    whole = " ".join(nfc(typed).split())
    text = whole[:QUERY_LENGTH]
    known = words_known(engine().vocabulary())
    return Query(text, is_cut=len(whole) > QUERY_LENGTH, understood=understand(text, known, dictionary()))


def find(query: Query, params: QueryDict, request: HttpRequest, today: datetime.date) -> Results:
    """The page of results that the address asks for. Its number of database queries does not follow the results."""
    chosen = choice(query.text, params)
    if query.understood.is_empty:
        return Results(chosen=chosen)
    asked = params.get("page", "")
    number = min(max(int(asked), 1), 1000) if asked.isdecimal() else 1
    viewer = viewer_of(request.user, today)
    wish = SearchRequest(filters=chosen.chosen, viewer=viewer, today=today, offset=(number - 1) * PAGE_SIZE)
    searcher = engine()
    known = words_known(searcher.vocabulary())
    answered = answer(searcher, query.understood, wish, known)
    if not answered.found.hits and number > 1:
        number, answered = 1, answer(searcher, query.understood, replace(wish, offset=0), known)
    found = answered.found
    first = number == 1 and not chosen.chosen
    for_you = _for_you(query.understood, wish, request, searcher) if number == 1 and found.total > 1 else []
    shown_above = {one.hit.key for one in for_you}
    return Results(
        page=_page(found, number),
        hits=[hit for hit in found.hits if hit.key not in shown_above],
        kinds=kinds(found.facets, chosen),
        facets=facets_of(found.facets, chosen),
        chosen=chosen,
        picks=_picks(query.understood, request) if first else [],
        for_you=for_you,
        near=answered.near,
        covers=_covers([*found.hits, *answered.near, *(one.hit for one in for_you)]),
        reachable=found.reachable,
        without_filters=_without_filters(query.understood, wish, searcher) if chosen.chosen and not found.total else 0,
    )


def _page(found: SearchResponse, number: int) -> PaginatorPage[Any]:
    """A page of which only the results shown are at hand, and behind it those that can be reached."""
    paginator = Paginator(range(found.total), PAGE_SIZE)
    paginator.num_pages = max(1, -(-min(found.total, found.reachable or found.total) // PAGE_SIZE))
    return PaginatorPage(list(found.hits), number, paginator)


def _covers(hits: Sequence[Hit]) -> dict[str, ShownCover]:
    """Of those that are pages, by the key of the hit: "lessonpage:12"."""
    ids = {hit.key: int(hit.key.rpartition(":")[2]) for hit in hits if hit.kind not in ASIDE}
    found = covers_of(ids.values())
    return {key: found[pk] for key, pk in ids.items() if pk in found}


def _for_you(understood: Understood, wish: SearchRequest, request: HttpRequest, searcher: Answering) -> list[ForYou]:
    """The best of what serves an indicator in which the reader's dossier of the year is weak."""
    assert wish.today
    needs = {need.number: need for need in needs_of(request.user, wish.today)}
    wanted = [number for number in needs if number in (wish.filters.get(INDICATOR) or needs)]
    if not wanted:
        return []
    asked = replace(
        wish,
        filters={**wish.filters, INDICATOR: wanted},
        boosts=boosts(list(needs.values())),
        limit=FOR_YOU,
        want_facets=False,
    )
    hits = searcher.search(request_for(understood, asked)).hits
    served = [(hit, [needs[number] for number in hit.facets.get(INDICATOR, ()) if number in needs]) for hit in hits]
    return [
        ForYou(hit, min(helped, key=lambda need: need.points))
        for hit, helped in served
        if helped and hit.kind not in ASIDE
    ]


def _picks(understood: Understood, request: HttpRequest) -> list[PickedPage]:
    chosen = {pick.page_id: pick for pick in picks_for(understood)}
    pages = Page.objects.live().in_bulk(list(chosen)) if chosen else {}
    return [
        PickedPage(pages[key].title, pages[key].get_url(request) or "", pick.reason)
        for key, pick in chosen.items()
        if key in pages and is_public(pages[key])
    ]


def _without_filters(understood: Understood, wish: SearchRequest, searcher: Answering) -> int:
    return searcher.search(request_for(understood, replace(wish, filters={}, limit=0, want_facets=False))).total


def suggestions(typed: str, viewer: Viewer, limit: int = 6) -> Sequence[Suggestion]:
    """What carries the number typed; titles for what was typed so far; where none is so, for what was likeliest meant,
    and with abbreviations written out."""
    query = read_query(typed)
    searcher = engine()
    found = {one.key: one for one in _numbered(query.understood, viewer, searcher)}
    for words in dict.fromkeys((fold_words(query.text), query.understood.likeliest, query.understood.spelt_out)):
        if found:
            break
        found |= {one.key: one for one in searcher.suggest(words, viewer, limit)}
    return list(found.values())[:limit]


def _numbered(understood: Understood, viewer: Viewer, searcher: Answering) -> list[Suggestion]:
    """Documents by their number, which need not stand in the title."""
    if not understood.number:
        return []
    request = SearchRequest(
        document_number=understood.number.key, viewer=viewer, limit=3, want_facets=False, want_extracts=False
    )
    return [
        Suggestion(title=hit.title[0].text, url=hit.url, kind=hit.kind, key=hit.key)
        for hit in searcher.search(request).hits
    ]
