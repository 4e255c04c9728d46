"""Sealing: what waits becomes leaves of the log, and a signed checkpoint stands over them. Checkpoints go out, so that
others hold what the database alone could not prove.

Off the learner's path, in batches; a batch is one transaction. The checkpoint is its own record.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Sequence
from itertools import count
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.db.models import Model, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from learning.evidence.ledger.log import (
    SALT_BYTES,
    contents,
    hash_of_leaf,
    hashes,
    previous_key,
    public_text,
    signed,
    signing_key,
    tree,
)
from learning.evidence.ledger.merkle import LEVELS, TILE, tree_hash
from learning.evidence.ledger.queue import is_vouched
from learning.evidence.ledger.verifier import EMPTY_ROOT, digest_of
from learning.evidence.models import Checkpoint, Leaf, LedgerKey, Node, Salt, Unsealed
from learning.evidence.registries.seals import Payload
from membership.models import Membership, Role, User

BATCH = 1000
_ACTION = "evidence.send_checkpoint"


def seal(*, at: datetime.datetime, until: datetime.datetime | None = None) -> list[Checkpoint]:
    """Seals all that waits, in the order in which it was recorded. Idempotent: with nothing waiting it does nothing.

    ``until`` leaves what was recorded later for another time. Several at once take turns.
    """
    checkpoints = []
    while (checkpoint := _seal_batch(at.replace(microsecond=0), until)) is not None:
        checkpoints.append(checkpoint)
    return checkpoints


@transaction.atomic
def send_checkpoint(*, at: datetime.datetime) -> int:
    """Mails the latest checkpoint to each province officer; gives to how many. A checkpoint goes out once."""
    checkpoint = Checkpoint.objects.order_by("-number").first()
    if checkpoint is None or checkpoint.number <= _last_sent():
        return 0
    addresses = _addresses(timezone.localdate(at))
    log(
        instance=checkpoint, action=_ACTION, title=str(checkpoint.number), data={"number": checkpoint.number}
    )  # fmt: skip
    with override(settings.LANGUAGE_CODE):
        for address in addresses:
            _mail(checkpoint, address).send()
    return len(addresses)


@transaction.atomic
def _seal_batch(at: datetime.datetime, until: datetime.datetime | None) -> Checkpoint | None:
    key = _standing_key(at)
    queue = Unsealed.objects.not_in_log()
    if until:
        queue = queue.filter(recorded_at__lte=until)
    entries, payloads = _first_of(queue.order_by("recorded_at", "entry_id"))
    if not entries:
        return None
    last = Checkpoint.objects.order_by("-number").first()
    size = last.size if last else 0
    leaves = _append(entries, payloads, size)
    _grow_nodes(leaves, size)
    Unsealed.objects.filter(pk__in=[entry.pk for entry in entries]).delete()
    return _sign(last, size + len(entries), key, at)


def _standing_key(at: datetime.datetime) -> LedgerKey:
    """The key in use, locked: who else seals waits here. The key before vouches for a new one, if it is there."""
    key, before = signing_key(), previous_key()
    standing = LedgerKey.objects.select_for_update().filter(key_id=key.key_id).first()
    if standing is not None:
        return standing
    last = LedgerKey.objects.order_by("-since").first()
    is_vouched = last is not None and before is not None and before.key_id == last.key_id
    LedgerKey.objects.get_or_create(
        key_id=key.key_id,
        defaults={
            "public_key": public_text(key.public),
            "since": at,
            "vouched_by": last if is_vouched else None,
            "vouching": before.vouch_for(key.public) if is_vouched and before else "",
        },
    )
    return LedgerKey.objects.select_for_update().get(key_id=key.key_id)


def _first_of(queue: QuerySet[Unsealed]) -> tuple[list[Unsealed], dict[UUID, Payload]]:
    """The first entries that can be sealed, with what they say. Past are left those that the site did not put there,
    and those whose row is gone: ``ledger_verify`` names them."""
    for start in count(0, BATCH):
        page = list(queue[start : start + BATCH])
        waiting = [entry for entry in page if is_vouched(entry)]
        payloads = contents(waiting)
        if payloads or not page:
            return [entry for entry in waiting if entry.entry_id in payloads], payloads
    raise AssertionError("a queue ends")


def _append(entries: list[Unsealed], payloads: dict[UUID, Payload], size: int) -> list[bytes]:
    """Writes leaves and salts from the index on; gives the leaves' hashes."""
    salts = [Salt(entry_id=entry.entry_id, value=os.urandom(SALT_BYTES)) for entry in entries]
    leaves = [
        Leaf(
            index=index,
            entry_id=entry.entry_id,
            kind=entry.kind,
            recorded_at=entry.recorded_at,
            digest=bytes.fromhex(digest_of(bytes(salt.value), payloads[entry.entry_id])),
        )
        for index, (entry, salt) in enumerate(zip(entries, salts, strict=True), start=size)
    ]
    _insert(Salt, salts)
    _insert(Leaf, leaves)
    return [hash_of_leaf(leaf.entry_id, leaf.kind, leaf.recorded_at, bytes(leaf.digest)) for leaf in leaves]


def _insert(model: type[Model], rows: Sequence[Model]) -> None:
    """Many rows at once: on PostgreSQL as one array for each column, twice as fast as values one by one."""
    if connection.vendor != "postgresql":
        model._default_manager.bulk_create(rows)
        return
    fields = model._meta.concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    arrays = ", ".join(f"%s::{field.db_type(connection)}[]" for field in fields)
    values = [[getattr(row, field.attname) for row in rows] for field in fields]
    statement = f'INSERT INTO "{model._meta.db_table}" ({columns}) SELECT * FROM unnest({arrays})'  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _grow_nodes(new: list[bytes], start: int) -> None:
    """Each 256 hashes that became whole give one a storey above, up to the top."""
    below = 0
    for level in LEVELS:
        first = start - start % TILE
        full = [*hashes(below, first, start - first), *new]
        new = [tree_hash(full[begin : begin + TILE]) for begin in range(0, len(full) - TILE + 1, TILE)]
        start, below = first // TILE, level
        Node.objects.bulk_create(
            Node(level=level, position=position, hash=value) for position, value in enumerate(new, start=start)
        )
        if not new:
            return


def _sign(last: Checkpoint | None, size: int, key: LedgerKey, at: datetime.datetime) -> Checkpoint:
    checkpoint = Checkpoint(
        number=last.number + 1 if last else 1,
        size=size,
        root=tree().root(size),
        previous_root=last.root if last else EMPTY_ROOT,
        sealed_at=max(at, last.sealed_at) if last else at,
        key=key,
    )
    checkpoint.signature = signing_key().sign(signed(checkpoint).body.encode())
    checkpoint.save(force_insert=True)
    return checkpoint


def _last_sent() -> int:
    entry = ModelLogEntry.objects.filter(action=_ACTION).order_by("-timestamp", "-pk").first()
    return int(entry.data["number"]) if entry else 0


def _addresses(day: datetime.date) -> list[str]:
    officers = Membership.objects.on(day).filter(role=Role.PROVINCE_OFFICER).values("person")
    users = User.objects.filter(person__in=officers, is_active=True).exclude(email="")
    return list(users.order_by("pk").values_list("email", flat=True))


def _mail(checkpoint: Checkpoint, address: str) -> EmailMessage:
    context = {
        "text": signed(checkpoint).text,
        "checkpoint": checkpoint,
        "address": f"{settings.BASE_URL}{reverse('evidence:register')}",
    }
    day = timezone.localtime(checkpoint.sealed_at).strftime("%d/%m/%Y")
    subject = _("Seal of the ledger of %(day)s") % {"day": day}
    return EmailMessage(subject, render_to_string("evidence/mail/checkpoint.txt", context), to=[address])
