"""What of people and units the log seals: that two records are one person's, that somebody is to be erased, that a
decree on units was carried out or taken back, and what was done to one unit."""

from collections.abc import Iterator, Sequence

from django.db.models import Exists, OuterRef, QuerySet

from learning.evidence.ledger.log import moment
from learning.evidence.models import ErasureOrder
from learning.evidence.registries.seals import Fault, Payload, SealedKind
from membership.models import DecreeAct, Person, Unit, UnitAct, UnitSuccession


def lost_successions() -> Iterator[Fault]:
    """What decrees that stand did, and units do not say any more."""
    for act in _standing_decrees().iterator():
        kept = UnitSuccession.objects.filter(new__valid_from=act.day).values_list("old__code", "new__code", "extent")
        passed = {tuple(said) for said in act.units if len(said) > 1}
        for old, new, _extent in sorted(passed.difference(kept)):
            yield Fault(f"decree {act.pk}", f"“{old}” no longer lives on in “{new}” as the decree had it")


def altered_units() -> Iterator[Fault]:
    """Units that are not as what was last done to them left them. A decree may have ended them since."""
    last = {act.unit: act for act in UnitAct.objects.iterator()}
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=last)}
    keys = dict(Unit.objects.order_by().values_list("path", "pk"))
    ended = {said[0] for act in _standing_decrees() for said in act.units}
    for key, act in sorted(last.items()):
        unit = units.get(key)
        if (unit is None) != (act.kind == UnitAct.Kind.REMOVED):
            yield Fault(f"unit {act.code}", "was added or removed past the site")
        if unit is None or act.kind == UnitAct.Kind.REMOVED:
            continue
        until = None if act.until is None and unit.code in ended else unit.valid_to
        now = {"code": unit.code, "name": unit.name, "unit_kind": unit.kind, "since": unit.valid_from, "until": until}
        now["parent"] = keys.get(unit.path[: -Unit.steplen])
        for field, value in now.items():
            if value != getattr(act, field):
                yield Fault(f"unit {act.code}", f"{field} is {value}, and was {getattr(act, field)} when it was sealed")


def _standing_decrees() -> QuerySet[DecreeAct]:
    acts, kinds = DecreeAct.objects.filter(decree=OuterRef("decree"), pk__gt=OuterRef("pk")), DecreeAct.Kind
    return DecreeAct.objects.filter(kind=kinds.CARRIED_OUT).exclude(Exists(acts.filter(kind=kinds.TAKEN_BACK)))


def _merged() -> QuerySet[Person]:
    return Person.objects.filter(merged_into__isnull=False)


def _merges(rows: Sequence[int]) -> dict[int, Payload]:
    return {
        row: {"person": row, "merged_into": into}
        for row, into in Person.objects.filter(pk__in=rows).values_list("pk", "merged_into")
    }


def _orders(rows: Sequence[int]) -> dict[int, Payload]:
    return {
        order.pk: {
            "id": order.pk,
            "person": order.person_id,
            "ordered_at": moment(order.ordered_at),
            "ordered_by": order.ordered_by_id,
        }
        for order in ErasureOrder.objects.filter(pk__in=rows)
    }


def _acts(rows: Sequence[int]) -> dict[int, Payload]:
    return {
        act.pk: {
            "id": act.pk,
            "decree": str(act.decree),
            "kind": act.kind,
            "file": act.file,
            "day": act.day.isoformat(),
            "units": act.units,
            "called": act.called,
            "lines": act.lines_digest,
            "by": act.by_id,
            "at": moment(act.at),
        }
        for act in DecreeAct.objects.filter(pk__in=rows).order_by()
    }


def _unit_acts(rows: Sequence[int]) -> dict[int, Payload]:
    return {
        act.pk: {
            "id": act.pk,
            "kind": act.kind,
            "unit": act.unit,
            "code": act.code,
            "name": act.name,
            "unit_kind": act.unit_kind,
            "parent": act.parent,
            "since": act.since.isoformat(),
            "until": act.until and act.until.isoformat(),
            "day": act.day and act.day.isoformat(),
            "by": act.by_id,
            "at": moment(act.at),
        }
        for act in UnitAct.objects.filter(pk__in=rows).order_by()
    }


MERGE = SealedKind("merge", 1, _merged, _merges)
ORDER = SealedKind("order", 2, ErasureOrder.objects.all, _orders)
DECREE = SealedKind("decree", 8, DecreeAct.objects.all, _acts)
UNIT = SealedKind("unit", 9, UnitAct.objects.all, _unit_acts)
