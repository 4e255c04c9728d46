"""A list of roles as a kind of import: offices given and ended one by one, each within the officer's reach."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, TypedDict

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from intake.kinds import Kind
from intake.models import ImportLine
from intake.plan import Line, Outcome
from interface.vietnamese import fold
from membership.actions.roles import end_role, grant_role, put_end_back, take_role_back
from membership.codes import as_borne
from membership.models import Membership, Person, Role, Unit, UnitKind
from membership.policy import STAFF_ROLES, UNIT_KINDS_OF_ROLE, Action, may, reach, roles_given_by
from membership.querysets import ending_after
from membership.role_sheet import Entry, entries

_Key = tuple[int, int, str]
_Place = tuple[int, str]


class _Told(TypedDict):
    excerpt: str
    code: str


class RoleList(Kind[Entry]):
    """``details["is_left_open"]``: whoever brought it knows that roles end which nobody holds afterwards."""

    key = "roles"
    is_whole = can_undo = True
    chunk = most_rows = 20_000
    most_bytes = 10 * 1024 * 1024
    excerpt_label = gettext_lazy("Person")
    labels = {
        Outcome.CREATE: Outcome.CREATE.label,
        Outcome.END: gettext_lazy("Ends"),
        Outcome.SAME: Outcome.SAME.label,
        Outcome.DOUBT: gettext_lazy("Nobody afterwards"),
        Outcome.SKIP: Outcome.SKIP.label,
    }

    @classmethod
    def admits(cls, user: Any, scope: str) -> bool:
        return may(user, Action.MANAGE_PEOPLE)

    @classmethod
    def apply_label(cls, count: int) -> str:
        return ngettext("Write %(count)d role", "Write %(count)d roles", count) % {"count": count}

    def rows(self, content: bytes) -> Iterator[Entry]:
        return entries(content)

    def compare(self, rows: Sequence[Entry]) -> list[Line]:
        """All together: who comes by one row takes the place of who leaves by another."""
        rows = [replace(row, unit=as_borne(row.unit, self._units)) for row in rows]
        found = Person.objects.on_record().filter(code__in={row.person for row in rows})
        people = {person.code: person for person in found}
        held = self._held(people.values())
        lines = _each_role_once(self._compared(row, people.get(row.person), held) for row in rows)
        return lines if self.batch.details.get("is_left_open") else _doubted(lines)

    def write(self, lines: Sequence[ImportLine]) -> None:
        actions = {Outcome.CREATE: self._given, Outcome.END: self._ended}
        for line in lines:
            if action := actions.get(Outcome(line.outcome)):
                _try(line, action)

    def undo(self, lines: Sequence[ImportLine]) -> None:
        actions = {Outcome.CREATE: self._taken_back, Outcome.END: self._put_back}
        for line in reversed(lines):
            if action := actions.get(Outcome(line.outcome)):
                _try(line, action)

    @cached_property
    def _today(self) -> datetime.date:
        return timezone.localdate(self.at)

    @cached_property
    def _units(self) -> dict[str, Unit]:
        """Within reach, by code."""
        own = Unit.objects.filter(ending_after(self._today)).filter(reach(self.by, Action.MANAGE_PEOPLE))
        return {fold(unit.code): unit for unit in own}

    def _held(self, people: Any) -> dict[_Key, list[Membership]]:
        """The offices that they held, hold or will."""
        held: dict[_Key, list[Membership]] = defaultdict(list)
        for one in Membership.objects.filter(role__in=STAFF_ROLES, person__in=people).order_by("valid_from"):
            held[one.person_id, one.unit_id, one.role].append(one)
        return held

    def _compared(self, row: Entry, person: Person | None, held: dict[_Key, list[Membership]]) -> Line:
        unit, starts = self._units.get(fold(row.unit)), row.starts or self._today
        problems = [*row.problems, *self._problems(row, person, unit, starts)]
        told = _Told(excerpt=person.full_name if person and not problems else row.name, code=row.person)
        if problems or person is None or unit is None or row.role is None:
            return Line(row.line, reasons=tuple(problems), **told)
        own = held.get((person.pk, unit.pk, str(row.role)), [])
        if any(one.valid_to == row.ends for one in own):
            return Line(row.line, outcome=Outcome.SAME, **told)
        standing = next((one for one in own if not one.valid_to or one.valid_to > self._today), None)
        content = {"person": person.pk, "unit": unit.pk, "role": row.role.value, "until": _plain(row.ends)}
        if standing:
            return self._ending(row, standing, content, told)
        return self._beginning(row, f"{row.role.label}, {unit.name}", content | {"from": starts.isoformat()}, told)

    def _problems(self, row: Entry, person: Person | None, unit: Unit | None, starts: datetime.date) -> Iterator[str]:
        if row.person and person is None:
            yield _("Nobody has the code “%(code)s”.") % {"code": row.person[:40]}
        if person and row.name and fold(row.name) != person.folded_name:
            yield _("The code belongs to somebody of another name.")
        if person and person.pk == self.by.person_id:
            yield _("Nobody can give a role to themselves.")
        if unit is None:
            yield _("No unit of yours has the code “%(code)s”.") % {"code": row.unit[:40]}
        elif row.role and UnitKind(unit.kind) not in UNIT_KINDS_OF_ROLE[row.role]:
            yield _("This role cannot be held in a unit of this kind.")
        elif row.role and row.role not in roles_given_by(self.by, unit):
            yield _("You may not give this role in this unit.")
        elif starts < unit.valid_from or (unit.valid_to and starts >= unit.valid_to):
            yield _("The unit does not exist on that day.")

    def _beginning(self, row: Entry, about: str, content: dict[str, Any], told: _Told) -> Line:
        if row.ends and row.ends <= self._today:
            return Line(
                row.line, reasons=(_("This role is over already and is not on record: nothing to end."),), **told
            )
        return Line(row.line, outcome=Outcome.CREATE, reasons=(about,), content=content, **told)

    def _ending(self, row: Entry, standing: Membership, content: dict[str, Any], told: _Told) -> Line:
        """Of a role that is held already: the new day on which it ends."""
        if row.ends is None:
            ends = date_format(standing.valid_to or self._today, "d/m/Y")
            return Line(
                row.line, reasons=(_("It ends on %(day)s. Give it anew from that day.") % {"day": ends},), **told
            )
        if row.ends <= standing.valid_from:
            return Line(row.line, reasons=(_("A role cannot end before it began."),), **told)
        about = _("%(role)s, %(unit)s: no more from %(day)s") % {
            "role": standing.get_role_display(),
            "unit": self._units[fold(row.unit)].name,
            "day": date_format(row.ends, "d/m/Y"),
        }
        content |= {"membership": standing.pk, "before": _plain(standing.valid_to)}
        return Line(row.line, outcome=Outcome.END, reasons=(about,), content=content, **told)

    def _given(self, line: ImportLine) -> None:
        said = line.content
        # Held, so that nobody gives it in between: what others gave must not be undone with this list.
        person = Person.objects.select_for_update().get(pk=said["person"])
        unit = Unit.objects.get(pk=said["unit"])
        own = Membership.objects.filter(person=person, unit=unit, role=said["role"])
        if own.filter(ending_after(self._today)).exists():
            raise ValidationError(_("This role was given anew since."))
        starts, about = datetime.date.fromisoformat(said["from"]), {"by": self.by, "at": self.at}
        given = grant_role(person=person, unit=unit, role=Role(said["role"]), valid_from=starts, **about)
        line.content = {**said, "membership": given.pk}
        if said["until"]:
            end_role(membership=given, valid_to=datetime.date.fromisoformat(said["until"]), **about)

    def _ended(self, line: ImportLine) -> None:
        ends = datetime.date.fromisoformat(line.content["until"])
        end_role(membership=_membership(line), valid_to=ends, by=self.by, at=self.at)

    def _taken_back(self, line: ImportLine) -> None:
        take_role_back(membership=_membership(line), by=self.by, at=self.at)

    def _put_back(self, line: ImportLine) -> None:
        held, before = _membership(line), line.content["before"]
        if _plain(held.valid_to) != line.content["until"]:
            raise ValidationError(_("Kept: the day was changed since."))
        put_end_back(membership=held, valid_to=before and datetime.date.fromisoformat(before), by=self.by, at=self.at)


def _each_role_once(lines: Iterable[Line]) -> list[Line]:
    """The same, but of several rows that would write one role of one person the first alone."""
    told = _("Another row of this file gives or ends the same role.")
    first: dict[_Key, Line] = {}
    kept = []
    for line in lines:
        is_again = line.content and first.setdefault((line.content["person"], *_place(line)), line) is not line
        kept.append(replace(line, outcome=Outcome.SKIP, reasons=(told,), content=None) if is_again else line)
    return kept


def _doubted(lines: Sequence[Line]) -> list[Line]:
    """The same, but for what ends where, with the whole list carried out, nobody would hold the role that day."""
    days = {line.content["membership"]: _day(line) for line in lines if line.outcome == Outcome.END}
    if not days:
        return list(lines)
    held = _held_afterwards(lines, days)
    told = _("Nobody would hold the role there from that day on. Add who comes after, or tick that you know it.")
    return [
        replace(line, outcome=Outcome.DOUBT, reasons=(*line.reasons, told), content=None)
        if line.outcome == Outcome.END and not any(begins <= _day(line) < ends for begins, ends in held[_place(line)])
        else line
        for line in lines
    ]


def _held_afterwards(
    lines: Sequence[Line], days: dict[int, datetime.date]
) -> dict[_Place, list[tuple[datetime.date, datetime.date]]]:
    """From when until when each role will be held where a line ends one, with the whole list carried out."""
    held: dict[_Place, list[tuple[datetime.date, datetime.date]]] = defaultdict(list)
    units, roles = zip(*(_place(line) for line in lines if line.outcome == Outcome.END), strict=True)
    of_places = Membership.objects.filter(ending_after(min(days.values())), unit__in=set(units), role__in=set(roles))
    for one in of_places:
        held[one.unit_id, one.role].append((one.valid_from, days.get(one.pk) or one.valid_to or datetime.date.max))
    for line in lines:
        if line.outcome == Outcome.CREATE:
            until = _day(line) if line.content["until"] else datetime.date.max
            held[_place(line)].append((datetime.date.fromisoformat(line.content["from"]), until))
    return held


def _day(line: Line) -> datetime.date:
    """The first on which the role is not held any more."""
    return datetime.date.fromisoformat(line.content["until"])


def _place(line: Line) -> _Place:
    return line.content["unit"], line.content["role"]


def _membership(line: ImportLine) -> Membership:
    return Membership.objects.select_related("unit").get(pk=line.content["membership"])


def _try(line: ImportLine, action: Callable[[ImportLine], None]) -> None:
    """What is refused by now stays as it is, and the line says why."""
    try:
        with transaction.atomic():
            action(line)
    except ValidationError as refused:
        line.outcome, line.reasons = Outcome.SKIP, refused.messages
    except (PermissionDenied, Membership.DoesNotExist):
        line.outcome, line.reasons = Outcome.SKIP, [_("This role is not yours to change any more.")]


def _plain(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None
