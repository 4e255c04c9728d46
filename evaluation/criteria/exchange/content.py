"""What a set says, as plain values that no database knows: what goes into files and comes out of them, the same words
in CASE extensions and in workbooks. Each value has beside its type how its text is read."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable, Collection, Mapping
from dataclasses import MISSING, dataclass, fields
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Annotated, Any, get_type_hints

from django.utils.translation import gettext as _

from evaluation.criteria.models import CriteriaSet, Indicator
from interface.vietnamese import storable
from learning.evidence.kinds import KINDS
from learning.evidence.models import Verification
from membership.models import TargetGroup

Read = Callable[[str], Any]


def _text(longest: int) -> Read:
    def read(text: str) -> str:
        if len(text) > longest:
            raise ValueError(_("This is longer than %(longest)s characters.") % {"longest": longest})
        return text

    return read


def _choice(names: Collection[str]) -> Read:
    def read(text: str) -> str:
        if text not in names:
            raise ValueError(_("“%(text)s” is none of: %(names)s.") % {"text": text, "names": ", ".join(names)})
        return text

    return read


def _whole(text: str) -> int:
    try:
        number = int(Decimal(text))
    except InvalidOperation:
        number = -1
    if not 0 <= number <= 32_767:
        raise ValueError(_("“%(text)s” is no whole number from 0 to 32767.") % {"text": text})
    return number


def _number(places: int, largest: int) -> Read:
    def read(text: str) -> Decimal:
        try:
            number = Decimal(text.replace(",", "."))
        except InvalidOperation:
            number = Decimal(-1)
        if not number.is_finite() or not 0 <= number <= largest or number != round(number, places):
            asked = {"text": text, "largest": largest, "places": places}
            raise ValueError(
                _("“%(text)s” is no number from 0 to %(largest)s with at most %(places)s decimals.") % asked
            )
        return number

    return read


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text[:10])
    except ValueError:
        raise ValueError(_("“%(text)s” is no day such as 2027-01-31.") % {"text": text}) from None


def _flag(text: str) -> bool:
    return text not in {"0", "False", "false"}


def _identifier(text: str) -> str:
    try:
        return str(uuid.UUID(text))
    except ValueError:
        raise ValueError(_("“%(text)s” is no identifier (UUID).") % {"text": text}) from None


def _step(text: str) -> Decimal:
    step: Decimal = _number(1, 99)(text)
    if not step:
        raise ValueError(_("A step is more than 0 points."))
    return step


_points, _total = _number(1, 999), _number(1, 9999)
REQUIRED = "required"  # in a file, beside what has no default


@dataclass(frozen=True)
class RuleContent:
    """``least_score`` is from 0 to 1; empty text: any."""

    identifier: Annotated[str, _identifier]
    kind: Annotated[str, _choice(KINDS)]
    points: Annotated[Decimal, _points]
    cap: Annotated[Decimal, _points]
    topic: Annotated[str, _text(60)] = ""
    topic_name: Annotated[str, _text(120)] = ""
    issuer: Annotated[str, _text(200)] = ""
    page_key: Annotated[str, _identifier] = ""
    least_score: Annotated[Decimal | None, _number(4, 1)] = None
    least_verification: Annotated[str, _choice(Verification.values)] = "none"
    date_from: Annotated[datetime.date | None, _day] = None
    date_to: Annotated[datetime.date | None, _day] = None
    within_days: Annotated[int | None, _whole] = None


@dataclass(frozen=True)
class OfIndicator:
    """What rows of caps and rules begin with: the number of theirs."""

    indicator: Annotated[int, _whole]


@dataclass(frozen=True)
class CapContent:
    kind: Annotated[str, _choice(KINDS)]
    cap: Annotated[Decimal, _points]


@dataclass(frozen=True)
class AnchorContent:
    points: Annotated[Decimal, _points]
    text: Annotated[str, _text(2_000)]


# What hangs on an indicator, in rows of their own.
BELOW: dict[str, type[Any]] = {"rules": RuleContent, "caps": CapContent, "anchors": AnchorContent}


@dataclass(frozen=True)
class IndicatorContent:
    """``competency`` is its number."""

    identifier: Annotated[str, _identifier]
    number: Annotated[int, _whole]
    competency: Annotated[int, _whole]
    name: Annotated[str, _text(250)]
    maximum: Annotated[Decimal, _points, REQUIRED] = Decimal(10)
    support: Annotated[str, _choice(Indicator.Support.values)] = "yes"
    evidence_cap: Annotated[Decimal | None, _points] = None
    explanation: Annotated[str, _text(20_000)] = ""
    examples: Annotated[str, _text(20_000)] = ""
    topics: Annotated[str, _text(2_000)] = ""
    caps: tuple[CapContent, ...] = ()
    rules: tuple[RuleContent, ...] = ()
    anchors: tuple[AnchorContent, ...] = ()


@dataclass(frozen=True)
class CompetencyContent:
    identifier: Annotated[str, _identifier]
    number: Annotated[int, _whole]
    name: Annotated[str, _text(200)]


@dataclass(frozen=True)
class SetContent:
    """``unit`` is a unit's code, ``parent`` the identifier of the set it descends from; both may be empty."""

    identifier: Annotated[str, _identifier]
    name: Annotated[str, _text(200)]
    version: Annotated[str, _text(20)]
    valid_from: Annotated[datetime.date, _day]
    valid_to: Annotated[datetime.date | None, _day] = None
    group: Annotated[str, _choice(TargetGroup.values)] = ""
    unit: Annotated[str, _text(32)] = ""
    parent: Annotated[str, _identifier] = ""
    status: Annotated[str, _choice(CriteriaSet.Status.values)] = "draft"
    is_sample: Annotated[bool, _flag] = False
    threshold: Annotated[Decimal, _total] = Decimal(80)
    floor: Annotated[Decimal, _points] = Decimal(5)
    step: Annotated[Decimal, _step] = Decimal("0.5")
    competencies: tuple[CompetencyContent, ...] = ()
    indicators: tuple[IndicatorContent, ...] = ()


@dataclass(frozen=True)
class Problem:
    """Where in the file, and what is wrong there, in words."""

    place: str
    text: str


class ImportRefusedError(ValueError):
    """Nothing was changed; ``problems`` says why, one for each place."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"{problem.place}: {problem.text}" for problem in problems))
        self.problems = problems


@dataclass(frozen=True)
class Cell:
    """One plain value of a content: its name in files, how it is read, whether it must be there."""

    name: str
    read: Read
    is_required: bool


@cache
def cells_of(content: type) -> list[Cell]:
    """Parts that are rows of their own are left out."""
    hints = get_type_hints(content, include_extras=True)
    marks = {one.name: (one, getattr(hints[one.name], "__metadata__", ())) for one in fields(content)}
    return [Cell(name, how[0], one.default is MISSING or REQUIRED in how) for name, (one, how) in marks.items() if how]


def read_row(content: Any, row: Mapping[str, Any], place: str, problems: list[Problem]) -> dict[str, Any]:
    """The row's values; what cannot be read is noted and left out, so that the content's own default stands in."""
    values: dict[str, Any] = {}
    for cell in cells_of(content):
        text = as_text(row.get(cell.name))
        if text == "":
            if cell.is_required:
                problems.append(Problem(f"{place}, {cell.name}", _("This must be filled in.")))
            continue
        try:
            values[cell.name] = cell.read(text)
        except (ValueError, InvalidOperation) as wrong:
            problems.append(Problem(f"{place}, {cell.name}", str(wrong)))
    return values


def written(content: Any) -> dict[str, str]:
    """Every plain value as text."""
    return {cell.name: as_text(getattr(content, cell.name)) for cell in cells_of(content.__class__)}


def as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, datetime.datetime):
        value = value.date()
    if isinstance(value, float):
        return f"{value:g}"
    return value.isoformat() if isinstance(value, datetime.date) else storable(str(value))
