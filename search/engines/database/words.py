"""The vocabulary: words and pairs of words of what everybody may see, each with the number of documents."""

from __future__ import annotations

import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from search.engines.database.dialects import read, write
from search.indexing.analysis import Analysed
from search.language import Vocabulary, fold_word

# A large vocabulary is read again at most so often: a word that came a moment ago is found all the same.
_SECONDS = 60
_LARGE = 5_000
# What stood only once side by side teaches little where there are many pairs.
_MANY_PAIRS = 50_000


@dataclass(frozen=True)
class Words:
    """The vocabulary with an order, so that the beginning of a word finds the words."""

    vocabulary: Vocabulary
    build: int
    revision: int
    read_at: float

    @cached_property
    def _sorted(self) -> Sequence[str]:
        return sorted(self.vocabulary.words)

    def beginning_with(self, folded: str, most: int) -> list[str]:
        """The commonest words with that beginning."""
        words, counts = self._sorted, self.vocabulary.words
        found = words[bisect_left(words, folded) : bisect_left(words, folded + "\U0010ffff")]
        return sorted(found, key=lambda word: (-counts[word], word))[:most]

    def is_old(self, build: int, revision: int) -> bool:
        if build != self.build:
            return True
        has_rested = len(self.vocabulary.words) < _LARGE or time.monotonic() - self.read_at > _SECONDS
        return revision != self.revision and has_rested


def load(build: int, revision: int) -> Words:
    least = 2 if read(f"SELECT count(*) FROM search_words_{build}")[0][0] > _MANY_PAIRS else 1
    found = read(
        f"SELECT first, second, documents FROM search_words_{build} "
        "WHERE documents >= 1 AND (second = '' OR documents >= %s)",
        [least],
    )
    words: Counter[str] = Counter()
    forms: dict[str, dict[str, int]] = {}
    pairs = {}
    for first, second, documents in found:
        if second:
            pairs[first, second] = documents
        else:
            folded = fold_word(first)
            words[folded] += documents
            forms.setdefault(folded, {})[first] = documents
    return Words(Vocabulary(dict(words), forms, pairs), build, revision, time.monotonic())


def counted(analysed: Iterable[Analysed], by: int = 1) -> Counter[tuple[str, str]]:
    """By how much each word and pair is to be raised (or, by -1, lowered) for these documents."""
    single: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for one in analysed:
        single.update(one.words)
        pairs.update(one.pairs)
    change = {(word, ""): count * by for word, count in single.items()}
    return Counter(change | {pair: count * by for pair, count in pairs.items()})


def rows(change: Counter[tuple[str, str]]) -> list[tuple[str, str, int]]:
    return sorted((first, second, count) for (first, second), count in change.items() if count)


def add(build: int, change: Counter[tuple[str, str]]) -> None:
    write(
        f"INSERT INTO search_words_{build} (first, second, documents) VALUES (%s, %s, %s) "
        f"ON CONFLICT (first, second) DO UPDATE SET documents = search_words_{build}.documents + excluded.documents",
        rows(change),
    )
