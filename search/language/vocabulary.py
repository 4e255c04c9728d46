"""The words of what may be found, how often they stand side by side, which are near a slip, what initials mean."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from search.language.keys import is_syllable
from search.language.lexicon import Lexicon
from search.language.words import fold_word, sounds

LONG = 6  # letters from which on two slips in one word are forgiven
_NEAR = 24
_OF_A_TERM = 3  # a set term counts as if it had been read so many times more
SHORTEST, LONGEST = 2, 6
_LEAST = 2  # times that each two of the words stand side by side
_KEPT = 2
_BEAM = 60


@dataclass(frozen=True)
class Vocabulary:
    """``words``: in how many documents each folded word is; ``forms``: its toned forms with their counts;
    ``pairs``: toned words side by side, with their counts."""

    words: Mapping[str, int] = field(default_factory=dict)
    forms: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    pairs: Mapping[tuple[str, str], int] = field(default_factory=dict)

    @cached_property
    def total(self) -> int:
        return sum(self.words.values()) or 1

    @cached_property
    def folded_pairs(self) -> frozenset[tuple[str, str]]:
        return frozenset((fold_word(first), fold_word(second)) for first, second in self.pairs)

    @cached_property
    def _list(self) -> Sequence[str]:
        return [word for word in self.words if len(word) > 1 and not word.isdigit()]

    def knows(self, folded: str) -> bool:
        return folded in self.words

    @cached_property
    def _by_sound(self) -> Mapping[str, Sequence[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for word in self._list:
            found[sounds(word)].append(word)
        return found

    def near(self, folded: str) -> list[tuple[str, int]]:
        """Words within one slip of a short word and two of a long one, and what sounds alike."""
        most = 2 if len(folded) >= LONG else 1
        found = process.extract(folded, self._list, scorer=OSA.distance, score_cutoff=most, limit=_NEAR)
        alike = [(word, 1) for word in self._by_sound.get(sounds(folded), ()) if word != folded]
        return list(dict([(word, int(slips)) for word, slips, _place in found if slips] + alike).items())

    @cached_property
    def _following(self) -> Mapping[str, Sequence[tuple[str, int]]]:
        found: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        for (first, second), times in self.pairs.items():
            found[first].append((second, times))
        return found

    def after(self, toned: str) -> Sequence[tuple[str, int]]:
        """The words seen right behind a toned word, with their counts."""
        return self._following.get(toned, ())

    def beginning(self, letter: str) -> list[str]:
        """The toned words that begin with a folded letter and are followed by others."""
        return [toned for toned in self._following if fold_word(toned)[:1] == letter]

    def log_chance(self, first: str, second: str) -> float:
        """How likely a toned word is after another, as a logarithm."""
        folded = fold_word(second)
        forms = self.forms.get(folded, {})
        alone = (forms.get(second, 0 if forms else self.words.get(folded, 0)) + 0.02) / self.total
        before = self.forms.get(fold_word(first), {}).get(first, 0) if first else 0
        together = self.pairs.get((first, second), 0) / max(before, 4) if before else 0.0
        return math.log(0.7 * min(together, 1.0) + 0.3 * alone)


def with_terms(vocabulary: Vocabulary, lexicon: Lexicon) -> Vocabulary:
    """The same with the terms of a dictionary, as if they had been read often."""
    counted, pairs = Counter(vocabulary.words), Counter(vocabulary.pairs)
    forms = defaultdict(Counter, {folded: Counter(seen) for folded, seen in vocabulary.forms.items()})
    _add_terms(lexicon, counted, forms, pairs)
    return Vocabulary(dict(counted), {folded: dict(seen) for folded, seen in forms.items()}, dict(pairs))


def spelt_out(folded: str, vocabulary: Vocabulary) -> list[tuple[str, ...]]:
    """The likeliest rows of words, toned, that an unknown run of letters abbreviates: atgt, an toàn giao thông."""
    if not SHORTEST <= len(folded) <= LONGEST or not folded.isalpha() or vocabulary.knows(folded):
        return []
    if is_syllable(folded) or (len(folded) == SHORTEST and any(letter in "aeiouy" for letter in folded)):
        return []
    rows: list[tuple[float, tuple[str, ...]]] = [(0.0, (word,)) for word in vocabulary.beginning(folded[0])]
    for letter in folded[1:]:
        rows = [
            (worth + vocabulary.log_chance(row[-1], word), (*row, word))
            for worth, row in rows
            for word, times in vocabulary.after(row[-1])
            if times >= _LEAST and fold_word(word)[:1] == letter
        ]
        rows = sorted(rows, reverse=True)[:_BEAM]
    return [row for _worth, row in rows[:_KEPT]]


def _add_terms(
    lexicon: Lexicon,
    counted: Counter[str],
    forms: defaultdict[str, Counter[str]],
    pairs: Counter[tuple[str, str]],
) -> None:
    """The terms of the dictionary whose words occur, and those in whose place something else is looked for."""
    for row, members in [*lexicon.terms.items(), *lexicon.optional.items()]:
        for member in members:
            if lexicon.same.get(row) or row in lexicon.optional or all(counted.get(word) for word in row):
                pairs.update(dict.fromkeys(pairwise(member.toned), _OF_A_TERM))
                for word, toned in zip(member.folded, member.toned, strict=True):
                    forms[word][toned] += _OF_A_TERM
                    counted[word] = counted[word] or 1
