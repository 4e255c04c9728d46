"""How the questions of a quiz work: plain numbers from answers, and what a trainer may think of. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import correlation, median, pstdev

from django.utils.translation import gettext as _

ENOUGH = 5  # fewer answers say nothing
ENOUGH_TO_COMPARE = 30  # fewer do not tell a question that parts learners from one that does not
_BEYOND_CHANCE = 2.0  # a correlation times the root of its count: by chance, one in twenty
MOST_OPTIONS = 8


@dataclass(frozen=True)
class Answered:
    """One marked answer. ``points`` and ``rest`` go from 0 to 1; ``rest`` is the result without this question."""

    points: float
    rest: float
    lines: tuple[str, ...]
    seconds: float | None


@dataclass(frozen=True)
class Option:
    text: str
    count: int
    is_right: bool

    def percent(self, of: int) -> int:
        return round(100 * self.count / of) if of else 0


@dataclass(frozen=True)
class Item:
    count: int
    facility: float
    discrimination: float | None
    seconds: float | None
    options: tuple[Option, ...]
    hints: tuple[str, ...]

    @property
    def percent(self) -> int:
        return round(100 * self.facility)

    @property
    def shares(self) -> list[tuple[Option, int]]:
        return [(option, option.percent(self.count)) for option in self.options]


def item_of(answers: Sequence[Answered], right: Iterable[str]) -> Item:
    """From at least one answer. ``right``: the lines of the right answer."""
    points = [one.points for one in answers]
    facility = sum(points) / len(points)
    discrimination = _discrimination(answers)
    options = _options(answers, frozenset(right))
    times = [one.seconds for one in answers if one.seconds is not None]
    return Item(
        count=len(answers),
        facility=facility,
        discrimination=discrimination,
        seconds=median(times) if times else None,
        options=options,
        hints=_hints(len(answers), facility, discrimination, options),
    )


def _discrimination(answers: Sequence[Answered]) -> float | None:
    """How far who does well elsewhere does well here, from -1 to 1; None where nobody differs."""
    points, rest = [one.points for one in answers], [one.rest for one in answers]
    if len(answers) < ENOUGH or not pstdev(points) or not pstdev(rest):
        return None
    return correlation(points, rest)


def _options(answers: Iterable[Answered], right: frozenset[str]) -> tuple[Option, ...]:
    counts = Counter(line for one in answers for line in one.lines)
    return tuple(Option(text, count, text in right) for text, count in counts.most_common(MOST_OPTIONS))


def _hints(count: int, facility: float, discrimination: float | None, options: tuple[Option, ...]) -> tuple[str, ...]:
    if count < ENOUGH:
        return (_("Too few answers yet to say anything."),)
    hints = []
    is_misled = bool(options) and not options[0].is_right and any(option.is_right for option in options[1:])
    is_reversed = discrimination is not None and discrimination * sqrt(count) <= -_BEYOND_CHANCE
    if is_reversed or is_misled:
        hints.append(_("Wrong key? Learners who do well elsewhere answer this differently. Check the right answer."))
    elif discrimination is not None and discrimination < 0.15 and count >= ENOUGH_TO_COMPARE and facility <= 0.95:
        hints.append(_("It hardly tells who has understood. Is the question clear?"))
    if facility > 0.95:
        hints.append(_("Too easy? Nearly everyone has it right."))
    if facility < 0.25:
        hints.append(_("Too hard? Few have it right. Do the lessons teach it?"))
    return tuple(hints)
