"""A list of roles as a kind of import: offices given and ended one by one, each within the officer's reach."""

import datetime
from collections.abc import Callable, Iterator, Sequence
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
from membership.models import Membership, Person, Role, Unit, UnitKind
from membership.policy import UNIT_KINDS_OF_ROLE, Action, may, reach, roles_given_by
from membership.querysets import ending_after
from membership.role_sheet import Entry, entries

_Key = tuple[int, int, str]


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
        found = Person.objects.on_record().filter(code__in={row.person for row in rows})
        people = {person.code: person for person in found}
        held = self._held(people.values())
        lines = [self._compared(row, people.get(row.person), held) for row in rows]
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

    def _held(self, people: Any) -> dict[_Key, Membership]:
        """The roles that they hold today or will."""
        held = Membership.objects.filter(ending_after(self._today), person__in=people).order_by("-valid_from")
        return {(one.person_id, one.unit_id, one.role): one for one in held}

    def _compared(self, row: Entry, person: Person | None, held: dict[_Key, Membership]) -> Line:
        unit, starts = self._units.get(fold(row.unit)), row.starts or self._today
        problems = [*row.problems, *self._problems(row, person, unit, starts)]
        told = _Told(excerpt=person.full_name if person and not problems else row.name, code=row.person)
        if problems or person is None or unit is None or row.role is None:
            return Line(row.line, reasons=tuple(problems), **told)
        key = (person.pk, unit.pk, str(row.role))
        standing = held.pop(key, None)
        content = {"person": person.pk, "unit": unit.pk, "role": row.role.value, "until": _plain(row.ends)}
        if standing is None:
            about = f"{row.role.label}, {unit.name}"
            return Line(row.line, "", outcome=Outcome.CREATE, reasons=(about,),
                        content=content | {"from": starts.isoformat()}, **told)  # fmt: skip
        return self._ending(row, standing, content, told)

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

    def _ending(self, row: Entry, standing: Membership, content: dict[str, Any], told: _Told) -> Line:
        """Of a role that is held already: the day on which it ends, if that is news."""
        if row.ends == standing.valid_to:
            return Line(row.line, outcome=Outcome.SAME, **told)
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
        person, unit = Person.objects.get(pk=said["person"]), Unit.objects.get(pk=said["unit"])
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


def _doubted(lines: Sequence[Line]) -> list[Line]:
    """The same, but for what ends where, with the whole list carried out, nobody would hold the role that day."""
    ending = {line.content["membership"]: line for line in lines if line.outcome == Outcome.END}
    days = {key: datetime.date.fromisoformat(line.content["until"]) for key, line in ending.items()}
    places = {_place(line) for line in ending.values()}
    others = list(Membership.objects.filter(unit__in={unit for unit, _role in places}))
    coming = [line.content for line in lines if line.outcome == Outcome.CREATE]

    def is_held(place: tuple[int, str], day: datetime.date) -> bool:
        stays = any(
            (one.unit_id, one.role) == place and one.valid_from <= day < (days.get(one.pk) or one.valid_to or day.max)
            for one in others
        )
        return stays or any(
            (one["unit"], one["role"]) == place and one["from"] <= day.isoformat() < (one["until"] or "9")
            for one in coming
        )

    told = _("Nobody would hold the role there from that day on. Add who comes after, or tick that you know it.")
    return [
        replace(line, outcome=Outcome.DOUBT, reasons=(*line.reasons, told), content=None)
        if line.outcome == Outcome.END and not is_held(_place(line), days[line.content["membership"]])
        else line
        for line in lines
    ]


def _place(line: Line) -> tuple[int, str]:
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
