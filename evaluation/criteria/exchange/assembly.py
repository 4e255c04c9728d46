"""Rows that were read, put together into a set, or refused with everything that is wrong about them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from evaluation.criteria.exchange.content import (
    CapContent,
    CompetencyContent,
    ImportRefusedError,
    IndicatorContent,
    Problem,
    RuleContent,
    SetContent,
)
from evaluation.criteria.exchange.fields import CAP, COMPETENCY, INDICATOR, RULE, SET, Column, read_row

Row = tuple[str, Mapping[str, Any]]  # its place in the file, and its cells


@dataclass
class Rows:
    """What a file holds; caps and rules name their indicator's number in the cell ``indicator``."""

    set: Row
    competencies: list[Row] = field(default_factory=list)
    indicators: list[Row] = field(default_factory=list)
    caps: list[Row] = field(default_factory=list)
    rules: list[Row] = field(default_factory=list)


_OF_INDICATOR = Column("indicator", INDICATOR[1].read, True)


def build(rows: Rows, problems: list[Problem]) -> SetContent:
    """Raises ImportRefusedError with these and all further problems."""
    whole = _row(SET, rows.set, problems)
    competencies = [_row(COMPETENCY, row, problems) for row in rows.competencies]
    indicators = [_row(INDICATOR, row, problems) for row in rows.indicators]
    caps = [_row([_OF_INDICATOR, *CAP], row, problems) for row in rows.caps]
    rules = [_row([_OF_INDICATOR, *RULE], row, problems) for row in rows.rules]
    _check(rows, competencies, indicators, [*zip(rows.caps, caps), *zip(rows.rules, rules)], problems)  # noqa: B905
    if problems:
        raise ImportRefusedError(problems)
    return SetContent(
        **whole,
        competencies=tuple(CompetencyContent(**row) for row in competencies),
        indicators=tuple(
            IndicatorContent(**row, caps=_own(CapContent, caps, row), rules=_own(RuleContent, rules, row))
            for row in indicators
        ),
    )


def _row(columns: list[Column], row: Row, problems: list[Problem]) -> dict[str, Any]:
    place, cells = row
    return read_row(columns, cells, place, problems)


def _own(content: Any, rows: Sequence[Mapping[str, Any]], indicator: Mapping[str, Any]) -> tuple[Any, ...]:
    own = [row for row in rows if row["indicator"] == indicator["number"]]
    return tuple(content(**{name: value for name, value in row.items() if name != "indicator"}) for row in own)


def _check(
    rows: Rows,
    competencies: Sequence[Mapping[str, Any]],
    indicators: Sequence[Mapping[str, Any]],
    parts: Sequence[tuple[Row, Mapping[str, Any]]],
    problems: list[Problem],
) -> None:
    """What a single cell cannot show: numbers that stand twice or point nowhere, points beyond their cap."""
    _check_once(rows.competencies, competencies, problems)
    _check_once(rows.indicators, indicators, problems)
    known = {row.get("number") for row in competencies}
    for (place, _cells), row in zip(rows.indicators, indicators, strict=True):
        if "competency" in row and row["competency"] not in known:
            problems.append(Problem(place, _("There is no competency %(number)s.") % {"number": row["competency"]}))
    numbers = {row.get("number") for row in indicators}
    for (place, _cells), row in parts:
        if "indicator" in row and row["indicator"] not in numbers:
            problems.append(Problem(place, _("There is no indicator %(number)s.") % {"number": row["indicator"]}))
        if "points" in row and "cap" in row and not 0 < row["points"] <= row["cap"]:
            problems.append(Problem(place, _("Points must be above 0 and within their cap.")))
        if row.get("date_from") and row.get("date_to") and row["date_to"] < row["date_from"]:
            problems.append(Problem(place, _("The last day comes before the first.")))


def _check_once(rows: Sequence[Row], read: Sequence[Mapping[str, Any]], problems: list[Problem]) -> None:
    counted = Counter(row.get("number") for row in read)
    for (place, _cells), row in zip(rows, read, strict=True):
        if "number" in row and counted[row["number"]] > 1:
            problems.append(Problem(place, _("Number %(number)s stands more than once.") % {"number": row["number"]}))
