"""Words that stay together, words that mean the same, and words that need not occur."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from search.language.words import tokens

SHIPPED = Path(__file__).resolve().parents[1] / "data" / "terms.toml"
Row = tuple[str, ...]

# What is looked for in the place of an abbreviation is nearly sure; the other way round hardly anybody means it.
SPELT_OUT, SAME, ABBREVIATED = 0.9, 0.7, 0.5


@dataclass(frozen=True, slots=True)
class Term:
    """One way of saying something, its words in both forms."""

    text: str
    toned: Row
    folded: Row

    @property
    def is_abbreviation(self) -> bool:
        return len(self.folded) == 1 and sum(letter.isupper() for letter in self.text) >= 2


@dataclass(frozen=True)
class Lexicon:
    """``terms``: each term by its folded words; ``same``: for its folded words what else may stand there, weighed."""

    terms: dict[Row, tuple[Term, ...]]
    same: dict[Row, tuple[tuple[Term, float], ...]]
    optional: dict[Row, tuple[Term, ...]]
    longest: int

    def at(self, folded: Row, start: int) -> int:
        """How many words from here on make the longest term; 0 if none does."""
        for size in range(min(self.longest, len(folded) - start), 1, -1):
            if folded[start : start + size] in self.terms:
                return size
        return 0


def term(text: str) -> Term:
    found = tokens(text)
    return Term(text, tuple(word.toned for word in found), tuple(word.folded for word in found))


def lexicon(groups: Iterable[Sequence[str]], optional: Iterable[str] = ()) -> Lexicon:
    """From groups of texts that mean the same; a group of one only keeps its words together."""
    terms: dict[Row, list[Term]] = {}
    same: dict[Row, list[tuple[Term, float]]] = {}
    for group in groups:
        members = [one for one in map(term, group) if one.folded]
        for member in members:
            terms.setdefault(member.folded, []).append(member)
            others = [(other, _weight(member, other)) for other in members if other.folded != member.folded]
            same.setdefault(member.folded, []).extend(others)
    skipped: dict[Row, list[Term]] = {}
    for one in map(term, optional):
        skipped.setdefault(one.folded, []).append(one)
    known = {row: tuple(found) for row, found in terms.items()}
    return Lexicon(
        terms=known,
        same={row: tuple(others) for row, others in same.items()},
        optional={row: tuple(found) for row, found in skipped.items()},
        longest=max((len(row) for row in [*known, *skipped]), default=1),
    )


def shipped_groups() -> list[list[str]]:
    read = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))
    return [*read["same"], *([text] for text in read["together"])]


def shipped_optional() -> list[str]:
    return list(tomllib.loads(SHIPPED.read_text(encoding="utf-8"))["optional"])


@cache
def shipped() -> Lexicon:
    return lexicon(shipped_groups(), shipped_optional())


def _weight(asked: Term, other: Term) -> float:
    if asked.is_abbreviation:
        return SPELT_OUT
    return ABBREVIATED if other.is_abbreviation else SAME
