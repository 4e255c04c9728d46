"""A year of a person's facts by what they count for, each fact once, where it gave most."""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils import timezone

from learning.evidence.pages.sentences import Line, lines
from learning.evidence.registries.worth import Credit, credits_of
from membership.models import Person


@dataclass(frozen=True)
class Entry:
    """``points`` is what it gave here, ``others`` what it gave elsewhere too."""

    line: Line
    points: Decimal | None = None
    others: list[tuple[Credit, Decimal]] = field(default_factory=list)


@dataclass(frozen=True)
class Chapter:
    """``credit`` is None for what has counted for nothing so far."""

    credit: Credit | None
    entries: list[Entry]


@dataclass(frozen=True)
class Timeline:
    chapters: list[Chapter]
    refused: list[Line]

    @property
    def is_empty(self) -> bool:
        return not self.chapters and not self.refused


def timeline(person: Person, year: int) -> Timeline:
    """The latest first in each chapter; what was refused stands on top alone. As many queries as ``lines`` and the
    sources make."""
    told = lines(person, year)
    refused = [line for line in told if line.refused_reason and not line.is_checked]
    credits = credits_of(person.pk, min(timezone.localdate(), datetime.date(year, 12, 31)))
    placed = [(_home(line, credits), line) for line in told if line not in refused]
    chapters = [
        Chapter(credit, [_entry(line, credit, credits) for home, line in placed if home is credit])
        for credit in [*credits, None]
    ]
    return Timeline([chapter for chapter in chapters if chapter.entries], refused)


def _home(line: Line, credits: list[Credit]) -> Credit | None:
    key = str(line.evidence.pk)
    best = max((credit.by_fact.get(key, Decimal(0)) for credit in credits), default=Decimal(0))
    return next((credit for credit in credits if best and credit.by_fact.get(key) == best), None)


def _entry(line: Line, home: Credit | None, credits: list[Credit]) -> Entry:
    key = str(line.evidence.pk)
    given = [(credit, points) for credit in credits if (points := credit.by_fact.get(key))]
    return Entry(
        line,
        home.by_fact[key] if home else None,
        [(credit, points) for credit, points in given if credit is not home],
    )
