"""What of people the log seals: that two records are one person's, and that somebody is to be erased."""

from collections.abc import Sequence

from django.db.models import QuerySet

from learning.evidence.ledger.log import moment
from learning.evidence.models import ErasureOrder
from learning.evidence.registries.seals import Payload, SealedKind
from membership.models import Person


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


MERGE = SealedKind("merge", 1, _merged, _merges)
ORDER = SealedKind("order", 2, ErasureOrder.objects.all, _orders)
