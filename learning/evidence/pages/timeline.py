"""A year of a person's facts by what they count for, each fact once, where it gave most."""

from dataclasses import dataclass, field
from decimal import Decimal

from learning.evidence.pages.sentences import Line, lines
from learning.evidence.registries import counted
from learning.evidence.registries.counted import Credit
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
        return not any(chapter.entries for chapter in self.chapters)


def timeline(person: Person, year: int) -> Timeline:
    """The latest first in each chapter. As many queries as ``lines`` and the sources make."""
    told = lines(person, year)
    credits = [credit for source in counted.sources for credit in source(person, year)]
    placed = [(_home(line, credits), line) for line in told]
    chapters = [
        Chapter(credit, [_entry(line, credit, credits) for home, line in placed if home is credit])
        for credit in [*credits, None]
    ]
    return Timeline(
        chapters=[chapter for chapter in chapters if chapter.entries],
        refused=[line for line in told if line.refused_reason and not line.is_checked],
    )


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
