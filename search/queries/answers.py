"""Asking an engine: first for what has all the words, then, where that is little, for what comes nearest."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from search.contract import Answering, Clause, Hit, SearchRequest, SearchResponse
from search.language import Understood, Vocabulary
from search.queries.requests import request_for


@dataclass(frozen=True)
class Answer:
    """``found`` has all the words that must occur. ``near`` lacks some, and fills a short page."""

    found: SearchResponse
    near: Sequence[Hit] = ()


def answer(engine: Answering, understood: Understood, wish: SearchRequest, vocabulary: Vocabulary) -> Answer:
    request = request_for(understood, wish)
    found = engine.search(request)
    whole = SearchResponse(engine=found.engine, took=found.took) if found.is_relaxed else found
    if wish.offset or whole.total >= wish.limit or not wish.limit:
        return Answer(whole)
    wider = request_for(understood, wish, with_other_marks=True)
    with_other_marks = [wider] if wider != request else []
    if whole.hits:  # the words are known as they were typed
        ways = chain(_loosened(request, vocabulary), with_other_marks)
    else:
        ways = chain(with_other_marks, _loosened(request, vocabulary), _loosened(wider, vocabulary))
    near = _near(engine, ways, whole, wish.limit - len(whole.hits))
    if not (near or whole.hits):
        near = list(_others(engine, _parted(wider), ()).values())
    return Answer(whole, near)


def _near(engine: Answering, ways: Iterable[SearchRequest], found: SearchResponse, wanted: int) -> list[Hit]:
    kept: dict[str, Hit] = {}
    known = {hit.key for hit in found.hits}
    for looser in ways:
        kept |= _others(engine, looser, kept.keys() | known)
        if len(kept) >= wanted:
            break
    return list(kept.values())[:wanted]


def _others(engine: Answering, request: SearchRequest, known: Collection[str]) -> dict[str, Hit]:
    """What else it finds. Who asks for one document by its number is not given those with other figures."""
    found = engine.search(replace(request, want_facets=False))
    if found.is_relaxed and request.document_number:
        return {}
    return {hit.key: hit for hit in found.hits if hit.key not in known}


def _loosened(request: SearchRequest, vocabulary: Vocabulary) -> Iterator[SearchRequest]:
    """Without the least telling of the words that must occur; then with nothing but the most telling."""
    figure = request.document_number.partition("|")[0]
    telling = sorted(
        (place for place, clause in enumerate(request.clauses) if clause.is_required),
        key=lambda place: _weight(request.clauses[place], figure, vocabulary),
        reverse=True,
    )
    for kept in dict.fromkeys((len(telling) - 1, 1)):
        if 0 < kept < len(telling):
            needed = set(telling[:kept])
            clauses = tuple(replace(one, is_required=place in needed) for place, one in enumerate(request.clauses))
            yield replace(request, clauses=clauses)


def _parted(request: SearchRequest) -> SearchRequest:
    """With each word of a set term on its own: what nobody wrote of in a row may be spoken of somewhere."""
    words = [
        (replace(one, term=word), clause.is_required)
        for clause in request.clauses
        for one in clause.alternatives[:1]
        for word in one.term.split()
    ]
    return replace(request, clauses=tuple(Clause((one,), is_required) for one, is_required in words), phrases=())


def _weight(clause: Clause, figure: str, vocabulary: Vocabulary) -> tuple[bool, int, float]:
    """The figure of a document's number tells most, then terms of several words; among equals, the seldomer."""
    words = max(clause.alternatives, key=lambda one: (one.weight > 0.75, len(one.term.split()))).term.split()
    seen = sum(vocabulary.words.get(word, 0) for word in words) or vocabulary.total
    return words == [figure], len(words), -seen / len(words)
