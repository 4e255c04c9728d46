"""Values as text and back: the same words in CASE extensions and in workbooks."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from evaluation.criteria.exchange.content import (
    CapContent,
    CompetencyContent,
    IndicatorContent,
    Problem,
    RuleContent,
    SetContent,
)
from evaluation.criteria.models import CriteriaSet, Indicator
from learning.evidence.kinds import KINDS
from learning.evidence.models import Verification
from membership.models import TargetGroup

Read = Callable[[str], Any]


@dataclass(frozen=True)
class Column:
    """One value of a row: its name in files, how it is read, whether it must be there."""

    name: str
    read: Read
    is_required: bool = False


def read_row(columns: list[Column], row: Mapping[str, Any], place: str, problems: list[Problem]) -> dict[str, Any]:
    """The row's values; what cannot be read is noted and left out, so that the content's own default stands in."""
    values: dict[str, Any] = {}
    for column in columns:
        text = as_text(row.get(column.name))
        if text == "":
            if column.is_required:
                problems.append(Problem(f"{place}, {column.name}", _("This must be filled in.")))
            continue
        try:
            values[column.name] = column.read(text)
        except (ValueError, InvalidOperation) as wrong:
            problems.append(Problem(f"{place}, {column.name}", str(wrong)))
    return values


def written(content: Any) -> dict[str, str]:
    """Every plain value as text; parts that are rows of their own are left out."""
    if not is_dataclass(content):
        raise TypeError("only contents are written")
    pairs = ((field.name, getattr(content, field.name)) for field in fields(content))
    return {name: as_text(value) for name, value in pairs if not isinstance(value, tuple)}


def as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, datetime.datetime):
        value = value.date()
    if isinstance(value, float):
        return f"{value:g}"
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


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


def identifier(text: str) -> str:
    try:
        return str(uuid.UUID(text))
    except ValueError:
        raise ValueError(_("“%(text)s” is no identifier (UUID).") % {"text": text}) from None


_points, _total = _number(1, 999), _number(1, 9999)
SET = [
    Column("identifier", identifier, True),
    Column("name", _text(200), True),
    Column("version", _text(20), True),
    Column("valid_from", _day, True),
    Column("valid_to", _day),
    Column("group", _choice(TargetGroup.values)),
    Column("unit", _text(32)),
    Column("parent", identifier),
    Column("status", _choice(CriteriaSet.Status.values)),
    Column("is_sample", _flag),
    Column("threshold", _total),
    Column("floor", _points),
    Column("step", _number(1, 99)),
]
COMPETENCY = [Column("identifier", identifier, True), Column("number", _whole, True), Column("name", _text(200), True)]
INDICATOR = [
    Column("identifier", identifier, True),
    Column("number", _whole, True),
    Column("competency", _whole, True),
    Column("name", _text(250), True),
    Column("maximum", _points, True),
    Column("support", _choice(Indicator.Support.values)),
    Column("evidence_cap", _points),
    Column("explanation", _text(20_000)),
    Column("examples", _text(20_000)),
    Column("topics", _text(2_000)),
]
CAP = [Column("kind", _choice(KINDS), True), Column("cap", _points, True)]
RULE = [
    Column("identifier", identifier, True),
    Column("kind", _choice(KINDS), True),
    Column("points", _points, True),
    Column("cap", _points, True),
    Column("topic", _text(60)),
    Column("topic_name", _text(120)),
    Column("issuer", _text(200)),
    Column("page_key", identifier),
    Column("least_score", _number(4, 1)),
    Column("least_verification", _choice(Verification.values)),
    Column("date_from", _day),
    Column("date_to", _day),
    Column("within_days", _whole),
]
COLUMNS = {
    SetContent: SET,
    CompetencyContent: COMPETENCY,
    IndicatorContent: INDICATOR,
    CapContent: CAP,
    RuleContent: RULE,
}
