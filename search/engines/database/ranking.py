"""How well a document answers: the same arithmetic for every database. Pure.

Each word of the query counts by how seldom it is, in which field it stands and how often; then words in a row, the
share of the title that was asked for, popularity, freshness of news, and what the reader needs next.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass

from search.contract import ASIDE_WEIGHT, Alternative, SearchRequest

# Title, summary, body.
_FIELDS = (3.0, 1.6, 1.0)
_IN_A_ROW = (2.5, 1.2, 0.8)
_BEGINS = 2.0  # more for a title that begins so: the course before its quiz
_SATURATION = 1.2
_USUAL_LENGTH = 900  # characters of a body
_SHORT_LENGTH = 600  # a shorter one has no advantage from it
_WHOLE_TITLE = 1.1  # the title says nothing but what was asked for
_PARTED = 0.2  # the words of a term stand in the body, but not in a row
_OPTIONAL = 0.3  # of what a demanded word gives
_AS_TYPED = 4.0  # every word has the marks that it was typed with: above what has them in better places without
_NUMBERED = 1_000.0
_HALF_LIFE_DAYS = 180
_FRESH = 0.8
_POPULAR = 0.12
_LIFT = 2.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """Rows of words, toned and folded, of title, summary and body."""

    slot: int
    document_id: int
    popularity: int
    toned: Sequence[str]
    folded: Sequence[str]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a candidate beyond its words."""

    is_numbered: bool = False
    is_news: bool = False
    date: datetime.date | None = None
    lift: float = 0.0
    is_aside: bool = False


@dataclass(frozen=True, slots=True)
class _Way:
    """An alternative, ready to be counted in rows of words."""

    asked: str
    is_toned: bool
    weight: float
    words: tuple[str, ...]  # of a term of several


class Scorer:
    """A request made ready once, then asked for each candidate. ``rarity``: one number for each clause."""

    def __init__(self, request: SearchRequest, rarity: Sequence[float]) -> None:
        self._today = request.today
        self._clauses = [
            (weight if clause.is_required else weight * _OPTIONAL, [_way(one) for one in clause.alternatives])
            for clause, weight in zip(request.clauses, rarity, strict=True)
        ]
        self._phrases = [(f" {' '.join(phrase.words)} ", phrase.weight) for phrase in request.phrases]
        self._toned = [found for _weight, ways in self._clauses if (found := [way for way in ways if way.is_toned])]
        self._asked = {word for clause in request.clauses for one in clause.alternatives if one.weight >= 0.5
                       for word in one.term.split()}  # fmt: skip
        self._mean = sum(rarity) / len(rarity) if rarity else 1.0

    def score(self, candidate: Candidate, known: Known) -> float:
        points = 0.0
        for weight, ways in self._clauses:
            points += weight * max([way.weight * _points(candidate, way) for way in ways], default=0.0)
        beyond = self._in_a_row(candidate) + self._share_of_title(candidate)
        if self._is_as_typed(candidate):
            beyond += _AS_TYPED
        points += self._mean * beyond + _POPULAR * math.log1p(candidate.popularity) + _LIFT * known.lift
        if known.is_news and known.date and self._today:
            points += _FRESH * 0.5 ** (max((self._today - known.date).days, 0) / _HALF_LIFE_DAYS)
        if known.is_aside:
            points *= ASIDE_WEIGHT
        return points + (_NUMBERED if known.is_numbered else 0.0)

    def _in_a_row(self, candidate: Candidate) -> float:
        points = 0.0
        for row, weight in self._phrases:
            if candidate.folded[0].startswith(row):
                points += weight * _BEGINS
            for field, worth in zip(candidate.folded, _IN_A_ROW, strict=True):
                if row in field:
                    points += weight * worth
        return points

    def _share_of_title(self, candidate: Candidate) -> float:
        folded = candidate.folded[0].split()
        if not folded:
            return 0.0
        hit = sum(
            word in self._asked or toned in self._asked
            for word, toned in zip(folded, candidate.toned[0].split(), strict=False)
        )
        return _WHOLE_TITLE * hit / len(folded)

    def _is_as_typed(self, candidate: Candidate) -> bool:
        return bool(self._toned) and all(
            any(way.asked in row for way in ways for row in candidate.toned) for ways in self._toned
        )


def rarity_of(documents: int, having: int) -> float:
    """The seldomer a word, the more it says; never below 0.2, as even the commonest was asked for."""
    return max(0.2, math.log(1 + (documents - having + 0.5) / (having + 0.5)))


def _way(one: Alternative) -> _Way:
    asked = f" {one.term}" if one.is_prefix else f" {one.term} "
    return _Way(asked, one.is_toned, one.weight, tuple(one.term.split()) if " " in one.term else ())


def _points(candidate: Candidate, way: _Way) -> float:
    title, summary, body = candidate.toned if way.is_toned else candidate.folded
    asked, points = way.asked, 0.0
    if asked in title:
        points += _FIELDS[0]
    if count := summary.count(asked):
        points += _FIELDS[1] * count / (count + 0.5)
    if count := body.count(asked):
        length = 0.4 + 0.6 * max(len(body), _SHORT_LENGTH) / _USUAL_LENGTH
        points += _FIELDS[2] * count * (_SATURATION + 1) / (count + _SATURATION * length)
    if not points and way.words and all(f" {word} " in body for word in way.words):
        return _PARTED
    return points
