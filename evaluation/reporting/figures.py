"""The plan's targets as figures of one unit and year, each with its numerator and denominator, in words; with those of
the units right beneath it, for its page and its files."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.reporting.definitions import DEFINITIONS, Definition, Measure
from evaluation.reporting.maps import Undivided, brought_home, entries_brought_home, undivided
from evaluation.reporting.models import Denominator, Target
from evaluation.reporting.starts import starts_on
from evaluation.reporting.tallies import Tallies, Tally, Topics, count, kept, shown, total
from learning.evidence.registries.gatherings import Held, held_in
from membership.models import Unit
from membership.succession import Map, map_of

Entered = Mapping[str, Mapping[str, int]]  # by measure, then by unit path, from the top down


@dataclass(frozen=True)
class Figure:
    """A missing denominator is None, never zero; ``covered`` counts the units whose entries make it up (0: own)."""

    definition: Definition
    percent_goal: int | None
    until: int | None
    source: str
    numerator: int
    denominator: int | None
    covered: int = 0

    @property
    def measure(self) -> str:
        return self.definition.measure

    @property
    def share(self) -> Decimal | None:
        """In percent, to one decimal; None where nothing can be divided by."""
        if not self.denominator:
            return None
        return (Decimal(self.numerator) * 100 / self.denominator).quantize(Decimal("0.1"))

    @property
    def is_reached(self) -> bool:
        return self.share is not None and self.percent_goal is not None and self.share >= self.percent_goal

    @property
    def is_doubtful(self) -> bool:
        """More people counted than there are said to be: the entered figure wants checking."""
        return self.denominator is not None and self.numerator > self.denominator


@dataclass(frozen=True)
class Cutoff:
    """Up to which day a year's figures count; provisional until the year is over. A day that is past
    ``leaves_out_later`` titles; otherwise the year's titles count whenever they were signed."""

    day: datetime.date
    is_provisional: bool
    leaves_out_later: bool = False
    is_behind: bool = False  # very much changed since, and is being counted


def cutoff(year: int, today: datetime.date) -> Cutoff:
    last = datetime.date(year, 12, 31)
    return Cutoff(min(last, today), today <= last)


@dataclass(frozen=True)
class Counted:
    """All that was read for a unit and year, from which the figures of any unit beneath it follow without a query."""

    tallies: Tallies
    entered: Entered
    targets: dict[str, Target]
    by: Map
    undivided: list[Undivided]
    is_behind: bool = False

    def figures_at(self, path: str) -> list[Figure]:
        return self._figures(total(self.tallies, path), path)

    def figures_directly_at(self, path: str) -> list[Figure]:
        """Of the people who belong to the unit itself, not to one beneath it; entered figures have no such part."""
        return self._figures(self.tallies.get(path, Tally()), "")

    def _figures(self, tally: Tally, path: str) -> list[Figure]:
        return [self._figure(definition, tally, path) for definition in DEFINITIONS]

    def _figure(self, definition: Definition, tally: Tally, path: str) -> Figure:
        numerator, denominator, covered = getattr(tally, definition.numerator), None, 0
        if definition.denominator:
            denominator = getattr(tally, definition.denominator)
        elif path and (entries := _topmost(self.entered.get(definition.measure, {}), path)):
            denominator = sum(entries.values())
            numerator = sum(getattr(total(self.tallies, place), definition.numerator) for place in entries)
            covered = 0 if path in entries else len(entries)
        target = self.targets.get(definition.measure)
        return Figure(
            definition=definition,
            percent_goal=target.percent if target else None,
            until=target.until if target else None,
            source=target.source if target else "",
            numerator=numerator,
            denominator=denominator,
            covered=covered,
        )


def count_unit(unit: Unit, year: int, today: datetime.date, by: Map | None = None) -> Counted:
    """From the kept counts, a few queries however many people there are; by that map, or by the one of the last day
    that counts, or of the unit's first day where that is later.
    """
    day = cutoff(year, today).day
    by = by or map_of(max(day, unit.valid_from))
    return _counted(unit, year, day, by, lambda whole, topics: shown(whole, year, day, topics))


def count_as_of(unit: Unit, year: int, day: datetime.date) -> Counted:
    """As of an earlier day of the year: without what was decided after it. Counts everybody in full."""
    return _counted(
        unit, year, day, map_of(day), lambda whole, topics: (count(whole, year, day, topics, signed_until=day), False)
    )


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
    by: Map
    undivided: list[Undivided]
    gatherings: Held = field(default_factory=Held)

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


def overview(unit: Unit, year: int, today: datetime.date, by: Map | None = None) -> Overview:
    """Eight queries, however many units and people there are."""
    counted = count_unit(unit, year, today, by)
    return _arranged(unit, year, counted, replace(cutoff(year, today), is_behind=counted.is_behind))


def overview_as_of(unit: Unit, year: int, day: datetime.date, today: datetime.date) -> Overview:
    """The figures as they are to be frozen: live ones for the last day that counts, else counted anew."""
    until = cutoff(year, today)
    if day >= until.day:
        by = map_of(max(until.day, unit.valid_from))
        exact = _counted(unit, year, until.day, by, lambda whole, topics: (kept(whole, year, until.day, topics), False))
        return _arranged(unit, year, exact, until)
    return _arranged(unit, year, count_as_of(unit, year, day), Cutoff(day, is_provisional=True, leaves_out_later=True))


def with_gatherings(found: Overview) -> Overview:
    """With what was held up to its day, as reports say it; two queries more."""
    return replace(found, gatherings=held_in(found.unit, found.year, found.cutoff.day))


def _counted(
    unit: Unit, year: int, day: datetime.date, by: Map, tallies: Callable[[Unit, Topics], tuple[Tallies, bool]]
) -> Counted:
    targets = {target.measure: target for target in Target.objects.for_year(year)}
    whole = Unit(path=by.holding_all_of(unit.path))
    counted, is_behind = tallies(whole, _topics(targets, day))
    entered: dict[str, dict[str, int]] = {}
    for measure, path, value in Denominator.objects.below(whole, year):
        entered.setdefault(measure, {})[path] = value
    entered = {measure: entries_brought_home(entries, counted, by) for measure, entries in entered.items()}
    return Counted(brought_home(counted, by), entered, targets, by, undivided(counted, by), is_behind)


def figures(unit: Unit, year: int, today: datetime.date | None = None, by: Map | None = None) -> list[Figure]:
    """The plan's five targets (the fifth read in its two ways) for the unit and everything beneath it."""
    return count_unit(unit, year, today or timezone.localdate(), by).figures_at(unit.path)


def topics_of(year: int, day: datetime.date) -> Topics:
    """The topics by which the year's targets count up to the day."""
    return _topics({target.measure: target for target in Target.objects.for_year(year)}, day)


def offered_training() -> list[tuple[str, str]]:
    """For who announces a session: what it can serve, by this year's targets."""
    year = timezone.localdate().year
    topic = _topic({target.measure: target for target in Target.objects.for_year(year)}, Measure.STUDIED_CRITERIA)
    return [(topic, _("the criteria of Công dân học tập that are in force on the day"))] if topic else []


def _topics(targets: Mapping[str, Target], day: datetime.date) -> Topics:
    return Topics(
        criteria=_topic(targets, Measure.STUDIED_CRITERIA),
        digital=_topic(targets, Measure.DIGITAL_SKILLS),
        starts=starts_on(day),
    )


def _topic(targets: Mapping[str, Target], measure: str) -> str:
    return targets[measure].topic if measure in targets else ""


def _topmost(entries: Mapping[str, int], path: str) -> dict[str, int]:
    """Of the entries at the path or beneath it those with no other above them: nobody is counted twice."""
    chosen: dict[str, int] = {}
    for place, value in entries.items():
        if place.startswith(path) and not any(place.startswith(above) for above in chosen):
            chosen[place] = value
    return chosen


def _arranged(unit: Unit, year: int, counted: Counted, until: Cutoff) -> Overview:
    around = {one.path: one for one in _around(unit, counted.by)}
    *above, unit = [around.pop(path) for path in unit.paths_up]
    beneath = _standing(around.values(), counted)
    rows = [Row(child, counted.figures_at(child.path)) for child in beneath]
    if rows and unit.path in counted.tallies:
        rows.append(Row(None, counted.figures_directly_at(unit.path)))
    return Overview(
        unit=unit,
        year=year,
        cutoff=until,
        figures=counted.figures_at(unit.path),
        rows=rows,
        ancestors=above,
        targets=counted.targets,
        by=counted.by,
        undivided=[one for one in counted.undivided if one.concerns(unit.path)],
    )


def _around(unit: Unit, by: Map) -> list[Unit]:
    """The unit, those above it and those right beneath, each by the name that it had on the map's day."""
    line = Q(path__in=unit.paths_up) | Q(path__startswith=unit.path, depth=unit.depth + 1)
    found: list[Unit] = list(Unit.objects.filter(line).as_of(by.day).order_by("folded_name", "path"))
    for one in found:
        one.name, one.kind = one.name_then, one.kind_then
    return found


def _standing(units: Iterable[Unit], counted: Counted) -> list[Unit]:
    """Those that exist on the map's day, and those gone since in which somebody counts."""
    populated = {path for place in counted.tallies for path in Unit(path=place).paths_up}
    return [unit for unit in units if unit.stands_on(counted.by.day) or unit.path in populated]
