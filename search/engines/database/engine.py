"""Search, suggestions and vocabulary from the site's own database."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db import Error as DatabaseError
from django.db import connection

from search.contract import (
    ASIDE,
    INDICATOR,
    KIND,
    TYPE,
    Document,
    Progress,
    SearchRequest,
    SearchResponse,
    Suggestion,
    Viewer,
)
from search.engines import shown
from search.engines.database import actions, bits
from search.engines.database.matching import (
    Matched,
    allowed_to,
    candidates,
    clause_set,
    facet_counts,
    match,
    numbered_in,
)
from search.engines.database.ranking import Candidate, Known, Scorer, rarity_of
from search.engines.database.store import Store, opened
from search.indexing.analysis import TITLE
from search.language import Vocabulary
from search.models import SearchDocument

_SUGGESTED_FROM = 60  # so many titles are looked at
_WAYS_TO_END = 30  # so many words may complete an unfinished one


class DatabaseEngine:
    name = "database"

    def index(self, documents: Sequence[Document]) -> None:
        actions.put(documents)

    def remove(self, keys: Sequence[str]) -> None:
        ids = SearchDocument.objects.filter(key__in=keys).values_list("pk", flat=True)
        actions.take_out(list(ids))

    def search(self, request: SearchRequest) -> SearchResponse:
        began = time.perf_counter()
        store = opened()
        matched = match(store, request)
        total = matched.kept.bit_count()
        ranked = _ranked(store, request, matched) if total > request.offset and request.limit else []
        page = ranked[request.offset : request.offset + request.limit]
        return SearchResponse(
            total=total,
            reachable=min(total, len(ranked)),
            is_relaxed=matched.is_relaxed,
            hits=shown.hits(page, request),
            facets=facet_counts(store, request, matched.seen) if request.want_facets else {},
            took=time.perf_counter() - began,
            engine=self.name,
        )

    def suggest(self, words: Sequence[str], viewer: Viewer, limit: int) -> list[Suggestion]:
        """Titles that have all the folded words, those that begin with them first; the last may be unfinished."""
        if not words:
            return []
        store = opened()
        *whole, last = words
        endings = {last, *store.words().beginning_with(last, _WAYS_TO_END)}
        found = allowed_to(store, viewer) & ~_aside(store)
        found &= store.having_any([TITLE + word for word in endings])
        for word in whole:
            found &= store.having_any([TITLE + word])
        slots = {*bits.lowest(found, _SUGGESTED_FROM), *bits.highest(found, _SUGGESTED_FROM // 4)}
        typed = f" {' '.join(words)}"
        rows = sorted(
            (row[6].find(typed) != 0, typed not in row[6], -row[2], len(row[6]), row[0], row[1])
            for row in store.rows(list(slots))
        )
        return shown.suggestions([row[-1] for row in rows[:limit]])

    def vocabulary(self) -> Vocabulary:
        return opened().words().vocabulary

    def rebuild(
        self,
        documents: Iterable[Document],
        total: int,
        progress: Progress,
        catch_up: Callable[[], list[Document]] = list,
    ) -> int:
        """Best in the order in which documents are to come where the query does not decide."""
        return actions.build(documents, total, progress, catch_up)

    def is_alive(self) -> bool:
        try:
            connection.ensure_connection()
        except DatabaseError:
            return False
        return True


def rank(request: SearchRequest, ids: Sequence[int]) -> list[tuple[int, float]]:
    """These documents as this engine would rank them, whoever found them; those that are gone are left out."""
    store = opened()
    return _scored(store, request, store.rows_of(ids), numbered_in(store, request))


def _ranked(store: Store, request: SearchRequest, matched: Matched) -> list[tuple[int, float]]:
    return _scored(store, request, store.rows(candidates(store, request, matched)), matched.numbered)


def _scored(
    store: Store, request: SearchRequest, rows: Sequence[tuple[Any, ...]], numbered: int
) -> list[tuple[int, float]]:
    """Documents with their scores, best first."""
    known = _known(store, request, numbered, {row[0]: row[1] for row in rows})
    size = bits.union(store.scopes().values()).bit_count()
    rarity = [rarity_of(size, clause_set(store, clause).bit_count()) for clause in request.clauses]
    scorer, nothing = Scorer(request, rarity), Known()
    scored = []
    for slot, document_id, popularity, *texts in rows:
        candidate = Candidate(slot, document_id, popularity, texts[:3], texts[3:])
        scored.append((scorer.score(candidate, known.get(slot, nothing)), -slot, document_id))
    scored.sort(reverse=True)
    return [(document_id, points) for points, _slot, document_id in scored]


def _known(store: Store, request: SearchRequest, numbered_slots: int, ids: Mapping[int, int]) -> dict[int, Known]:
    """Of those candidates of which there is more to know than their words."""
    here = bits.of_slots(ids)
    aside = set(bits.lowest(_aside(store) & here, len(ids)))
    numbered = set(bits.lowest(numbered_slots & here, len(ids)))
    news = set(bits.lowest(store.facet(TYPE).get("news", 0) & here, len(ids))) if request.today else set()
    dates = dict(SearchDocument.objects.filter(pk__in=[ids[slot] for slot in news]).values_list("pk", "date"))
    lifts: dict[int, float] = {}
    for number, lift in request.boosts.items():
        for slot in bits.lowest(store.facet(INDICATOR).get(number, 0) & here, len(ids)):
            lifts[slot] = max(lift, lifts.get(slot, 0.0))
    return {
        slot: Known(slot in numbered, slot in news, dates.get(ids[slot]), lifts.get(slot, 0.0), slot in aside)
        for slot in {*numbered, *news, *lifts, *aside}
    }


def _aside(store: Store) -> int:
    kinds = store.facet(KIND)
    return bits.union(kinds.get(kind, 0) for kind in ASIDE)
