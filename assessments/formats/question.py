"""One plain question, whatever file it came from or goes to; what a reader says instead of one; and as tags what a
format has no place for: nothing is lost by a way through such a file.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_noop

from assessments.kinds.blanks import Gap
from assessments.kinds.numbers import canonical, readings

# The bank holds no descriptions and nothing foreign: they are read, so that a trainer is told which line was left out
# and why.
DESCRIPTION, FOREIGN = "description", "foreign"
WHOLE = Decimal(100)
SEVERAL_NUMBERS = gettext_noop(
    "Several numbers are each wholly right, and a question here has one with its tolerance. Ask for one of them, or "
    "make it a question for a short text."
)
FILL_IN = "Điền vào chỗ trống."  # what is asked where a file asks nothing beside a text with blanks
EXACT_ACCENTS, EXACT_CASE = "exact-accents", "exact-case"
_DIFFICULTY, _AUDIENCE = "difficulty-", "audience-"
_UNIT, _UNIT_ASKED, _CRITERION, _GUIDE = "unit:", "unit-asked", "criterion:", "guide:"


@dataclass(frozen=True)
class Choice:
    """An option or an accepted answer; ``percent`` of the point that choosing it earns, 100 for a right one."""

    text: str
    percent: Decimal = Decimal(0)
    feedback: str = ""

    @property
    def is_right(self) -> bool:
        return self.percent > 0


@dataclass(frozen=True)
class Medium:
    """A picture or a sound of a file, with the words instead of it; ``place`` as in ``assessments.media``."""

    name: str
    content: bytes
    alt: str
    place: int | None = None


@dataclass(frozen=True)
class PlainQuestion:
    """``kind`` is one of the bank's or of those above; ``line`` and ``source`` say where in the file it stands.

    ``topic`` is the slug or the name of a topic, as the file says it; ``notes`` tell what its reader left out,
    ``faults`` why it cannot be taken as it is.
    """

    kind: str
    prompt: str
    line: int = 0
    source: str = ""
    code: str = ""
    title: str = ""
    topic: str = ""
    difficulty: str = ""
    audience: str = ""
    feedback: str = ""
    choices: tuple[Choice, ...] = ()
    answer: bool | None = None
    pairs: tuple[tuple[str, str], ...] = ()
    items: tuple[str, ...] = ()
    is_tolerant: bool = True
    is_case_exact: bool = False
    number: str = ""
    tolerance: str = ""
    units: tuple[str, ...] = ()
    is_unit_asked: bool = False
    passage: str = ""  # with [1], [2]… where the gaps are
    gaps: tuple[Gap, ...] = ()
    criteria: tuple[tuple[str, int], ...] = ()
    guide: str = ""
    media: tuple[Medium, ...] = ()
    notes: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()

    @property
    def words(self) -> Iterator[str]:
        """All that is said in it."""
        yield from (self.prompt, self.feedback, self.passage, self.guide, *self.items)
        yield from (text for choice in self.choices for text in (choice.text, choice.feedback))
        yield from (text for pair in self.pairs for text in pair)
        yield from (text for gap in self.gaps for text in (*gap.right, *gap.wrong))
        yield from (text for text, _points in self.criteria)


@dataclass(frozen=True)
class Problem:
    """A piece of the file that is no question, in words for trainers."""

    text: str
    line: int = 0
    source: str = ""
    excerpt: str = ""


Parsed = PlainQuestion | Problem


def percent_of(text: str) -> Decimal:
    """A share as files write it; what is no sane number counts as nothing."""
    try:
        percent = Decimal(text.strip())
    except ArithmeticError:
        return Decimal(0)
    return percent if percent.is_finite() and abs(percent) <= WHOLE else Decimal(0)


def number_in(text: str) -> str:
    """A number as files write it, with a point or, where that is plain, with a comma; empty if it is none."""
    text = text.strip()
    try:
        number = Decimal(text)
    except ArithmeticError:
        found = readings(text)
        number = max(found) if len(found) == 1 else Decimal("NaN")
    return canonical(number) if number.is_finite() and abs(number.adjusted()) < 30 else ""


def tags_of(question: PlainQuestion) -> list[str]:
    return [*labels_of(question), *units_of(question), *rubric_of(question)]


def labels_of(question: PlainQuestion) -> list[str]:
    """Difficulty, target group, and whether accents and capital letters count."""
    tags = [f"{_DIFFICULTY}{question.difficulty}"] if question.difficulty else []
    tags += [f"{_AUDIENCE}{question.audience}"] if question.audience else []
    tags += [EXACT_CASE] if question.is_case_exact else []
    return tags if question.is_tolerant else [*tags, EXACT_ACCENTS]


def rubric_of(question: PlainQuestion) -> list[str]:
    criteria = [f"{_CRITERION}{points}:{text}" for text, points in question.criteria]
    return [*criteria, f"{_GUIDE}{question.guide}"] if question.guide else criteria


def held_in(tags: Iterable[str]) -> dict[str, Any]:
    """The same as fields of a plain question. Tags of others are left alone."""
    found = list(tags)
    criteria = (tag.removeprefix(_CRITERION).partition(":") for tag in found if tag.startswith(_CRITERION))
    return {
        "difficulty": _first(found, _DIFFICULTY),
        "audience": _first(found, _AUDIENCE),
        "is_tolerant": EXACT_ACCENTS not in found,
        "is_case_exact": EXACT_CASE in found,
        "units": tuple(tag.removeprefix(_UNIT) for tag in found if tag.startswith(_UNIT)),
        "is_unit_asked": _UNIT_ASKED in found,
        "criteria": tuple((text, int(points)) for points, _mark, text in criteria if points.isdecimal()),
        "guide": _first(found, _GUIDE),
    }


def units_of(question: PlainQuestion) -> list[str]:
    units = [f"{_UNIT}{unit}" for unit in question.units]
    return [*units, _UNIT_ASKED] if question.is_unit_asked else units


def _first(tags: list[str], start: str) -> str:
    return next((tag.removeprefix(start) for tag in tags if tag.startswith(start)), "")
