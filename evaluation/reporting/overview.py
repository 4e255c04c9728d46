"""A unit's figures with those of the units right beneath it, for its page and its files."""

import datetime
from dataclasses import dataclass

from evaluation.reporting.figures import Counted, Cutoff, Figure, Target, count_as_of, count_unit, cutoff
from membership.models import Unit


@dataclass(frozen=True)
class Row:
    """One unit beneath, or, without a unit, the people who belong to the upper unit itself."""

    unit: Unit | None
    figures: list[Figure]

    @property
    def is_empty(self) -> bool:
        return all(not figure.numerator and not figure.denominator for figure in self.figures)


@dataclass(frozen=True)
class Overview:
    unit: Unit
    year: int
    cutoff: Cutoff
    figures: list[Figure]
    rows: list[Row]
    ancestors: list[Unit]
    targets: dict[str, Target]

    @property
    def rows_with_people(self) -> list[Row]:
        return [row for row in self.rows if not row.is_empty]

    @property
    def empty_units(self) -> list[Unit]:
        """Units beneath of which nothing is known yet: named, so that they are not forgotten, without empty figures."""
        return [row.unit for row in self.rows if row.unit and row.is_empty]

    @property
    def has_targets(self) -> bool:
        return bool(self.targets)


def overview(unit: Unit, year: int, today: datetime.date) -> Overview:
    """Six queries, however many units and people there are."""
    return _arranged(unit, year, count_unit(unit, year, today), cutoff(year, today))


def overview_as_of(unit: Unit, year: int, day: datetime.date, today: datetime.date) -> Overview:
    """The figures as they are to be frozen: live ones for the last day that counts, else counted anew."""
    until = cutoff(year, today)
    if day >= until.day:
        return overview(unit, year, today)
    return _arranged(unit, year, count_as_of(unit, year, day), Cutoff(day, is_provisional=True, leaves_out_later=True))


def _arranged(unit: Unit, year: int, counted: Counted, until: Cutoff) -> Overview:
    rows = [Row(child, counted.figures_at(child.path)) for child in _children(unit, until.day, set(counted.tallies))]
    if rows and unit.path in counted.tallies:
        rows.append(Row(None, counted.figures_directly_at(unit.path)))
    return Overview(
        unit=unit,
        year=year,
        cutoff=until,
        figures=counted.figures_at(unit.path),
        rows=rows,
        ancestors=_ancestors(unit),
        targets=counted.targets,
    )


def _children(unit: Unit, day: datetime.date, places: set[str]) -> list[Unit]:
    """The units right beneath that exist on the day, and those gone since in which somebody counts."""
    end = len(unit.path) + unit.steplen
    populated = {place[:end] for place in places}
    children = Unit.objects.filter(path__startswith=unit.path, depth=unit.depth + 1).order_by("folded_name", "path")
    return [child for child in children if _stands(child, day) or child.path in populated]


def _stands(unit: Unit, day: datetime.date) -> bool:
    return unit.valid_from <= day and (unit.valid_to is None or unit.valid_to > day)


def _ancestors(unit: Unit) -> list[Unit]:
    ends = range(unit.steplen, len(unit.path), unit.steplen)
    return list(Unit.objects.filter(path__in=[unit.path[:end] for end in ends]).order_by("path"))
