"""A set as plain content: put together from rows that were read, or refused with everything that is wrong about them;
or as it stands in the database."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from evaluation.criteria.exchange.content import (
    BELOW,
    AnchorContent,
    CapContent,
    CompetencyContent,
    ImportRefusedError,
    IndicatorContent,
    OfIndicator,
    Problem,
    RuleContent,
    SetContent,
    as_text,
    cells_of,
    read_row,
)
from evaluation.criteria.ladder import unknown_score
from evaluation.criteria.models import CriteriaSet, Indicator

Row = tuple[str, Mapping[str, Any]]  # its place in the file, and its cells
ReadRow = tuple[Row, Mapping[str, Any]]  # and what was read from them


# What the parts of a set hold, by the names that they have as sheets, in the order of a workbook.
PARTS: dict[str, list[Any]] = {
    "set": [SetContent],
    "competencies": [CompetencyContent],
    "indicators": [IndicatorContent],
    **{name: [OfIndicator, content] for name, content in BELOW.items()},
}


@dataclass(frozen=True)
class Part:
    """One row of a file, and what it is a part of: ``name`` is that of a sheet. Caps and rules name their indicator's
    number in the cell ``indicator``.
    """

    name: str
    place: str
    cells: Mapping[str, str]


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
    [whole] = [_row([SetContent], row, problems) for row in rows["set"][:1]]
    read = {
        name: [_row(contents, row, problems) for row in rows.get(name, [])]
        for name, contents in PARTS.items()
        if name != "set"
    }
    placed = {name: list(zip(rows.get(name, []), found, strict=True)) for name, found in read.items()}
    _check(placed, problems)
    _check_anchors(placed, whole.get("step", SetContent.step), problems)
    if problems:
        raise ImportRefusedError(problems)
    return SetContent(
        **whole,
        competencies=tuple(CompetencyContent(**row) for row in read["competencies"]),
        indicators=tuple(IndicatorContent(**row, **_below(row, read)) for row in read["indicators"]),
    )


def content_of(criteria_set: CriteriaSet) -> SetContent:
    """Six queries."""
    indicators = criteria_set.indicators.select_related("competency")
    indicators = indicators.prefetch_related("rules", "kind_caps", "anchors")
    return SetContent(
        **_values(SetContent, criteria_set, skipped={"unit", "parent"}),
        unit=criteria_set.unit.code if criteria_set.unit else "",
        parent=str(criteria_set.parent.identifier) if criteria_set.parent else "",
        competencies=tuple(
            CompetencyContent(**_values(CompetencyContent, one)) for one in criteria_set.competencies.all()
        ),
        indicators=tuple(_stored_indicator(one) for one in indicators.order_by("number")),
    )


def _row(contents: Iterable[Any], row: Row, problems: list[Problem]) -> dict[str, Any]:
    place, cells = row
    values: dict[str, Any] = {}
    for content in contents:
        values |= read_row(content, cells, place, problems)
    return values


def _below(indicator: Mapping[str, Any], read: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, Any]:
    return {name: _own(content, read[name], indicator) for name, content in BELOW.items()}


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
    _check_pairs(read["caps"], "kind", problems)
    _check_pairs(read["anchors"], "points", problems)
    numbers = {row.get("number") for _row, row in read["indicators"]}
    for (place, _cells), row in [each for name in BELOW for each in read[name]]:
        if "indicator" in row and row["indicator"] not in numbers:
            problems.append(Problem(place, _("There is no indicator %(number)s.") % {"number": row["indicator"]}))
        if "points" in row and "cap" in row and not 0 < row["points"] <= row["cap"]:
            problems.append(Problem(place, _("Points must be above 0 and within their cap.")))
        if row.get("date_from") and row.get("date_to") and row["date_to"] < row["date_from"]:
            problems.append(Problem(place, _("The last day comes before the first.")))


def _check_pairs(rows: Sequence[ReadRow], name: str, problems: list[Problem]) -> None:
    """What an indicator has of each kind, or at each score, it has once."""
    counted = Counter((row.get("indicator"), row.get(name)) for _row, row in rows)
    for (place, _cells), row in rows:
        if counted[row.get("indicator"), row.get(name)] > 1:
            problems.append(Problem(place, _("This stands more than once for the indicator.")))


def _check_anchors(read: Mapping[str, Sequence[ReadRow]], step: Decimal, problems: list[Problem]) -> None:
    """What a score looks like that the set does not know."""
    maxima = {row.get("number"): row.get("maximum", IndicatorContent.maximum) for _row, row in read["indicators"]}
    for (place, _cells), row in read["anchors"]:
        maximum, points = maxima.get(row.get("indicator")), row.get("points")
        if maximum is not None and points is not None and (text := unknown_score(points, maximum, step)):
            problems.append(Problem(place, text))


def _check_once(read: Sequence[ReadRow], problems: list[Problem]) -> None:
    counted = Counter(row.get("number") for _row, row in read)
    for (place, _cells), row in read:
        if "number" in row and counted[row["number"]] > 1:
            problems.append(Problem(place, _("Number %(number)s stands more than once.") % {"number": row["number"]}))


def _stored_indicator(indicator: Indicator) -> IndicatorContent:
    return IndicatorContent(
        **_values(IndicatorContent, indicator, skipped={"competency"}),
        competency=indicator.competency.number,
        caps=tuple(CapContent(**_values(CapContent, one)) for one in indicator.kind_caps.all()),
        rules=tuple(RuleContent(**_values(RuleContent, one)) for one in indicator.rules.all()),
        anchors=tuple(AnchorContent(**_values(AnchorContent, one)) for one in indicator.anchors.all()),
    )


def _values(content: Any, row: Any, skipped: Collection[str] = ()) -> dict[str, Any]:
    """Of a stored row; keys as text."""
    values = {cell.name: getattr(row, cell.name) for cell in cells_of(content) if cell.name not in skipped}
    return values | {name: str(values[name] or "") for name in ("identifier", "page_key") if name in values}
