"""Units that live on in new ones from a day: planted, paired, closed; their people and all else go along. And back."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
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
_Key = tuple[int, int, str]
_ByEnd = dict[str, list[int]]


class Succeeding:
    """What one decree does; written together by ``carry_out``."""

    def __init__(self, day: datetime.date, units: Iterable[Unit], passing: set[str]) -> None:
        self._day, self._passing = day, passing
        self._nursery = Nursery()
        self._beneath: dict[str, list[Unit]] = {}
        for unit in units:
            self._beneath.setdefault(unit.path[: -unit.steplen], []).append(self._own(unit))
        self._associations: dict[str, Unit] = {}
        self._ends: dict[str, list[datetime.date | None]] = {}
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
                for one in filter(None, associations):
                    self._ends.setdefault(one.path, []).append(child.valid_to)
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
        for association in self._associations.values():
            ends = self._ends.get(association.path, [])
            association.valid_to = max((end for end in ends if end), default=None) if all(ends) else None
        self._nursery.bed_out()
        UnitSuccession.objects.bulk_create(
            UnitSuccession(old_id=old.pk, new_id=new.pk, extent=extent) for old, new, extent in self._pairs
        )
        closed = [unit.pk for unit in self._closed]
        until = {str(unit.pk): unit.valid_to.isoformat() for unit in self._closed if unit.valid_to}
        Unit.objects.filter(pk__in=closed).update(valid_to=self._day)
        heirs = {old.pk: new.pk for old, new in self._whole}
        roles = _move_people(heirs, self._day)
        planted = set(
            Unit.objects.filter(valid_from=self._day, predecessors__old__in=closed).values_list("pk", flat=True)
        )
        return {
            "day": self._day.isoformat(),
            "closed": closed,
            "until": until,
            "planted": sorted(planted),
            "heirs": list(heirs.items()),
            "people": sum(map(len, roles["ended"].values())),
            "roles": roles,
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
    heirs = dict(done["heirs"])
    planted = Unit.objects.filter(pk__in=done["planted"])
    _require_nothing_beneath(planted, done["planted"])
    closed_since = dict(planted.exclude(valid_to=None).values_list("pk", "valid_to"))
    _move_people_back(done["roles"], heirs)
    follow_back(done["followed"], heirs)
    for forget in following.forgetting:
        forget(done["planted"])
    UnitSuccession.objects.filter(old__in=done["closed"], new__in=done["planted"]).delete()
    Unit.objects.filter(pk__in=done["closed"]).update(valid_to=None)
    ends = {int(unit): datetime.date.fromisoformat(until) for unit, until in done.get("until", {}).items()}
    ends |= {old: closed_since[heir] for old, heir in heirs.items() if heir in closed_since}
    for unit, until in ends.items():
        Unit.objects.filter(pk=unit).update(valid_to=until)
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


def _move_people(heirs: dict[int, int], day: datetime.date) -> dict[str, _ByEnd]:
    """Each role ends on the day and begins in the heir, once where it was held in two that became one: for the
    longer of both, or until one that begins later, follows as it is and lasts as long. Which, by the ends they had."""
    there = Membership.objects.filter(standing_on(day), unit__in=list(heirs), valid_from__lt=day)
    later = _beginning_later(heirs, day)
    moved: dict[str, _ByEnd] = {"ended": {}, "begun": {}, "taking_over": {}}
    held: set[_Key] = set()
    longest = there.order_by(F("valid_to").desc(nulls_first=True), "pk").iterator(_CHUNK)
    while chunk := list(islice(longest, _CHUNK)):
        # Of those with one key in the chunk the first stands last, and so in the dictionary.
        first = {_key(role, heirs): role for role in reversed(chunk) if _key(role, heirs) not in held}.values()
        held |= {_key(role, heirs) for role in chunk}
        over = {role.pk: _taking_over(role, later.get(_key(role, heirs), [])) for role in first}
        begun = (_begun(role, heirs[role.unit_id], day, over[role.pk]) for role in first)
        made = Membership.objects.bulk_create(filter(None, begun))
        for name, roles in (("ended", chunk), ("begun", made), ("taking_over", filter(None, over.values()))):
            _note(moved[name], roles)
    for keys in _chunks(moved["ended"]):
        Membership.objects.filter(pk__in=keys).update(valid_to=day)
    return moved


def _beginning_later(heirs: dict[int, int], day: datetime.date) -> dict[_Key, list[Membership]]:
    later: dict[_Key, list[Membership]] = {}
    there = Membership.objects.filter(unit__in=list(heirs), valid_from__gte=day)
    for role in there.order_by("valid_from", "pk").iterator(_CHUNK):
        later.setdefault(_key(role, heirs), []).append(role)
    return later


def _key(role: Membership, heirs: dict[int, int]) -> _Key:
    return role.person_id, heirs.get(role.unit_id, role.unit_id), role.role


def _taking_over(role: Membership, later: list[Membership]) -> Membership | None:
    until = _end(role.valid_to)
    return next((one for one in later if one.valid_from < until <= _end(one.valid_to)), None)


def _begun(role: Membership, heir: int, day: datetime.date, over: Membership | None) -> Membership | None:
    until = over.valid_from if over else role.valid_to
    if until == day:
        return None
    return Membership(
        person_id=role.person_id, unit_id=heir, role=role.role, is_self_declared=role.is_self_declared,
        valid_from=day, valid_to=until,
    )  # fmt: skip


def _move_people_back(moved: dict[str, _ByEnd], heirs: dict[int, int]) -> None:
    """By what stands: what was ended or prolonged since in the heir, has been where it was before too."""
    since: dict[_Key, list[tuple[datetime.date, datetime.date]]] = {}
    for name in ("begun", "taking_over"):
        for role, until in _noted(moved[name]):
            since.setdefault(_key(role, heirs), []).append((until, _end(role.valid_to)))
    back: list[Membership] = []
    for role, until in _noted(moved["ended"]):
        if _key(role, heirs) in since:
            end = _end_again(until, since[_key(role, heirs)])
            role.valid_to = None if end == datetime.date.max else end
            back.append(role)
    for keys in _chunks(moved["begun"]):
        Membership.objects.filter(pk__in=keys).delete()
    Membership.objects.bulk_update(back, ["valid_to"], batch_size=_CHUNK // 4)


def _end_again(until: datetime.date, since: list[tuple[datetime.date, datetime.date]]) -> datetime.date:
    for planned, now in since:
        if now < planned:
            until = min(until, now)
        elif until == planned:
            until = now
    return until


def _end(until: datetime.date | None) -> datetime.date:
    return until or datetime.date.max


def _note(by_end: _ByEnd, roles: Iterable[Membership]) -> None:
    for role in roles:
        by_end.setdefault(_end(role.valid_to).isoformat(), []).append(role.pk)


def _noted(by_end: _ByEnd) -> Iterator[tuple[Membership, datetime.date]]:
    """The roles that are still there, each with the end that it had."""
    ends = {pk: datetime.date.fromisoformat(until) for until, keys in by_end.items() for pk in keys}
    for keys in _chunks(by_end):
        for role in Membership.objects.filter(pk__in=keys):
            yield role, ends[role.pk]


def _chunks(by_end: _ByEnd) -> Iterator[list[int]]:
    keys = (pk for some in by_end.values() for pk in some)
    while chunk := list(islice(keys, _CHUNK)):
        yield chunk
