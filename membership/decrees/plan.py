"""What the lines of a decree mean together, and what stands against them. Reads nothing."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from django.utils.translation import gettext as _

from membership.decrees.sheet import Entry
from membership.models import PARENTS_OF, Unit, UnitKind

_PLACE_OF_THE_STATE: dict[UnitKind, frozenset[UnitKind | None]] = {
    UnitKind.PROVINCE: frozenset({None}),
    UnitKind.DISTRICT: frozenset({UnitKind.PROVINCE}),
    UnitKind.COMMUNE: frozenset({UnitKind.PROVINCE, UnitKind.DISTRICT}),
}


@dataclass(frozen=True)
class State:
    """``units``: those of the day by code. Paths: ``own`` of units that whoever brings it may change, ``within`` of
    those beneath which they may add some; ``younger`` of units that began on the day or later; ``peopled`` of units in
    which somebody holds a role. ``taken``: codes that a unit bears which begins on that very day, with its name.
    """

    day: datetime.date
    today: datetime.date
    units: dict[str, Unit]
    own: set[str]
    within: set[str]
    younger: set[str]
    peopled: frozenset[str]
    taken: dict[str, str]


class Succession(Protocol):
    def plant(self, parent: Unit | None, kind: UnitKind, code: str, name: str) -> Unit: ...
    def pass_on(self, old: Unit, parts: Sequence[tuple[Unit, frozenset[str], bool]]) -> None: ...
    def end(self, unit: Unit) -> None: ...
    def carry_out(self) -> dict[str, Any]: ...


class Plan:
    def __init__(self, rows: Sequence[Entry], state: State) -> None:
        self.rows, self.state = rows, state
        self.of_old: dict[str, list[Entry]] = {}
        self.of_new: dict[str, list[Entry]] = {}
        for row in rows:
            self.of_old.setdefault(row.old, []).append(row)
            if row.new:
                self.of_new.setdefault(row.new, []).append(row)

    @cached_property
    def passing(self) -> set[str]:
        """The codes of units that are no more."""
        return {row.old for row in self.rows if not self.is_change(row)}

    def is_change(self, row: Entry) -> bool:
        """Whether the unit stays and is only called otherwise."""
        unit = self.state.units.get(row.old)
        keeps_place = not row.parent or (unit is not None and row.parent == self._parent_code(unit))
        alone = len(self.of_old[row.old]) == 1 and len(self.of_new.get(row.new, [])) == 1
        return row.new == row.old and alone and keeps_place

    def problems(self, row: Entry) -> list[str]:
        return [*row.problems, *self._problems_of_day(row), *self._problems_of_old(row), *self._problems_of_new(row)]

    def name_of(self, code: str) -> str:
        return next((row.name for row in self.of_new.get(code, []) if row.name), "")

    def takes_all(self, row: Entry) -> bool:
        return row.takes_rest or len(self.of_old[row.old]) == 1

    def waits(self, row: Entry) -> bool:
        """Whether people right in the unit go nowhere by themselves; said on the first of its lines."""
        parts = self.of_old[row.old]
        return parts[0] is row and not any(self.takes_all(part) for part in parts)

    def paths_beneath(self, unit: Unit) -> list[str]:
        """With its own, and without those of units that have lines of their own."""
        own = [one.path for one in self.state.units.values() if one.code in self.passing and one.pk != unit.pk]
        other = tuple(path for path in own if path.startswith(unit.path))
        paths = [one.path for one in self.state.units.values() if one.path.startswith(unit.path)]
        return [path for path in paths if not (other and path.startswith(other))]

    def paths_named(self, row: Entry) -> list[str]:
        named = tuple(self.state.units[code].path for code in row.along if code in self.state.units)
        return [one.path for one in self.state.units.values() if named and one.path.startswith(named)]

    def named_elsewhere(self, row: Entry) -> set[str]:
        return {path for other in self.of_old[row.old] if other is not row for path in self.paths_named(other)}

    def carry_out(self, succession: Succession) -> dict[str, Any]:
        planted: dict[str, Unit] = {}
        for code in self.of_new:
            if not all(self.is_change(row) for row in self.of_new[code]):
                self._plant(code, planted, succession)
        for old, rows in self.of_old.items():
            if old not in self.passing:
                continue
            parts = [(planted[row.new], row.along, row.takes_rest) for row in rows if row.new]
            unit = self.state.units[old]
            if parts:
                succession.pass_on(unit, parts)
            else:
                succession.end(unit)
        return succession.carry_out()

    def _plant(self, code: str, planted: dict[str, Unit], succession: Succession) -> Unit:
        if code in planted:
            return planted[code]
        parent_code = self._parent_of(code)
        if parent_code in self.of_new and parent_code != code and parent_code in self._planted_codes:
            parent: Unit | None = self._plant(parent_code, planted, succession)
        else:
            parent = self.state.units.get(parent_code)
        planted[code] = succession.plant(parent, self._kind_of(code), code, self.name_of(code))
        return planted[code]

    @cached_property
    def _planted_codes(self) -> set[str]:
        return {row.new for row in self.rows if row.new and not self.is_change(row)}

    def _parent_of(self, code: str) -> str:
        rows = self.of_new[code]
        said = next((row.parent for row in rows if row.parent), "")
        if said:
            return said
        unit = self.state.units.get(rows[0].old)
        return self._parent_code(unit) if unit else ""

    @cached_property
    def _codes(self) -> dict[str, str]:
        return {unit.path: unit.code for unit in self.state.units.values()}

    def _parent_code(self, unit: Unit) -> str:
        return self._codes.get(unit.path[: -unit.steplen], "")

    def _problems_of_day(self, row: Entry) -> Iterator[str]:
        if row.day and row.day != self.state.day:
            yield _("The whole file has one day.")
        if self.state.day > self.state.today:
            yield _("The day has not come yet: bring the file in then.")

    def _problems_of_old(self, row: Entry) -> Iterator[str]:
        unit = self.state.units.get(row.old)
        is_too_young = unit is not None and unit.valid_from >= self.state.day and not self.is_change(row)
        if unit is None or unit.valid_to is not None or is_too_young:
            yield _("No unit had the code “%(code)s” before that day, or it is no more.") % {"code": row.old}
            return
        if unit.path not in self.state.own:
            yield _("This unit is not yours to change.")
        parts = self.of_old[row.old]
        if len({part.new for part in parts}) < len(parts):
            yield _("This line stands in the file twice.")
        if sum(part.takes_rest for part in parts) > 1:
            yield _("Only one part takes the rest.")
        if not self.is_change(row):
            yield from self._problems_beneath(row, unit)
        elif any(self._codes.get(path) in self.passing for path in unit.paths_up[:-1]):
            yield _("What it stands beneath is no more: say its new name in a second file, afterwards.")

    def _problems_beneath(self, row: Entry, unit: Unit) -> Iterator[str]:
        if any(path.startswith(unit.path) for path in self.state.younger):
            yield _("Units beneath it are younger than the decree: move or close them first.")
        children = self._to_divide(unit)
        parts = self.of_old[row.old]
        named = [code for part in parts for code in part.along]
        if unknown := row.along - {child.code for child in children}:
            yield _("These do not stand beneath it: %(codes)s.") % {"codes": ", ".join(sorted(unknown))}
        if len(named) > len(set(named)):
            yield _("A unit goes to one part only.")
        if not row.new and (children or self.state.peopled & set(self.paths_beneath(unit))):
            yield _("Units or people are still there: say where they go.")
        left = sorted({child.code for child in children} - set(named))
        if row.new and left and not any(self.takes_all(part) for part in parts):
            yield _("Say to which part these go, or which takes “còn lại”: %(codes)s.") % {"codes": ", ".join(left)}

    def _to_divide(self, unit: Unit) -> list[Unit]:
        """Right beneath it, or beneath its association, without those that have lines of their own."""
        found = []
        for child in self.state.units.values():
            if child.path[: -child.steplen] == unit.path and child.code not in self.passing:
                found += self._to_divide(child) if child.kind == UnitKind.ASSOCIATION else [child]
        return found

    def _problems_of_new(self, row: Entry) -> Iterator[str]:
        if not row.new or any(each.old not in self.state.units for each in self.of_new[row.new]):
            return
        if not self.name_of(row.new):
            yield _("The new unit has no name in any line.")
        if self.is_change(row):
            return
        if row.new in self.state.taken:
            borne = {"code": row.new, "name": self.state.taken[row.new]}
            yield _("The code %(code)s is borne by “%(name)s”.") % borne
            return
        holder = self.state.units.get(row.new)
        if holder and row.new not in self.passing:
            yield _("“%(name)s” bears this code: give it a line too.") % {"name": holder.name}
        yield from self._problems_of_place(row)

    def _problems_of_place(self, row: Entry) -> Iterator[str]:
        code, kind = self._parent_of(row.new), self._kind_of(row.new)
        parent = None if code in self._planted_codes else self.state.units.get(code)
        if code and code not in self._planted_codes and (parent is None or code in self.passing):
            yield _("What the new unit stands beneath is no more: “%(code)s”.") % {"code": code}
            return
        if parent and parent.path not in self.state.within:
            yield _("“%(name)s” is not yours to change.") % {"name": parent.name}
        above = UnitKind(parent.kind) if parent else self._kind_of(code) if code else None
        old = self.state.units[row.old]
        of_the_state = kind not in PARENTS_OF and UnitKind(old.kind) not in PARENTS_OF
        if not of_the_state and above not in PARENTS_OF.get(kind, frozenset()):
            yield _("A unit of this kind cannot stand under that unit.")
        if of_the_state and above not in _PLACE_OF_THE_STATE[kind]:
            yield _("A unit of this kind cannot stand under that unit.")

    def _kind_of(self, code: str) -> UnitKind:
        rows = self.of_new[code]
        return next((row.kind for row in rows if row.kind), None) or UnitKind(self.state.units[rows[0].old].kind)
