"""The sets of one build of the index as matching reads them, kept in memory until the index changes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from search.engines.database import bits
from search.engines.database.dialects import Dialect, dialect, read
from search.engines.database.words import Words, load
from search.models import IndexState
from work.kept import Held

FACET = "f."
SCOPE = "v."
COMMON = "w."  # the set of a term that many documents have
_MOST_KEPT = 2_000  # sets; 25 MB at 100,000 documents


@dataclass
class Store:
    """Sets by name. Small sets come from the inverted lists, large ones and facets are stored whole."""

    build: int
    revision: int
    dialect: Dialect
    labels: dict[str, int] = field(default_factory=dict)  # facets and scopes
    common: set[str] = field(default_factory=set)

    def sets(self, terms: Collection[str]) -> dict[str, int]:
        """The documents of each common term among these."""
        wanted = [term for term in terms if term in self.common]
        found = {term: documents for term in wanted if (documents := _kept.get(self._key(term))) is not None}
        if missing := [term for term in wanted if term not in found]:
            read_now = stored_sets(self.build, [COMMON + term for term in missing], len(COMMON))
            _kept.hold({self._key(term): documents for term, documents in read_now.items()})
            found |= read_now
        return {term: found.get(term, 0) for term in wanted}

    def having_any(self, terms: Collection[str]) -> int:
        """The documents that have any of the terms."""
        known = self.sets(terms)
        rare = [term for term in terms if term not in known]
        found = bits.union(known.values())
        if rare:
            key = self._key("\n".join(sorted(rare)))
            documents = _kept.get(key)
            if documents is None:
                documents = bits.of_slots(self.dialect.slots(self.build, rare))
                _kept.hold({key: documents})
            found |= documents
        return found

    def facet(self, name: str) -> dict[str, int]:
        beginning = f"{FACET}{name}="
        return {label[len(beginning) :]: found for label, found in self.labels.items() if label.startswith(beginning)}

    def scopes(self) -> dict[str, int]:
        return {label[len(SCOPE) :]: found for label, found in self.labels.items() if label.startswith(SCOPE)}

    def rows(self, slots: Sequence[int]) -> list[tuple[Any, ...]]:
        """slot, document, popularity and the six rows of words, in no order."""
        if not slots:
            return []
        places = ", ".join(["%s"] * len(slots))
        return read(f"SELECT * FROM search_rows_{self.build} WHERE slot IN ({places})", slots)

    def rows_of(self, ids: Sequence[int]) -> list[tuple[Any, ...]]:
        """The same for documents."""
        if not ids:
            return []
        places = ", ".join(["%s"] * len(ids))
        return read(f"SELECT * FROM search_rows_{self.build} WHERE document_id IN ({places})", ids)

    def words(self) -> Words:
        """The vocabulary of this build, at most a minute old."""
        kept = _open_words.get("words")
        if kept is None or kept.is_old(self.build, self.revision):
            kept = _open_words["words"] = load(self.build, self.revision)
        return kept

    def _key(self, terms: str) -> tuple[int, int, str]:
        return self.build, self.revision, terms


_kept: Held[tuple[int, int, str], int] = Held(_MOST_KEPT)  # of the index as it stood at that revision
_open: dict[str, Store] = {}
_open_words: dict[str, Words] = {}


def opened() -> Store:
    """The build that is searched now; one query if nothing has changed since the last time."""
    build, revision = IndexState.objects.values_list("build", "revision").get()
    store = _open.get("store")
    if store is None or (store.build, store.revision) != (build, revision):
        store = _open["store"] = _load(build, revision)
    return store


def _load(build: int, revision: int) -> Store:
    names = read(f"SELECT DISTINCT name FROM search_bits_{build} WHERE name >= %s", [COMMON])
    return Store(
        build=build,
        revision=revision,
        dialect=dialect(),
        labels=_stored(f"SELECT name, piece, bits FROM search_bits_{build} WHERE name < %s", [COMMON], 0),
        common={name[len(COMMON) :] for (name,) in names},
    )


def stored_sets(build: int, names: Sequence[str], cut: int = 0) -> dict[str, int]:
    places = ", ".join(["%s"] * len(names))
    return _stored(f"SELECT name, piece, bits FROM search_bits_{build} WHERE name IN ({places})", names, cut)


def _stored(statement: str, values: Iterable[Any], cut: int) -> dict[str, int]:
    found: dict[str, list[tuple[int, bytes]]] = {}
    for name, number, piece in read(statement, values):
        found.setdefault(name[cut:], []).append((number, bytes(piece)))
    return {name: bits.joined(stored) for name, stored in found.items()}
