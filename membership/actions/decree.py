"""A decree as a kind of import: units merged, split, called otherwise or ended on one day, carried out as a whole."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.log_actions import log

from intake.kinds import Kind
from intake.models import ImportLine
from intake.plan import Line, Outcome, RefusedError
from membership.actions.enacting import keep_act, keep_removals
from membership.actions.succeeding import Succeeding, take_back
from membership.actions.units import change_unit
from membership.codes import as_borne
from membership.decrees.plan import Plan, State
from membership.decrees.sheet import Entry, entries
from membership.models import DecreeAct, Membership, Unit, UnitKind
from membership.policy import Action, may, reach, reach_beneath
from membership.querysets import ending_after
from membership.registries import following


class Decree(Kind[Entry]):
    """What it did stands in the import's ``details``; a line that is refused refuses all."""

    key = "decree"
    is_whole = can_undo = True
    chunk = most_rows = 20_000
    most_bytes = 10 * 1024 * 1024
    kept_days = 3650
    excerpt_label = gettext_lazy("Unit")
    nothing_to_write = gettext_lazy("The decree cannot be carried out: the lines say why.")
    labels = {
        Outcome.MOVE: gettext_lazy("Lives on in another"),
        Outcome.CHANGE: gettext_lazy("Called otherwise"),
        Outcome.END: gettext_lazy("Dissolved"),
        Outcome.SKIP: Outcome.SKIP.label,
    }

    @classmethod
    def admits(cls, user: Any, scope: str) -> bool:
        return may(user, Action.MANAGE_UNITS)

    @classmethod
    def apply_label(cls, count: int) -> str:
        return ngettext("Carry out %(count)d line", "Carry out %(count)d lines", count) % {"count": count}

    def rows(self, content: bytes) -> Iterator[Entry]:
        return entries(content)

    def compare(self, rows: Sequence[Entry]) -> Iterator[Line]:
        day = next((row.day for row in rows if row.day), timezone.localdate(self.at))
        state = self._state(day)
        rows = [_with_zeros(row, state) for row in rows]
        plan = Plan(rows, state)
        lines = [self._compared(row, plan, day) for row in rows]
        if lines and (refusal := self._refusal(lines)):
            lines[0] = _left_out(lines[0], refusal)
        if any(line.outcome == Outcome.SKIP for line in lines):
            other = _("Another line is refused, and a decree is carried out as a whole or not at all.")
            lines = [line if line.outcome == Outcome.SKIP else _left_out(line, other) for line in lines]
        yield from lines

    def write(self, lines: Sequence[ImportLine]) -> None:
        done = self.batch.details["done"] = self._carried_out(lines)
        data = {"from": done["day"], "units": len(done["planted"]), "closed": len(done["closed"])}
        data |= {"roles": done["people"], "changed": sum(line.outcome == Outcome.CHANGE for line in lines)}
        self._log("carry_out", data)
        self._keep(DecreeAct.Kind.CARRIED_OUT, lines, done)

    def undo(self, lines: Sequence[ImportLine]) -> None:
        done = self.batch.details.pop("done")
        self._keep(DecreeAct.Kind.TAKEN_BACK, lines, done)
        keep_removals(done["planted"], self.by, self.at)
        take_back(done)
        for line in lines:
            for code, before, after in reversed(line.content.get("called", [])):
                self._change_back(code, before, after, line.content["day"])
        self._log("take_back", {})

    def _refusal(self, lines: Sequence[Line]) -> str:
        """What carrying it out would be refused for: it is carried out, and rolled back."""
        if any(line.outcome == Outcome.SKIP for line in lines):
            return ""
        try:
            with transaction.atomic():
                self._carried_out([replace(line, content=dict(line.content or {})) for line in lines])
                transaction.set_rollback(True)
        except RefusedError as refused:
            return str(refused)
        return ""

    def _carried_out(self, lines: Sequence[ImportLine | Line]) -> dict[str, Any]:
        day = datetime.date.fromisoformat(lines[0].content["day"])
        rows = [_entry_of(line) for line in lines]
        state = self._state(day)
        plan = Plan(rows, state)
        if any(plan.problems(row) for row in rows):
            raise RefusedError(_("The units have changed since the dry run. Bring the file in anew."))
        for line in lines:
            if line.outcome == Outcome.CHANGE:
                self._change(line, state.units[line.code], day)
        return plan.carry_out(Succeeding(day, state.units.values(), plan.passing))

    def _keep(self, kind: DecreeAct.Kind, lines: Sequence[ImportLine], done: dict[str, Any]) -> None:
        keep_act(kind=kind, batch=self.batch, lines=lines, done=done, by=self.by, at=self.at)

    def _log(self, verb: str, data: dict[str, Any]) -> None:
        title = str(self.batch.pk)
        log(instance=self.batch, action=f"membership.{verb}_decree", user=self.by, title=title, data=data)

    def _state(self, day: datetime.date) -> State:
        units = {unit.code: unit for unit in Unit.objects.filter(ending_after(day), valid_from__lte=day)}
        own = set(Unit.objects.filter(reach_beneath(self.by, Action.MANAGE_UNITS)).values_list("path", flat=True))
        within = set(Unit.objects.filter(reach(self.by, Action.MANAGE_UNITS)).values_list("path", flat=True))
        taken = dict(Unit.objects.filter(valid_from=day).values_list("code", "name"))
        younger = set(Unit.objects.filter(valid_from__gte=day).values_list("path", flat=True))
        return State(day, timezone.localdate(self.at), units, own, within, younger, frozenset(self._people), taken)

    @cached_property
    def _people(self) -> dict[str, int]:
        """By the path of a unit how many people hold a role right there."""
        held = Membership.objects.filter(ending_after(timezone.localdate(self.at))).order_by().values("unit__path")
        return dict(held.annotate(number=Count("person", distinct=True)).values_list("unit__path", "number"))

    @cached_property
    def _following(self) -> list[tuple[following.Follower, dict[str, int]]]:
        paths = dict(Unit.objects.values_list("pk", "path"))
        found = following.counts(timezone.localdate(self.at))
        return [(one, {paths[pk]: number for pk, number in own.items() if pk}) for one, own in found]

    def _compared(self, row: Entry, plan: Plan, day: datetime.date) -> Line:
        unit = plan.state.units.get(row.old)
        problems = plan.problems(row)
        if problems or unit is None:
            return Line(row.line, excerpt=unit.name if unit else row.name, code=row.old, reasons=tuple(problems))
        content = _content_of(row, day)
        if plan.is_change(row):
            name, kind = row.name or unit.name, row.kind or UnitKind(unit.kind)
            told = [_("Name: %(before)s → %(after)s") % {"before": unit.name, "after": name}]
            if kind != unit.kind:
                told.append(
                    _("Kind: %(before)s → %(after)s") % {"before": UnitKind(unit.kind).label, "after": kind.label}
                )
            return Line(row.line, "", unit.name, Outcome.CHANGE, row.old, tuple(told), content)
        outcome = Outcome.MOVE if row.new else Outcome.END
        return Line(row.line, "", unit.name, outcome, row.old, tuple(self._moves(row, unit, plan)), content)

    def _moves(self, row: Entry, unit: Unit, plan: Plan) -> Iterator[str]:
        if not row.new:
            return
        yield _("Lives on in “%(name)s” (%(code)s).") % {"name": plan.name_of(row.new), "code": row.new}
        if plan.takes_all(row):
            paths = [path for path in plan.paths_beneath(unit) if path not in plan.named_elsewhere(row)]
        else:
            paths = plan.paths_named(row)
        beneath = {path for path in paths if path != unit.path}
        if beneath:
            yield _("Units that go along: %(count)s.") % {"count": len(beneath)}
        people = sum(self._people.get(path, 0) for path in paths)
        yield _("People who go along: %(count)s.") % {"count": people}
        for one, numbers in self._following:
            if number := sum(numbers.get(path, 0) for path in paths):
                yield f"{one.label}: {number}."
        if waiting := plan.waits(row) and self._people.get(unit.path, 0):
            yield _("People who stay in the old unit until somebody moves them by a list: %(count)s.") % {
                "count": waiting
            }

    def _change(self, line: ImportLine | Line, unit: Unit, day: datetime.date) -> None:
        row = _entry_of(line)
        line.content["called"] = []
        association = unit.get_children().filter(kind=UnitKind.ASSOCIATION, name=_association_of(unit.name)).first()
        self._call(line, unit, row.name or unit.name, row.kind or UnitKind(unit.kind), day)
        if association and row.name:
            self._call(line, association, _association_of(row.name), UnitKind.ASSOCIATION, day)

    def _call(self, line: ImportLine | Line, unit: Unit, name: str, kind: UnitKind, day: datetime.date) -> None:
        before = [unit.name, unit.kind]
        try:
            change_unit(unit=unit, name=name, kind=kind, valid_from=day, by=self.by, at=self.at)
        except ValidationError as refused:
            raise RefusedError(" ".join([unit.name, *refused.messages])) from refused
        line.content["called"].append([unit.code, before, [name, kind]])

    def _change_back(self, code: str, before: list[str], after: list[str], day: str) -> None:
        unit = Unit.objects.with_code(code, timezone.localdate(self.at)).first()
        if unit is None or [unit.name, unit.kind] != after:
            raise RefusedError(_("It cannot be undone: %(code)s was changed again since.") % {"code": code})
        about = {"valid_from": datetime.date.fromisoformat(day), "by": self.by, "at": self.at}
        change_unit(unit=unit, name=before[0], kind=UnitKind(before[1]), **about)


def _with_zeros(row: Entry, state: State) -> Entry:
    old, new, parent = (as_borne(code, state.units) for code in (row.old, row.new, row.parent))
    return replace(row, old=old, new=new, parent=parent)


def _left_out(line: Line, reason: str) -> Line:
    return replace(line, outcome=Outcome.SKIP, reasons=(reason,), content=None)


def _association_of(name: str) -> str:
    return f"Hội Khuyến học {name[:1].lower()}{name[1:]}"


def _content_of(row: Entry, day: datetime.date) -> dict[str, Any]:
    return {
        "old": row.old, "new": row.new, "name": row.name, "kind": row.kind, "parent": row.parent,
        "along": sorted(row.along), "takes_rest": row.takes_rest, "day": day.isoformat(),
    }  # fmt: skip


def _entry_of(line: ImportLine | Line) -> Entry:
    said = line.content
    kind = UnitKind(said["kind"]) if said["kind"] else None
    day = datetime.date.fromisoformat(said["day"])
    return Entry(
        line.line, said["old"], said["new"], said["name"], kind, said["parent"], frozenset(said["along"]),
        said["takes_rest"], day, (),
    )  # fmt: skip
