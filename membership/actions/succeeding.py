"""Units that live on in new ones from a day: planted, paired, closed; their people and all else go along. And back."""

import datetime
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from django.db.models import F, ProtectedError
from django.utils.translation import gettext as _

from intake.plan import RefusedError
from membership.actions.following import follow, follow_back
from membership.actions.maps import Nursery
from membership.models import Membership, Unit, UnitKind, UnitSuccession
from membership.querysets import standing_on
from membership.registries import following

_PLACES = (UnitKind.PROVINCE, UnitKind.COMMUNE)
_CHUNK = 2_000


class Succeeding:
    """What one decree does; written together by ``carry_out``."""

    def __init__(self, day: datetime.date, units: Iterable[Unit], passing: set[str]) -> None:
        self._day, self._passing = day, passing
        self._nursery = Nursery()
        self._beneath: dict[str, list[Unit]] = {}
        for unit in units:
            self._beneath.setdefault(unit.path[: -unit.steplen], []).append(self._own(unit))
        self._associations: dict[str, Unit] = {}
        self._pairs: list[tuple[Unit, Unit, str]] = []
        self._whole: list[tuple[Unit, Unit]] = []
        self._closed: list[Unit] = []

    def plant(self, parent: Unit | None, kind: UnitKind, code: str, name: str) -> Unit:
        """A new unit; a place comes with its association."""
        own = self._own(parent) if parent else None
        unit = self._nursery.plant(own, kind, code, name, self._day)
        if kind in _PLACES:
            called = f"Hội Khuyến học {name[0].lower()}{name[1:]}"
            self._associations[unit.path] = self._nursery.plant(
                unit, UnitKind.ASSOCIATION, f"{code}-HKH", called, self._day
            )
        return unit

    def pass_on(self, old: Unit, parts: Sequence[tuple[Unit, frozenset[str], bool]]) -> None:
        """``parts``: each new unit, the codes of the units that go there, and whether it takes the rest."""
        rest = next((new for new, _along, takes in parts if takes or len(parts) == 1), None)
        self._pair(old, [new for new, *_said in parts], rest)
        for child in self._beneath.get(old.path, []):
            if child.code in self._passing:
                continue
            associations = [self._associations.get(new.path) for new, *_said in parts]
            if child.kind == UnitKind.ASSOCIATION and all(associations):
                own = [
                    (one, along, takes) for one, (_new, along, takes) in zip(associations, parts, strict=True) if one
                ]
                self.pass_on(child, own)
                continue
            heir = next((new for new, along, _takes in parts if child.code in along), rest)
            if heir:
                self._copy(child, heir)

    def end(self, unit: Unit) -> None:
        self._closed.append(unit)

    def carry_out(self) -> dict[str, Any]:
        """What ``take_back`` needs, in values that JSON knows."""
        self._nursery.bed_out()
        UnitSuccession.objects.bulk_create(
            UnitSuccession(old_id=old.pk, new_id=new.pk, extent=extent) for old, new, extent in self._pairs
        )
        closed = [unit.pk for unit in self._closed]
        until = {str(unit.pk): unit.valid_to.isoformat() for unit in self._closed if unit.valid_to}
        Unit.objects.filter(pk__in=closed).update(valid_to=self._day)
        heirs = {old.pk: new.pk for old, new in self._whole}
        planted = set(
            Unit.objects.filter(valid_from=self._day, predecessors__old__in=closed).values_list("pk", flat=True)
        )
        return {
            "day": self._day.isoformat(),
            "closed": closed,
            "until": until,
            "planted": sorted(planted),
            "heirs": list(heirs.items()),
            "people": _move_people(heirs, self._day),
            "followed": follow(heirs, self._day),
        }

    def _own(self, unit: Unit) -> Unit:
        """The nursery's: it counts children in memory."""
        return self._nursery.units.get((unit.code, unit.valid_from), unit)

    def _pair(self, old: Unit, heirs: list[Unit], rest: Unit | None) -> None:
        extent = UnitSuccession.Extent.WHOLE if len(heirs) == 1 else UnitSuccession.Extent.PART
        self._pairs += [(old, heir, extent) for heir in heirs]
        self._closed.append(old)
        if rest:
            self._whole.append((old, rest))

    def _copy(self, unit: Unit, parent: Unit) -> None:
        copied = self._nursery.plant(parent, UnitKind(unit.kind), unit.code, unit.name, self._day, unit.valid_to)
        self._pair(unit, [copied], copied)
        for child in self._beneath.get(unit.path, []):
            if child.code not in self._passing:
                self._copy(child, copied)


def take_back(done: dict[str, Any]) -> None:
    """Raises RefusedError where something new hangs on the new units."""
    day = datetime.date.fromisoformat(done["day"])
    heirs = dict(done["heirs"])
    planted = Unit.objects.filter(pk__in=done["planted"])
    _require_nothing_beneath(planted, done["planted"])
    follow_back(done["followed"], heirs)
    _move_people_back(heirs, day)
    for forget in following.forgetting:
        forget(done["planted"])
    UnitSuccession.objects.filter(old__in=done["closed"], new__in=done["planted"]).delete()
    Unit.objects.filter(pk__in=done["closed"]).update(valid_to=None)
    for unit_text, until in done.get("until", {}).items():
        Unit.objects.filter(pk=unit_text).update(valid_to=datetime.date.fromisoformat(until))
    try:
        planted.delete()
    except ProtectedError as hanging:
        what = sorted({str(row._meta.verbose_name) for row in hanging.protected_objects})
        raise RefusedError(
            _("It cannot be undone: something new hangs on the new units: %(what)s.") % {"what": ", ".join(what)}
        ) from hanging


def _require_nothing_beneath(planted: Any, keys: list[int]) -> None:
    for unit in planted:
        if younger := Unit.objects.below(unit).exclude(pk__in=keys).first():
            raise RefusedError(_("It cannot be undone: “%(name)s” was added since.") % {"name": younger.name})


def _move_people(heirs: dict[int, int], day: datetime.date) -> int:
    """Each role ends on the day and begins in the heir, once where it was held in two that became one: for the
    longer of both. How many."""
    there = Membership.objects.filter(standing_on(day), unit__in=list(heirs), valid_from__lt=day)
    later = Membership.objects.filter(unit__in=list(heirs), valid_from__gte=day)  # these follow as they are
    held = {(person, heirs[unit], role) for person, unit, role in later.values_list("person_id", "unit_id", "role")}
    ending: list[int] = []
    longest = there.order_by(F("valid_to").desc(nulls_first=True), "pk")
    begun = (_begun(role, heirs[role.unit_id], day, held, ending) for role in longest.iterator(_CHUNK))
    new = filter(None, begun)
    while chunk := list(islice(new, _CHUNK)):
        Membership.objects.bulk_create(chunk)
    for start in range(0, len(ending), _CHUNK):
        Membership.objects.filter(pk__in=ending[start : start + _CHUNK]).update(valid_to=day)
    return len(ending)


def _begun(
    role: Membership, heir: int, day: datetime.date, held: set[tuple[int, int, str]], ending: list[int]
) -> Membership | None:
    ending.append(role.pk)
    key = (role.person_id, heir, role.role)
    if key in held:
        return None
    held.add(key)
    return Membership(
        person_id=role.person_id, unit_id=heir, role=role.role, is_self_declared=role.is_self_declared,
        valid_from=day, valid_to=role.valid_to,
    )  # fmt: skip


def _move_people_back(heirs: dict[int, int], day: datetime.date) -> None:
    """By what stands: whose role ended since, has it ended where it was before too."""
    begun = Membership.objects.filter(unit__in=set(heirs.values()), valid_from=day)
    until = {(role.person_id, role.unit_id, role.role): role for role in begun.iterator(_CHUNK)}
    gone: set[int] = set()
    back: list[Membership] = []
    for role in Membership.objects.filter(unit__in=list(heirs), valid_to=day).iterator(_CHUNK):
        if made := until.get((role.person_id, heirs[role.unit_id], role.role)):
            role.valid_to = made.valid_to
            gone.add(made.pk)
            back.append(role)
    Membership.objects.bulk_update(back, ["valid_to"], batch_size=_CHUNK // 4)
    keys = sorted(gone)
    for start in range(0, len(keys), _CHUNK):
        Membership.objects.filter(pk__in=keys[start : start + _CHUNK]).delete()
