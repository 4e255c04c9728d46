"""Telling people something. It is a row or two in the transaction at hand: what goes out by which channel is settled
later, in the background, so that no page waits for it."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q

from membership.models import Person
from notices.models import Notice
from notices.registries.kinds import Kind

_BATCH = 500


@dataclass(frozen=True, kw_only=True)
class Told:
    """To whom, and what; ``key`` names the event. The rest as in ``models.Notice``."""

    person_id: int
    key: str
    subject: int | None = None
    values: Mapping[str, str | int] = field(default_factory=dict)
    address: str = ""
    circular_id: int | None = None


@transaction.atomic
def tell(*, kind: Kind, told: Iterable[Told], at: datetime.datetime) -> int:
    """One event, one notice a person, however often it is told; how many are new. Who was erased hears nothing, nor
    does, but for what they are owed, who asked that nothing more be written about them; of merged records the one that
    stayed hears it."""
    count = 0
    waiting = list(told)
    for start in range(0, len(waiting), _BATCH):
        batch = waiting[start : start + _BATCH]
        heard_by = _listeners(kind, {one.person_id for one in batch})
        known = _known(kind, heard_by.values(), batch)
        new = {
            (heard_by[one.person_id], one.key): one
            for one in batch
            if one.person_id in heard_by and (heard_by[one.person_id], one.key) not in known
        }
        rows = [_row(kind, person, one, at) for (person, _key), one in new.items()]
        Notice.objects.bulk_create(rows, ignore_conflicts=True)
        count += len(rows)
    return count


def _listeners(kind: Kind, people: set[int]) -> dict[int, int]:
    """By person, whose record it is now."""
    reached = Person.objects.filter(pk__in=people, erased_at=None)
    if not kind.is_owed:
        reached = reached.filter(Q(withdrawn_at=None) & (Q(merged_into=None) | Q(merged_into__withdrawn_at=None)))
    return {person: into or person for person, into in reached.values_list("pk", "merged_into")}


def _known(kind: Kind, people: Iterable[int], batch: Iterable[Told]) -> set[tuple[int, str]]:
    keys = {one.key for one in batch}
    told = Notice.objects.filter(kind=kind.key, person__in=set(people), key__in=keys)
    return set(told.values_list("person", "key"))


def _row(kind: Kind, person: int, one: Told, at: datetime.datetime) -> Notice:
    return Notice(
        person_id=person,
        kind=kind.key,
        key=one.key,
        subject=one.subject,
        values=dict(one.values),
        address=one.address,
        circular_id=one.circular_id,
        at=at,
    )
