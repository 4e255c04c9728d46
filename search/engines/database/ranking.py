"""How well a document answers: the same arithmetic for every database. Pure.

Each word of the query counts by how seldom it is, in which field it stands and how often; then words in a row, the
share of the title that was asked for, popularity, freshness of news, and what the reader needs next.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from search.engines.base import Alternative, Clause, Phrase, SearchRequest

# Title, summary, body.
_FIELDS = (3.0, 1.6, 1.0)
_IN_A_ROW = (2.5, 1.2, 0.8)
_BEGINS = 2.0  # more for a title that begins so: the course before its quiz
_SATURATION = 1.2
_USUAL_LENGTH = 900  # characters of a body
_SHORT_LENGTH = 600  # a shorter one has no advantage from it
_BARE = 0.55  # the title is hardly more than what was asked for
_AS_TYPED = 4.0  # every word has the marks that it was typed with: above what has them in better places without
_NUMBERED = 1_000.0
_HALF_LIFE_DAYS = 180
_FRESH = 0.8
_POPULAR = 0.12


@dataclass(frozen=True, slots=True)
class Candidate:
    """Rows of words, toned and folded, of title, summary and body."""

    slot: int
    document_id: int
    popularity: int
    toned: tuple[str, str, str]
    folded: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a candidate beyond its words."""

    is_numbered: bool = False
    is_news: bool = False
    date: datetime.date | None = None
    lift: float = 0.0


def score(candidate: Candidate, request: SearchRequest, rarity: Sequence[float], known: Known) -> float:
    """``rarity``: one number for each clause, from ``rarity_of``."""
    points = sum(weight * _clause(candidate, clause) for clause, weight in zip(request.clauses, rarity, strict=True))
    mean = sum(rarity) / len(rarity) if rarity else 1.0
    points += mean * sum(_phrase(candidate, phrase) for phrase in request.phrases)
    points += mean * _share_of_title(candidate, request)
    points += mean * _AS_TYPED * _is_as_typed(candidate, request)
    points += _POPULAR * math.log1p(candidate.popularity) + 2.0 * known.lift
    if known.is_news and known.date and request.today:
        age = max((request.today - known.date).days, 0)
        points += _FRESH * 0.5 ** (age / _HALF_LIFE_DAYS)
    return points + (_NUMBERED if known.is_numbered else 0.0)


def rarity_of(documents: int, having: int) -> float:
    """The seldomer a word, the more it says; never below 0.2, as even the commonest was asked for."""
    return max(0.2, math.log(1 + (documents - having + 0.5) / (having + 0.5)))


def _clause(candidate: Candidate, clause: Clause) -> float:
    best = max((one.weight * _alternative(candidate, one) for one in clause.alternatives), default=0.0)
    return best if clause.is_required else best * 0.3


def _alternative(candidate: Candidate, alternative: Alternative) -> float:
    rows = candidate.toned if alternative.is_toned else candidate.folded
    asked = f" {alternative.term}" if alternative.is_prefix else f" {alternative.term} "
    title, summary, body = (row.count(asked) for row in rows)
    if not title and not summary and not body:
        return _parted(rows, alternative)
    length = 0.4 + 0.6 * max(len(rows[2]), _SHORT_LENGTH) / _USUAL_LENGTH
    points = 0.0
    if title:
        points += _FIELDS[0]
    if summary:
        points += _FIELDS[1] * summary / (summary + 0.5)
    if body:
        points += _FIELDS[2] * body * (_SATURATION + 1) / (body + _SATURATION * length)
    return points


def _parted(rows: Sequence[str], alternative: Alternative) -> float:
    """Words that do not stand in a row within what is ranked: they do stand somewhere."""
    return 0.2 if " " in alternative.term and all(f" {word} " in rows[2] for word in alternative.term.split()) else 0.0


def _phrase(candidate: Candidate, phrase: Phrase) -> float:
    row = f" {' '.join(phrase.words)} "
    found = sum(weight for field, weight in zip(candidate.folded, _IN_A_ROW, strict=True) if row in field)
    return phrase.weight * (found + (_BEGINS if candidate.folded[0].startswith(row) else 0.0))


def _share_of_title(candidate: Candidate, request: SearchRequest) -> float:
    title = candidate.folded[0].split()
    if not title:
        return 0.0
    asked = {word for clause in request.clauses for one in clause.alternatives if one.weight >= 0.5
             for word in one.term.split()}  # fmt: skip
    toned = candidate.toned[0].split()
    hit = sum(folded in asked or full in asked for folded, full in zip(title, toned, strict=False))
    return _BARE * 2 * hit / len(title)


def _is_as_typed(candidate: Candidate, request: SearchRequest) -> bool:
    toned = [[one.term for one in clause.alternatives if one.is_toned] for clause in request.clauses]
    wanted = [terms for terms in toned if terms]
    return bool(wanted) and all(
        any(f" {term} " in row for term in terms for row in candidate.toned) for terms in wanted
    )


def lift_of(indicators: Sequence[str], boosts: Mapping[str, float]) -> float:
    return max((boosts.get(number, 0.0) for number in indicators), default=0.0)
