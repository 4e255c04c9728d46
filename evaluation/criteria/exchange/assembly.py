"""Rows that were read, put together into a set, or refused with everything that is wrong about them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
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
from evaluation.criteria.exchange.fields import CAP, COMPETENCY, INDICATOR, RULE, SET, Column, as_text, read_row

Row = tuple[str, Mapping[str, Any]]  # its place in the file, and its cells
ReadRow = tuple[Row, Mapping[str, Any]]  # and what was read from them


@dataclass(frozen=True)
class Part:
    """One row of a file, and what it is a part of: ``name`` is that of a sheet. Caps and rules name their indicator's
    number in the cell ``indicator``.
    """

    name: str
    place: str
    cells: Mapping[str, str]


_OF_INDICATOR = Column("indicator", INDICATOR[1].read, True)


def part(name: str, place: str, cells: Mapping[str, Any]) -> Part:
    """Its cells as text; what is no plain value is none of ours."""
    plain = {key: as_text(value) for key, value in cells.items() if not isinstance(value, list | dict)}
    return Part(name, place, plain)


def build(parts: Iterable[Part]) -> SetContent:
    """Raises ImportRefusedError with all that is wrong."""
    rows: dict[str, list[Row]] = {}
    for each in parts:
        rows.setdefault(each.name, []).append((each.place, each.cells))
    problems: list[Problem] = []
    [whole] = [_row(SET, row, problems) for row in rows["set"][:1]]
    read = {
        name: [_row(columns, row, problems) for row in rows.get(name, [])]
        for name, columns in {
            "competencies": COMPETENCY,
            "indicators": INDICATOR,
            "caps": [_OF_INDICATOR, *CAP],
            "rules": [_OF_INDICATOR, *RULE],
        }.items()
    }
    _check({name: list(zip(rows.get(name, []), found, strict=True)) for name, found in read.items()}, problems)
    if problems:
        raise ImportRefusedError(problems)
    return SetContent(
        **whole,
        competencies=tuple(CompetencyContent(**row) for row in read["competencies"]),
        indicators=tuple(
            IndicatorContent(
                **row, caps=_own(CapContent, read["caps"], row), rules=_own(RuleContent, read["rules"], row)
            )
            for row in read["indicators"]
        ),
    )


def _row(columns: list[Column], row: Row, problems: list[Problem]) -> dict[str, Any]:
    place, cells = row
    return read_row(columns, cells, place, problems)


def _own(content: Any, rows: Sequence[Mapping[str, Any]], indicator: Mapping[str, Any]) -> tuple[Any, ...]:
    own = [row for row in rows if row["indicator"] == indicator["number"]]
    return tuple(content(**{name: value for name, value in row.items() if name != "indicator"}) for row in own)


def _check(read: Mapping[str, Sequence[ReadRow]], problems: list[Problem]) -> None:
    """What a single cell cannot show: numbers that stand twice or point nowhere, points beyond their cap."""
    _check_once(read["competencies"], problems)
    _check_once(read["indicators"], problems)
    known = {row.get("number") for _row, row in read["competencies"]}
    for (place, _cells), row in read["indicators"]:
        if "competency" in row and row["competency"] not in known:
            problems.append(Problem(place, _("There is no competency %(number)s.") % {"number": row["competency"]}))
    numbers = {row.get("number") for _row, row in read["indicators"]}
    for (place, _cells), row in [*read["caps"], *read["rules"]]:
        if "indicator" in row and row["indicator"] not in numbers:
            problems.append(Problem(place, _("There is no indicator %(number)s.") % {"number": row["indicator"]}))
        if "points" in row and "cap" in row and not 0 < row["points"] <= row["cap"]:
            problems.append(Problem(place, _("Points must be above 0 and within their cap.")))
        if row.get("date_from") and row.get("date_to") and row["date_to"] < row["date_from"]:
            problems.append(Problem(place, _("The last day comes before the first.")))


def _check_once(read: Sequence[ReadRow], problems: list[Problem]) -> None:
    counted = Counter(row.get("number") for _row, row in read)
    for (place, _cells), row in read:
        if "number" in row and counted[row["number"]] > 1:
            problems.append(Problem(place, _("Number %(number)s stands more than once.") % {"number": row["number"]}))
