"""Two records of one person become one, and a person is erased."""

import datetime

from django.db import transaction

from learning.calls.models import Called
from membership.models import Person, User


@transaction.atomic
def move_calls(*, duplicate: Person, into: Person, by: User | None, at: datetime.datetime) -> None:
    """Of two rows of one call that of the record that stays counts. Idempotent."""
    held = list(Called.objects.filter(person=into).values_list("call", flat=True))
    theirs = Called.objects.filter(person=duplicate)
    theirs.filter(call__in=held).delete()
    theirs.update(person=into)


@transaction.atomic
def erase_calls(*, person_ids: list[int]) -> None:
    """Part of an erasure. Run twice it finds nothing left."""
    Called.objects.filter(person__in=person_ids).delete()
