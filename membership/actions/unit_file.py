"""A table of units as a kind of import: new ones are grown together, others renamed, retyped and moved one by one."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from intake.kinds import Kind
from intake.models import ImportLine
from intake.plan import Line, Outcome
from membership.actions.enacting import keep_unit_acts
from membership.actions.maps import Nursery
from membership.actions.units import change_unit, move_unit, remove_unit
from membership.codes import as_borne
from membership.models import PARENTS_OF, Unit, UnitAct, UnitKind
from membership.policy import Action, may, reach, reach_beneath
from membership.unit_sheet import Entry, entries


class UnitFile(Kind[Entry]):
    """Parents stand above their children in the file, so each row finds what it stands beneath."""

    key = "units"
    is_whole = can_undo = True
    chunk = most_rows = 20_000
    most_bytes = 10 * 1024 * 1024
    excerpt_label = gettext_lazy("Unit")

    @classmethod
    def admits(cls, user: Any, scope: str) -> bool:
        return may(user, Action.MANAGE_UNITS)

    @classmethod
    def apply_label(cls, count: int) -> str:
        return ngettext("Write %(count)d unit", "Write %(count)d units", count) % {"count": count}

    def rows(self, content: bytes) -> Iterator[Entry]:
        return entries(content)

    def compare(self, rows: Sequence[Entry]) -> Iterator[Line]:
        planned: dict[str, Entry] = {}
        for said in rows:
            row = self._with_zeros(said)
            line = self._compared(row, planned)
            refused = line.reasons if line.outcome == Outcome.SKIP else ()
            planned.setdefault(row.code, replace(row, problems=refused))
            yield line

    def write(self, lines: Sequence[ImportLine]) -> None:
        self._grow([line for line in lines if line.outcome == Outcome.CREATE])
        for line in lines:
            if line.outcome == Outcome.CHANGE:
                self._try(line, self._changed)

    def undo(self, lines: Sequence[ImportLine]) -> None:
        """From the last to the first, so that what stands beneath goes before what it stands under. What was refused
        when the file was written, the file never made."""
        actions = {Outcome.CREATE: self._removed, Outcome.CHANGE: self._changed_back}
        for line in reversed(lines):
            if action := actions.get(Outcome(line.outcome)):
                self._try(line, action)

    @cached_property
    def _standing(self) -> dict[str, Unit]:
        return {unit.code: unit for unit in Unit.objects.on(timezone.localdate(self.at))}

    @cached_property
    def _own(self) -> set[int]:
        return set(Unit.objects.filter(reach_beneath(self.by, Action.MANAGE_UNITS)).values_list("pk", flat=True))

    @cached_property
    def _within_reach(self) -> set[int]:
        return set(Unit.objects.filter(reach(self.by, Action.MANAGE_UNITS)).values_list("pk", flat=True))

    @cached_property
    def _parents(self) -> dict[str, str]:
        """The code of what each standing unit stands beneath."""
        codes = {unit.path: unit.code for unit in self._standing.values()}
        return {unit.code: codes.get(unit.path[: -unit.steplen], "") for unit in self._standing.values()}

    def _with_zeros(self, row: Entry) -> Entry:
        return replace(row, code=as_borne(row.code, self._standing), parent=as_borne(row.parent, self._standing))

    def _compared(self, row: Entry, planned: dict[str, Entry]) -> Line:
        problems = list(row.problems)
        unit = self._standing.get(row.code)
        changes = self._changes(unit, row) if unit else []
        if row.code in planned:
            problems.append(_("This code stands in the file twice."))
        if unit and changes and unit.pk not in self._own:
            problems.append(_("This unit is not yours to change."))
        if not unit or row.parent != self._parents[row.code]:
            problems += self._problems_with_parent(row, planned)
        if problems or row.kind is None:
            return Line(row.line, excerpt=row.name, code=row.code, reasons=tuple(problems))
        content = {"name": row.name, "kind": row.kind, "parent": row.parent, "day": self._day_of(row).isoformat()}
        if unit is None:
            return Line(row.line, "", row.name, Outcome.CREATE, row.code, (), content)
        outcome = Outcome.CHANGE if changes else Outcome.SAME
        return Line(row.line, "", row.name, outcome, row.code, tuple(changes), content if changes else None)

    def _problems_with_parent(self, row: Entry, planned: dict[str, Entry]) -> list[str]:
        if parent := self._standing.get(row.parent):
            kind: UnitKind | None = UnitKind(parent.kind)
            since = parent.valid_from
            if parent.pk not in self._within_reach:
                return [_("“%(name)s” is not yours to change.") % {"name": parent.name}]
        elif above := planned.get(row.parent):
            kind, since = above.kind, self._day_of(above)
            if above.problems:
                return [_("What it stands beneath is left out itself.")]
        else:
            return [
                _("No unit above has the code “%(code)s”. It must stand here, or further up.") % {"code": row.parent}
            ]
        if row.kind and kind not in PARENTS_OF.get(row.kind, frozenset()):
            return [_("A unit of this kind cannot stand under that unit.")]
        is_too_old = row.code not in self._standing and self._day_of(row) < since
        return [_("What it stands beneath is younger than it.")] if is_too_old else []

    def _changes(self, unit: Unit, row: Entry) -> list[str]:
        kind, parent = UnitKind(unit.kind), self._parents[unit.code]
        differences = [
            (unit.name, row.name, _("Name: %(before)s → %(after)s")),
            (kind.label, row.kind.label if row.kind else "", _("Kind: %(before)s → %(after)s")),
            (parent, row.parent, _("Stands beneath: %(before)s → %(after)s")),
        ]
        return [said % {"before": before, "after": after} for before, after, said in differences if before != after]

    def _day_of(self, row: Entry) -> datetime.date:
        return row.day or timezone.localdate(self.at)

    def _grow(self, lines: Sequence[ImportLine]) -> None:
        """All in a few statements; what stands by now, or whose parent does not, is left out."""
        nursery = Nursery()
        found = dict(self._standing)
        for line in lines:
            parent = found.get(line.content["parent"])
            day = datetime.date.fromisoformat(line.content["day"])
            is_taken = line.code in found or (line.code, day) in nursery.units
            if is_taken or parent is None or (parent.pk and parent.pk not in self._within_reach):
                line.outcome, line.reasons = Outcome.SKIP, [_("It stands already, or what it stood beneath is gone.")]
                continue
            found[line.code] = nursery.plant(
                nursery.units[parent.code, parent.valid_from], UnitKind(line.content["kind"]), line.code,
                line.content["name"], day,
            )  # fmt: skip
        nursery.bed_out()
        new = [found[line.code] for line in lines if line.outcome == Outcome.CREATE]
        keep_unit_acts(kind=UnitAct.Kind.ADDED, units=new, by=self.by, at=self.at)

    def _try(self, line: ImportLine, action: Any) -> None:
        """What an action refuses is said on the line; the others go on."""
        try:
            with transaction.atomic():
                action(line)
        except ValidationError as refused:
            line.reasons = refused.messages
        except PermissionDenied:
            line.reasons = [_("This unit is not yours to change.")]
        else:
            return
        if self.batch.state == self.batch.State.ORDERED:
            line.outcome = Outcome.SKIP

    def _changed(self, line: ImportLine) -> None:
        unit = self._now(line.code)
        line.content["before"] = _as_it_is(unit)
        self._become(unit, line.content, line.content["day"])

    def _changed_back(self, line: ImportLine) -> None:
        """Only what is still as the file made it."""
        unit, made = self._now(line.code), line.content
        if not _as_it_is(unit).items() <= made.items():
            raise ValidationError(_("It was changed again since, and stays as it is."))
        self._become(unit, made["before"], made["day"])

    def _removed(self, line: ImportLine) -> None:
        remove_unit(unit=self._now(line.code), by=self.by, at=self.at)

    def _become(self, unit: Unit, content: dict[str, str], day: str) -> None:
        about = {"by": self.by, "at": self.at}
        first = datetime.date.fromisoformat(day)
        kind = UnitKind(content["kind"])
        unit = change_unit(unit=unit, name=content["name"], kind=kind, valid_from=first, **about)
        if content["parent"]:
            move_unit(unit=unit, parent=self._now(content["parent"]), **about)

    def _now(self, code: str) -> Unit:
        unit: Unit | None = Unit.objects.with_code(code, timezone.localdate(self.at)).first()
        if unit is None:
            raise ValidationError(_("No unit has the code “%(code)s” any more.") % {"code": code})
        return unit


def _as_it_is(unit: Unit) -> dict[str, str]:
    above = unit.get_parent()
    return {"name": unit.name, "kind": unit.kind, "parent": above.code if above else ""}
