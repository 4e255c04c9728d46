"""Registered against recognised, by target group and by unit. It names nobody."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count

from evaluation.registrations.models import Registration
from evaluation.registrations.querysets import recognised
from membership.models import TargetGroup, Unit


@dataclass
class Tally:
    """``fulfilled`` of those registered hold the year's title; ``recognised`` are all who do, registered or not."""

    label: str
    year: int
    unit: Unit | None = None
    registered: int = 0
    fulfilled: int = 0
    recognised: int = 0

    def add(self, registered: int, fulfilled: int, recognised: int) -> None:
        self.registered += registered
        self.fulfilled += fulfilled
        self.recognised += recognised


@dataclass(frozen=True)
class Counted:
    groups: list[Tally]
    units: list[Tally]
    total: Tally


def counted(unit: Unit, year: int, own: str) -> Counted:
    """A row for each target group, and one for each unit directly beneath that has any, after ``own``, what the unit
    itself has. Three queries. A registration counts where it was made, a title where it was given."""
    beneath = {one.path: one for one in Unit.objects.filter(path__startswith=unit.path, depth=unit.depth + 1)}
    groups = {group: Tally(str(TargetGroup(group).label), year) for group in TargetGroup.values}
    units: dict[str, Tally] = {}
    total = Tally(unit.name, year, unit)
    for path, group, figures in _figures(unit, year):
        home = path[: len(unit.path) + unit.steplen]
        there = beneath.get(home)
        row = units.setdefault(home, Tally(there.name if there else own, year, there))
        for each in (groups[group], row, total):
            each.add(*figures)
    return Counted(list(groups.values()), [units[path] for path in sorted(units)], total)


def _figures(unit: Unit, year: int) -> Iterator[tuple[str, str, tuple[int, int, int]]]:
    for row in Registration.objects.counted(unit, year):
        yield row["unit__path"], row["group"], (row["registered"], row["fulfilled"], 0)
    given = recognised(year).filter(unit__path__startswith=unit.path, person__merged_into=None).order_by()
    for path, group, count in given.values_list("unit__path", "group").annotate(Count("pk")):
        yield path, group, (0, 0, count)
