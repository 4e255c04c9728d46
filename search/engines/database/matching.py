"""From a request to sets of documents: what matches, what the viewer may see of it, the counts of each facet."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass

from search.contract import FACETS, INDICATOR, Alternative, Clause, SearchRequest, Viewer, may_find
from search.engines.database import bits
from search.engines.database.store import Store
from search.indexing.analysis import STRONG, TITLE, number_term, pair_term
from search.language import fold_word

RANKED = 250  # so many of the most promising are compared word by word
_NEWEST = 40


@dataclass(frozen=True)
class Matched:
    """``seen``: what matches and may be seen, before any filter. ``kept``: what passes the filters too."""

    seen: int
    kept: int
    is_relaxed: bool
    numbered: int


def match(store: Store, request: SearchRequest) -> Matched:
    allowed = bits.union(found for scope, found in store.scopes().items() if may_find(scope, request.viewer))
    if not allowed:
        return Matched(0, 0, False, 0)
    numbered = numbered_in(store, request) & allowed
    wanted, is_relaxed = _having(store, request, allowed)
    seen = wanted | numbered
    return Matched(seen, _filtered(store, request.filters, seen), is_relaxed and not numbered, numbered)


def allowed_to(store: Store, viewer: Viewer) -> int:
    return bits.union(found for scope, found in store.scopes().items() if may_find(scope, viewer))


def facet_counts(store: Store, request: SearchRequest, seen: int) -> dict[str, dict[str, int]]:
    """For each facet what the filters of the others leave of it; values that nothing has are left out."""
    counts = {}
    for name in FACETS:
        others = {other: values for other, values in request.filters.items() if other != name}
        within = _filtered(store, others, seen)
        counted = {value: (found & within).bit_count() for value, found in store.facet(name).items()}
        counts[name] = {value: count for value, count in counted.items() if count}
    return counts


def candidates(store: Store, request: SearchRequest, matched: Matched) -> list[int]:
    """The slots worth ranking: all if they are few, otherwise those with the words in the best places first."""
    left, chosen = matched.kept, list[int]()
    if left.bit_count() <= RANKED:
        return bits.lowest(left, RANKED)
    chosen = bits.lowest(left & matched.numbered, RANKED)
    left &= ~bits.of_slots(chosen)
    for tier in _tiers(store, request):
        if len(chosen) >= RANKED - _NEWEST:
            break
        found = bits.lowest(left & tier, RANKED - _NEWEST - len(chosen))
        left &= ~bits.of_slots(found)
        chosen += found
    found = bits.lowest(left, RANKED - _NEWEST - len(chosen))
    left &= ~bits.of_slots(found)
    return chosen + found + bits.highest(left, _NEWEST)


def clause_set(store: Store, clause: Clause, place: str = "", *, toned_only: bool = False) -> int:
    """The documents that have the clause, anywhere or in a place (``TITLE``, ``STRONG``)."""
    asked = [one for one in clause.alternatives if one.is_toned or not toned_only]
    single = [place + term for one in asked for term in _spelled(store, one) if " " not in term]
    found = store.having_any(single) if single else 0
    for one in asked:
        if " " in one.term:
            found |= _in_a_row(store, one, place)
    return found


def _tiers(store: Store, request: SearchRequest) -> list[int]:
    """Sets of documents, the most promising first; what lies in none comes last."""
    clauses = [clause for clause in request.clauses if clause.is_required]
    if not clauses:
        return []
    title, strong = ([clause_set(store, clause, place) for clause in clauses] for place in (TITLE, STRONG))
    every_title, every_strong = _all(title), _all(strong)
    toned = [clause for clause in clauses if any(one.is_toned for one in clause.alternatives)]
    as_typed = [_all([clause_set(store, clause, place, toned_only=True) for clause in toned]) if toned else -1
                for place in (TITLE, STRONG, "")]  # fmt: skip
    rows = [_row_set(store, phrase.words) for phrase in request.phrases if len(phrase.words) > 1]
    in_a_row = bits.union(rows) if rows else -1
    boosted = bits.union(store.facet(INDICATOR).get(number, 0) for number, lift in request.boosts.items() if lift > 0)
    best = [every_title & as_typed[0] & in_a_row, every_title & in_a_row, every_title & as_typed[0], every_title]
    good = [every_strong & as_typed[1] & in_a_row, every_strong & boosted, every_strong & as_typed[1], every_strong]
    some_title = bits.in_at_least(title, -1)[max(1, len(title) - 1)] if len(title) > 1 else 0
    return [tier for tier in (*best, *good, some_title & as_typed[2], in_a_row & as_typed[2], as_typed[2], in_a_row)
            if tier != -1]  # fmt: skip


def _having(store: Store, request: SearchRequest, allowed: int) -> tuple[int, bool]:
    """What has all required clauses and quotations; if nothing has, what has as many of them as anything has."""
    required = [clause_set(store, clause) for clause in request.clauses if clause.is_required]
    quoted = [_row_set(store, phrase.words) for phrase in request.phrases if phrase.is_required]
    if not required and not quoted:
        return 0, False
    within = allowed & _all(quoted) if quoted else allowed
    levels = bits.in_at_least(required, within)
    if levels[-1] or len(required) < 2:
        return levels[-1], False
    least = (len(required) + 1) // 2
    for level in range(len(required) - 1, least - 1, -1):
        if levels[level]:
            return levels[level], True
    return 0, False


def numbered_in(store: Store, request: SearchRequest) -> int:
    """The documents that carry the number asked for."""
    return store.having_any([number_term(request.document_number)]) if request.document_number else 0


def _filtered(store: Store, filters: Mapping[str, object], seen: int) -> int:
    for name, values in filters.items():
        chosen = set(values)  # type: ignore[call-overload]
        if chosen:
            seen &= bits.union(found for value, found in store.facet(name).items() if value in chosen)
    return seen


def _spelled(store: Store, alternative: Alternative) -> list[str]:
    """The term itself, or, where it is the beginning of a word, the commonest words with that beginning."""
    if not alternative.is_prefix:
        return [alternative.term]
    return [alternative.term, *store.words().beginning_with(alternative.term, 30)]


def _in_a_row(store: Store, alternative: Alternative, place: str) -> int:
    words = alternative.term.split()
    placed = _all([store.having_any([place + word]) for word in words])
    return placed & _row_set(store, tuple(map(fold_word, words)))


def _row_set(store: Store, words: tuple[str, ...]) -> int:
    if len(words) == 1:
        return store.having_any(list(words))
    return _all([store.having_any([pair_term(*pair)]) for pair in itertools.pairwise(words)])


def _all(sets: list[int]) -> int:
    whole = -1
    for one in sets:
        whole &= one
    return whole
