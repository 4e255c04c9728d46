"""What of people and units the log seals: that two records are one person's, that somebody is to be erased, and that a
decree on units was carried out or taken back."""

from collections.abc import Iterator, Sequence

from django.db.models import Exists, OuterRef, QuerySet

from learning.evidence.ledger.log import moment
from learning.evidence.models import ErasureOrder
from learning.evidence.registries.seals import Fault, Payload, SealedKind
from membership.models import DecreeAct, Person, UnitSuccession


def lost_successions() -> Iterator[Fault]:
    """What decrees that stand did, and units do not say any more."""
    acts, kinds = DecreeAct.objects.filter(decree=OuterRef("decree"), pk__gt=OuterRef("pk")), DecreeAct.Kind
    standing = DecreeAct.objects.filter(kind=kinds.CARRIED_OUT).exclude(Exists(acts.filter(kind=kinds.TAKEN_BACK)))
    for act in standing.iterator():
        kept = UnitSuccession.objects.filter(new__valid_from=act.day).values_list("old__code", "new__code", "extent")
        passed = {tuple(said) for said in act.units if len(said) > 1}
        for old, new, _extent in sorted(passed.difference(kept)):
            yield Fault(f"decree {act.pk}", f"“{old}” no longer lives on in “{new}” as the decree had it")


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


MERGE = SealedKind("merge", 1, _merged, _merges)
ORDER = SealedKind("order", 2, ErasureOrder.objects.all, _orders)
DECREE = SealedKind("decree", 8, DecreeAct.objects.all, _acts)
