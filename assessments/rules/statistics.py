"""How the questions of a quiz work: plain numbers from answers, and what a trainer may think of. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import correlation, median, pstdev

from django.utils.translation import gettext as _

ENOUGH = 10  # fewer answers say nothing
ENOUGH_TO_COMPARE = 30  # fewer tell neither a question that parts learners from one that does not, nor too easy ones
_BEYOND_CHANCE = 2.0  # standard errors: by chance, one in forty
MOST_OPTIONS = 12


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
    def is_enough(self) -> bool:
        return self.count >= ENOUGH

    @property
    def percent(self) -> int:
        return round(100 * self.facility)

    @property
    def shares(self) -> list[tuple[Option, int]]:
        return [(option, option.percent(self.count)) for option in self.options]


def item_of(answers: Sequence[Answered], right: Iterable[str], offered: Iterable[str] = ()) -> Item:
    """From at least one answer. ``right``: the lines of the right answer; ``offered``: all that could be chosen."""
    points = [one.points for one in answers]
    facility = sum(points) / len(points)
    discrimination = _discrimination(answers)
    options = _options(answers, {*right, *_earning(answers)}, offered)
    times = [one.seconds for one in answers if one.seconds is not None]
    return Item(
        count=len(answers),
        facility=facility,
        discrimination=discrimination,
        seconds=median(times) if times else None,
        options=options,
        hints=_hints(points, discrimination, options),
    )


def _discrimination(answers: Sequence[Answered]) -> float | None:
    """How far who does well elsewhere does well here, from -1 to 1; None where nobody differs."""
    points, rest = [one.points for one in answers], [one.rest for one in answers]
    if len(answers) < ENOUGH or not pstdev(points) or not pstdev(rest):
        return None
    return correlation(points, rest)


def _earning(answers: Iterable[Answered]) -> set[str]:
    """Accepted answers are written in more ways than the key names."""
    return {one.lines[0] for one in answers if one.points >= 1 and len(one.lines) == 1}


def _options(answers: Iterable[Answered], right: set[str], offered: Iterable[str]) -> tuple[Option, ...]:
    """The most chosen first; what is offered and nobody chooses stands last."""
    counts = Counter(line for one in answers for line in one.lines)
    counts.update(dict.fromkeys(offered, 0))
    return tuple(Option(text, count, text in right) for text, count in counts.most_common(MOST_OPTIONS))


def _hints(points: Sequence[float], discrimination: float | None, options: Sequence[Option]) -> tuple[str, ...]:
    count, facility = len(points), sum(points) / len(points)
    if count < ENOUGH:
        return ()
    hints = [*_doubts(points, discrimination, options)]
    is_easy, is_flat = facility > 0.95, discrimination is not None and discrimination < 0.15
    if count >= ENOUGH_TO_COMPARE and is_easy:
        hints.append(_("Too easy? Nearly everyone has it right."))
    elif count >= ENOUGH_TO_COMPARE and is_flat and not hints:
        hints.append(_("It hardly tells who has understood. Is the question clear?"))
    if facility < 0.25:
        hints.append(_("Too hard? Few have it right. Do the lessons teach it?"))
    return tuple(hints)


def _doubts(points: Sequence[float], discrimination: float | None, options: Sequence[Option]) -> Iterator[str]:
    """About the key, and only beyond chance: whoever is sent to look in vain believes no hint any more."""
    if preferred := _preferred(points, options):
        hint = _("Wrong key? More people answer “%(text)s” than what counts as right. Check the right answer.")
        yield hint % {"text": preferred}
    elif len(points) >= ENOUGH_TO_COMPARE and (discrimination or 0) * sqrt(len(points)) <= -_BEYOND_CHANCE:
        yield _("Wrong key? Learners who do well elsewhere answer this differently. Check the right answer.")


def _preferred(points: Sequence[float], options: Sequence[Option]) -> str:
    """The wrong answer that more people give than a right one, if by more than chance; else empty."""
    if not options or options[0].is_right:
        return ""
    wrong = options[0].count
    right = max([sum(each >= 1 for each in points), *(option.count for option in options if option.is_right)])
    return options[0].text if wrong - right >= _BEYOND_CHANCE * sqrt(wrong + right) else ""
