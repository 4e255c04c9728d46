"""What is to be sealed beside evidence: rows that were written or changed, and, once for each kind, those that stood
before it was sealed. The log is their record."""

import datetime
from collections.abc import Iterable

from django.db import transaction

from learning.evidence.ledger.keys import key_of_later, keys_of, new_key
from learning.evidence.ledger.queue import is_vouched, waiting
from learning.evidence.ledger.rows import has_begun, rows_in_log
from learning.evidence.models import Entry, LedgerKey, Salt, Unsealed
from learning.evidence.registries.seals import SEALED, SealedKind, key_chunks

_CHUNK = 5000


def await_sealing(*, kind: str, rows: Iterable[int], at: datetime.datetime) -> None:
    """Called within the action that wrote or changed the rows: what they say at its end is sealed within a minute."""
    number = SEALED[kind].number
    Unsealed.objects.bulk_create(waiting(new_key(number, row), kind, at) for row in rows)


def seal_without_words(*, kind: str, rows: Iterable[int], at: datetime.datetime) -> None:
    """Called by an erasure, which took words or codes out of the rows: what is left is sealed anew. The salts of what
    they said before go, so that nobody can try words on those leaves."""
    listed = list(rows)
    hold_log()
    for row in listed:
        Salt.objects.filter(entry_id__range=keys_of(SEALED[kind].number, row, row)).delete()
    await_sealing(kind=kind, rows=listed, at=at)


def hold_log() -> None:
    """Until the transaction ends nobody seals: what is being erased cannot be sealed meanwhile."""
    list(LedgerKey.objects.select_for_update().order_by("pk").values_list("pk"))


def begin_sealing(*, at: datetime.datetime) -> int:
    """Takes up what stood before its kind was sealed; tells how many rows. An entry of the log says from where on a
    kind is sealed when it is written, so this is done once; interrupted, it goes on. Where somebody hides that entry,
    what is taken up again bears a moment after it, which ``ledger_verify`` names."""
    return sum(_take_up(kind, at) for kind in SEALED.values() if not has_begun(kind.number))


def vouch_for_waiting() -> int:
    """For what was put into the queue before there were vouchers, or under a key that was lost; tells for how many.
    Only somebody who looked at the queue asks for it."""
    foreign = [row for row in Unsealed.objects.all() if not is_vouched(row)]
    rows = [waiting(row.entry_id, row.kind, row.recorded_at) for row in foreign]
    Unsealed.objects.bulk_update(rows, ["voucher"], batch_size=500)
    return len(rows)


def _take_up(kind: SealedKind, at: datetime.datetime) -> int:
    taken = 0
    for chunk in key_chunks(kind.rows(), _CHUNK):
        with transaction.atomic():
            hold_log()
            standing = rows_in_log(kind, chunk[0], chunk[-1])
            new = [waiting(key_of_later(kind.number, row), kind.key, at) for row in chunk if row not in standing]
            Unsealed.objects.bulk_create(new, batch_size=_CHUNK)
        taken += len(new)
    opening = waiting(key_of_later(0, kind.number), Entry.OPENING, at)
    Unsealed.objects.bulk_create([opening], ignore_conflicts=True)
    return taken
