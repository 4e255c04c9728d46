"""Asking an engine: first for what has all the words, then, where that is little, for what comes nearest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from search.asking import Wish, request_for
from search.engines.base import Answering, Clause, Hit, SearchRequest, SearchResponse
from search.language import Understood, Vocabulary


@dataclass(frozen=True)
class Answer:
    """``found`` has all the words that must occur. ``near`` lacks some, and fills a short page."""

    found: SearchResponse
    near: Sequence[Hit] = ()


def answer(engine: Answering, understood: Understood, wish: Wish, vocabulary: Vocabulary) -> Answer:
    request = request_for(understood, wish)
    found = engine.search(request)
    whole = SearchResponse(engine=found.engine, took=found.took) if found.is_relaxed else found
    if wish.offset or whole.total >= wish.limit or not wish.limit:
        return Answer(whole)
    near = _near(engine, request, whole, vocabulary)
    if not near and found.is_relaxed:
        near = list(found.hits)
    return Answer(whole, near)


def _near(engine: Answering, request: SearchRequest, found: SearchResponse, vocabulary: Vocabulary) -> list[Hit]:
    kept: dict[str, Hit] = {}
    known = {hit.key for hit in found.hits}
    wanted = request.limit - len(found.hits)
    for looser in _loosened(request, vocabulary):
        for hit in engine.search(replace(looser, limit=request.limit, want_facets=False)).hits:
            if hit.key not in known:
                kept.setdefault(hit.key, hit)
        if len(kept) >= wanted:
            break
    return list(kept.values())[:wanted]


def _loosened(request: SearchRequest, vocabulary: Vocabulary) -> Iterator[SearchRequest]:
    """Without the least telling of the words that must occur; then with nothing but the most telling."""
    telling = sorted(
        (place for place, clause in enumerate(request.clauses) if clause.is_required),
        key=lambda place: _weight(request.clauses[place], vocabulary),
        reverse=True,
    )
    for kept in dict.fromkeys((len(telling) - 1, 1)):
        if 0 < kept < len(telling):
            needed = set(telling[:kept])
            clauses = tuple(replace(one, is_required=place in needed) for place, one in enumerate(request.clauses))
            yield replace(request, clauses=clauses)


def _weight(clause: Clause, vocabulary: Vocabulary) -> tuple[int, float]:
    """Terms of several words tell most; among equals, the seldomer."""
    words = max(clause.alternatives, key=lambda one: (one.weight > 0.75, len(one.term.split()))).term.split()
    seen = sum(vocabulary.words.get(word, 0) for word in words) or vocabulary.total
    return len(words), -seen / len(words)
