"""What stays of a decree that was carried out or taken back, and of what was done to one unit, whatever becomes of the
units: one row for each act."""

import datetime
import hashlib
import json
from collections.abc import Sequence
from typing import Any

from intake.models import Import, ImportLine
from membership.models import DecreeAct, Unit, UnitAct, UnitSuccession, User
from membership.signals import decree_acted, units_acted


def keep_act(
    *, kind: DecreeAct.Kind, batch: Import, lines: Sequence[ImportLine], done: dict[str, Any], by: User,
    at: datetime.datetime,
) -> DecreeAct:  # fmt: skip
    """``done``: what carrying it out gave. Called while its units stand: after carrying out, before taking back."""
    act = DecreeAct.objects.create(
        decree=batch.pk, kind=kind, file=batch.name, day=datetime.date.fromisoformat(done["day"]),
        units=_units(done["closed"], done["planted"]), called=[one for line in lines for one in _called(line)],
        lines_digest=_digest(lines), by=by, at=at,
    )  # fmt: skip
    decree_acted.send(sender=DecreeAct, act_id=act.pk, at=at)
    return act


def keep_unit_acts(
    *, kind: UnitAct.Kind, units: Sequence[Unit], by: User | None, at: datetime.datetime,
    day: datetime.date | None = None,
) -> None:  # fmt: skip
    """Called once it is done; where units are removed, while they stand."""
    above = {unit.path[: -Unit.steplen] for unit in units}
    parents = dict(Unit.objects.filter(path__in=above).order_by().values_list("path", "pk"))
    acts = UnitAct.objects.bulk_create(
        UnitAct(
            kind=kind, unit=unit.pk, code=unit.code, name=unit.name, unit_kind=unit.kind,
            parent=parents.get(unit.path[: -Unit.steplen]), since=unit.valid_from, until=unit.valid_to, day=day, by=by,
            at=at,
        )
        for unit in units
    )  # fmt: skip
    units_acted.send(sender=UnitAct, act_ids=[act.pk for act in acts], at=at)


def keep_removals(units: Sequence[int], by: User, at: datetime.datetime) -> None:
    """Of those that a decree made, and with which acts of their own go when it is taken back."""
    touched = UnitAct.objects.filter(unit__in=units).order_by().values("unit")
    gone = list(Unit.objects.filter(pk__in=touched))
    keep_unit_acts(kind=UnitAct.Kind.REMOVED, units=gone, by=by, at=at)


def _units(closed: Sequence[int], planted: Sequence[int]) -> list[list[str]]:
    pairs = UnitSuccession.objects.filter(old__in=closed, new__in=planted)
    passed = pairs.order_by("old__code", "new__code").values_list("old", "old__code", "new__code", "extent")
    heirless = Unit.objects.filter(pk__in=set(closed) - {old for old, *_said in passed}).order_by("code")
    return [*(list(said) for _old, *said in passed), *([code] for code in heirless.values_list("code", flat=True))]


def _called(line: ImportLine) -> list[Any]:
    return list((line.content or {}).get("called", []))


def _digest(lines: Sequence[ImportLine]) -> str:
    """Of what the file says, without what was noted beside it when it was carried out."""
    said = [[line.line, {name: value for name, value in line.content.items() if name != "called"}] for line in lines]
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
