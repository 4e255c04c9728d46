"""Putting documents into the index, taking them out, and building it anew beside.

The index is only added to: a changed document gets a new slot, and the old one loses its scope, so that no set of
anything that may be seen contains it any more; a rebuild leaves such slots behind.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice, pairwise
from typing import TypeVar

from django.conf import settings
from django.db import transaction

from search.contract import PUBLIC, Document, Progress
from search.engines.database import bits, words
from search.engines.database.dialects import Dialect, Stored, dialect, drop, read, write
from search.engines.database.store import COMMON, FACET, SCOPE, stored_sets
from search.indexing.analysis import Analysed, Row, analyse
from search.indexing.readers import read_in_batches
from search.models import IndexState

BATCH = 500
# So many terms are looked up in one transaction to store their sets.
_AT_ONCE = 100
# Of a large library every eighth document tells which terms are common. Pairs of words are many, common ones few:
# those that fell behind are forgotten while counting.
_SAMPLED = 8
_PRUNED_EVERY = 16_000

T = TypeVar("T")
Names = dict[str, list[int]]  # the slots that each set gains


@transaction.atomic
def put(documents: Sequence[Document]) -> None:
    state = IndexState.objects.select_for_update().get()
    _take_out(state.build, [document.id for document in documents])
    common = common_terms(state.build)
    first = state.slots
    gained: Names = {}
    analysed = [analyse(document) for document in documents]
    dialect().insert(state.build, _stored(documents, analysed, first))
    for slot, (document, one) in enumerate(zip(documents, analysed, strict=True), start=first):
        _gain(gained, document, slot)
        for term in common.intersection(one.terms):
            gained.setdefault(COMMON + term, []).append(slot)
    _store(state.build, gained)
    words.add(state.build, _public(documents, analysed))
    state.slots += len(documents)
    _touch(state)


@transaction.atomic
def take_out(ids: Sequence[int]) -> None:
    state = IndexState.objects.select_for_update().get()
    _take_out(state.build, ids)
    _touch(state)


def build(documents: Iterable[Document], total: int, progress: Progress, catch_up: Callable[[], list[Document]]) -> int:
    """Fills tables of its own; ``catch_up`` gives what changed meanwhile, asked once nothing can change any more."""
    number = _new_build()
    dialect().create(number)
    count = _fill(number, documents, total, progress)
    with transaction.atomic():
        state = IndexState.objects.select_for_update().get()
        old = state.build
        state.build, state.slots, state.built_slots = number, count, count
        _touch(state)
        _take_out(number, _gone(number))
        put(catch_up())
    _drop_all_but(number, old)
    return count


def common_terms(number: int) -> set[str]:
    rows = read(f"SELECT DISTINCT name FROM search_bits_{number} WHERE name >= %s", [COMMON])
    return {name[len(COMMON) :] for (name,) in rows}


def _fill(number: int, documents: Iterable[Document], total: int, progress: Progress) -> int:
    gained: Names = {}
    vocabulary: Counter[tuple[str, str]] = Counter()
    seen: Counter[str] = Counter()
    step = _SAMPLED if total >= _SAMPLED * settings.SEARCH_COMMON_FROM else 1
    done = pruned = 0
    for batch, analysed in read_in_batches(documents, total):
        with transaction.atomic():
            dialect().load(number, _stored(batch, analysed, done))
        for slot, document in enumerate(batch, start=done):
            _gain(gained, document, slot)
        seen.update(chain.from_iterable(one.terms for one in analysed[::step]))
        vocabulary.update(_public(batch, analysed))
        done += len(batch)
        if done - pruned >= _PRUNED_EVERY:
            _prune(seen, done // step)
            pruned = done
        progress(done, max(total, done))
    with transaction.atomic():
        _store(number, gained)
        dialect().load_words(number, words.rows(vocabulary))
    dialect().finish(number)
    least = max(settings.SEARCH_COMMON_FROM, done // 100)
    _store_common(number, [term for term, count in seen.items() if count * step * 2 >= least], least)
    return done


def _store_common(number: int, likely: list[str], least: int) -> None:
    """Those of the likely terms that at least so many documents truly have."""
    source: Dialect = dialect()
    for some in _batches(likely, _AT_ONCE):
        with transaction.atomic():
            for term in some:
                slots = source.slots(number, [term])
                if len(slots) >= least:
                    _replace(number, COMMON + term, bits.of_slots(slots))


def _prune(seen: Counter[str], documents: int) -> None:
    """A term of one document in a hundred cannot be among those forgotten: they have one in four hundred so far."""
    least = min(settings.SEARCH_COMMON_FROM, documents) // 400
    for term in [term for term, count in seen.items() if count <= least]:
        del seen[term]


def _gain(gained: Names, document: Document, slot: int) -> None:
    gained.setdefault(SCOPE + document.scope, []).append(slot)
    for name, values in document.facets.items():
        for value in values:
            gained.setdefault(f"{FACET}{name}={value}", []).append(slot)


def _store(number: int, gained: Names) -> None:
    """Adds the slots to the stored sets."""
    cut = [(name, slot // bits.PIECE, slot) for name, slots in gained.items() for slot in slots]
    wanted: dict[tuple[str, int], list[int]] = {}
    for name, piece, slot in cut:
        wanted.setdefault((name, piece), []).append(slot - piece * bits.PIECE)
    before = _pieces(number, {name for name, _piece in wanted}, {piece for _name, piece in wanted})
    rows = []
    for (name, piece), slots in wanted.items():
        whole = before.get((name, piece), 0) | bits.of_slots(slots)
        rows.append((name, piece, whole.to_bytes(bits.PIECE // 8, "little")))
    write(
        f"INSERT INTO search_bits_{number} (name, piece, bits) VALUES (%s, %s, %s) "
        "ON CONFLICT (name, piece) DO UPDATE SET bits = excluded.bits",
        rows,
    )


def _pieces(number: int, names: set[str], pieces: set[int]) -> dict[tuple[str, int], int]:
    """Only the last piece or two are ever added to, except where everything is stored for the first time."""
    found = {}
    for some in _batches(sorted(names)):
        places, numbers = ", ".join(["%s"] * len(some)), ", ".join(map(str, pieces))
        for name, piece, stored in read(
            f"SELECT name, piece, bits FROM search_bits_{number} WHERE name IN ({places}) AND piece IN ({numbers})",
            some,
        ):
            found[name, piece] = int.from_bytes(stored, "little")
    return found


def _take_out(number: int, ids: Sequence[int]) -> None:
    if not ids:
        return
    places = ", ".join(["%s"] * len(ids))
    rows = read(f"SELECT slot, title, summary, body FROM search_rows_{number} WHERE document_id IN ({places})", ids)
    if not rows:
        return
    gone = bits.of_slots(row[0] for row in rows)
    scopes = stored_sets(number, _scope_names(number))
    public = scopes.get(SCOPE + PUBLIC, 0)
    words.add(number, words.counted([_of_rows(row[1:]) for row in rows if public >> row[0] & 1], by=-1))
    for name, found in scopes.items():
        if found & gone:
            write(f"DELETE FROM search_bits_{number} WHERE name = %s", [(name,)])
            _replace(number, name, found & ~gone)
    write(f"DELETE FROM search_rows_{number} WHERE slot = %s", [(row[0],) for row in rows])


def _replace(number: int, name: str, found: int) -> None:
    rows = [(name, piece, stored) for piece, stored in bits.pieces(found)]
    write(f"INSERT INTO search_bits_{number} (name, piece, bits) VALUES (%s, %s, %s)", rows)


def _scope_names(number: int) -> list[str]:
    rows = read(f"SELECT DISTINCT name FROM search_bits_{number} WHERE name >= %s AND name < %s", [SCOPE, COMMON])
    return [name for (name,) in rows]


def _of_rows(rows: Sequence[str]) -> Analysed:
    """As much of what was indexed as the vocabulary counts."""
    title, summary, body = (row.split() for row in rows)
    empty = Row("", "")
    pairs = [*pairwise(title), *pairwise(summary)]
    return Analysed(empty, empty, empty, [], list(dict.fromkeys(title + summary + body)), list(dict.fromkeys(pairs)))


def _public(documents: Sequence[Document], analysed: Sequence[Analysed]) -> Counter[tuple[str, str]]:
    shown = [one for document, one in zip(documents, analysed, strict=True) if document.scope == PUBLIC]
    return words.counted(shown)


def _gone(number: int) -> list[int]:
    rows = read(
        f"SELECT document_id FROM search_rows_{number} WHERE document_id NOT IN (SELECT id FROM search_searchdocument)"
    )
    return [pk for (pk,) in rows]


def _stored(documents: Sequence[Document], analysed: Sequence[Analysed], first: int) -> list[Stored]:
    return [
        (slot, document.id, document.popularity, one.title.toned, one.summary.toned, one.body.toned,
         one.title.folded, one.summary.folded, one.body.folded, one.terms)
        for slot, (document, one) in enumerate(zip(documents, analysed, strict=True), start=first)
    ]  # fmt: skip


def _batches(everything: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    rest = iter(everything)
    while batch := list(islice(rest, size)):
        yield batch


@transaction.atomic
def _new_build() -> int:
    state = IndexState.objects.select_for_update().get()
    state.latest_build += 1
    _touch(state)
    return state.latest_build


def _drop_all_but(*numbers: int) -> None:
    """The one before stays until the next rebuild: a search may still be reading it."""
    latest = max(numbers)
    for number in range(max(1, latest - 20), latest):
        if number not in numbers:
            drop(number)


def _touch(state: IndexState) -> None:
    state.revision = time.time_ns()
    state.save()
