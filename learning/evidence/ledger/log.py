"""The sealed log as it is read: what a leaf is of, tiles, checkpoints as texts, proofs; and the key that signs, which
stands in the environment, never in the database that it guards.
"""

from __future__ import annotations

import base64
import datetime
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from learning.evidence.ledger.keys import row_of
from learning.evidence.ledger.merkle import Tree
from learning.evidence.ledger.verifier import SignedCheckpoint, canonical, key_id, leaf_hash
from learning.evidence.models import Checkpoint, Entry, Erasure, Evidence, EvidenceFile, Leaf, Node, Salt, Unsealed
from learning.evidence.registries.seals import SEALED, Payload

_VOUCHING = b"cong-dan-hoc-tap ledger key v1\n"
_QUEUEING = b"cong-dan-hoc-tap ledger queue v1\n"
SALT_BYTES = 16


@dataclass(frozen=True)
class SigningKey:
    private: Ed25519PrivateKey

    @property
    def public(self) -> bytes:
        return self.private.public_key().public_bytes_raw()

    @property
    def key_id(self) -> str:
        return key_id(self.public)

    @cached_property
    def queue_secret(self) -> bytes:
        """By which the site knows what it put into the queue itself."""
        return hashlib.sha256(_QUEUEING + self.private.private_bytes_raw()).digest()

    def sign(self, message: bytes) -> str:
        """In base64."""
        return base64.b64encode(self.private.sign(message)).decode()

    def vouch_for(self, public_key: bytes) -> str:
        """The signature by which this key hands over to the next."""
        return self.sign(vouching_text(public_key))


def vouching_text(public_key: bytes) -> bytes:
    return _VOUCHING + public_key


def signing_key() -> SigningKey:
    """The key of ``LEDGER_SIGNING_KEY``; in development one that follows from the secret key."""
    if settings.LEDGER_SIGNING_KEY:
        return _read(settings.LEDGER_SIGNING_KEY)
    return _key_from(hashlib.sha256(settings.SECRET_KEY.encode()).digest())


def previous_key() -> SigningKey | None:
    """The key of ``LEDGER_PREVIOUS_KEY``, set while one key hands over to the next."""
    return _read(settings.LEDGER_PREVIOUS_KEY) if settings.LEDGER_PREVIOUS_KEY else None


def new_key() -> tuple[str, str]:
    """A fresh pair, private and public, in base64."""
    key = SigningKey(Ed25519PrivateKey.generate())
    return base64.b64encode(key.private.private_bytes_raw()).decode(), public_text(key.public)


def public_text(public_key: bytes) -> str:
    return base64.b64encode(public_key).decode()


def moment(at: datetime.datetime) -> str:
    """In UTC with microseconds: the same text on every database."""
    return at.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def evidence_payload(evidence: Evidence, files: Iterable[EvidenceFile]) -> dict[str, Any]:
    """All that the row and its files say."""
    return {
        "id": str(evidence.pk),
        "person": evidence.person_id,
        "kind": evidence.kind,
        "title": evidence.title,
        "occurred_at": moment(evidence.occurred_at),
        "recorded_at": moment(evidence.recorded_at),
        "score": None if evidence.score is None else f"{evidence.score:.4f}",
        "page_key": _text(evidence.page_key),
        "page_revision": evidence.page_revision,
        "topics": evidence.topics,
        "unit": evidence.unit_id,
        "source": evidence.source,
        "verification": evidence.verification,
        "entered_by": evidence.entered_by,
        "details": evidence.details,
        "source_key": evidence.source_key,
        "supersedes": _text(evidence.supersedes_id),
        "files": [_file_payload(kept) for kept in sorted(files, key=lambda kept: kept.pk)],
    }


def erasure_payload(erasure: Erasure) -> dict[str, Any]:
    return {"id": str(erasure.pk), "recorded_at": moment(erasure.recorded_at), "leaves": erasure.leaves}


def leaf_values(entry_id: UUID, kind: str, recorded_at: datetime.datetime, digest: bytes) -> dict[str, str]:
    """The leaf as it is hashed, in plain values."""
    return {"digest": digest.hex(), "id": str(entry_id), "kind": str(kind), "recorded_at": moment(recorded_at)}


def hash_of_leaf(entry_id: UUID, kind: str, recorded_at: datetime.datetime, digest: bytes) -> bytes:
    return leaf_hash(canonical(leaf_values(entry_id, kind, recorded_at, digest)))


def tree() -> Tree:
    return Tree(hashes)


def signed(checkpoint: Checkpoint) -> SignedCheckpoint:
    """The checkpoint as it goes out."""
    return SignedCheckpoint(
        number=checkpoint.number,
        size=checkpoint.size,
        root=checkpoint.root,
        previous=checkpoint.previous_root,
        time=time_text(checkpoint.sealed_at),
        key=checkpoint.key_id,
        signature=checkpoint.signature,
    )


def time_text(at: datetime.datetime) -> str:
    return at.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def inclusion_proof(evidence: Evidence, checkpoint: Checkpoint | None = None) -> dict[str, Any] | None:
    """All that it takes to check one entry without this site; None while it waits to be sealed."""
    leaf = Leaf.objects.filter(entry_id=evidence.pk).first()
    checkpoint = checkpoint or (Checkpoint.objects.over(leaf.index) if leaf else None)
    if leaf is None or checkpoint is None:
        return None
    return {
        "type": "inclusion",
        "index": leaf.index,
        "leaf": leaf_values(leaf.entry_id, leaf.kind, leaf.recorded_at, bytes(leaf.digest)),
        "salt": bytes(Salt.objects.get(entry_id=leaf.entry_id).value).hex(),
        "payload": evidence_payload(evidence, evidence.files.all()),
        "path": [step.hex() for step in tree().inclusion(leaf.index, checkpoint.size)],
        "checkpoint": signed(checkpoint).text,
    }


def consistency_proof(old: Checkpoint, new: Checkpoint) -> dict[str, Any]:
    """All that it takes to check that the newer log begins with the older one."""
    return {
        "type": "consistency",
        "old": signed(old).text,
        "new": signed(new).text,
        "path": [step.hex() for step in tree().consistency(old.size, new.size)],
    }


def contents(entries: Iterable[Leaf | Unsealed]) -> dict[UUID, Payload]:
    """What entries say now, by their keys, in some queries for each kind. One whose row is gone is not among them."""
    keys: dict[str, list[UUID]] = {}
    for entry in entries:
        keys.setdefault(entry.kind, []).append(entry.entry_id)
    said = _evidence(keys.pop(Entry.EVIDENCE, [])) | _erasures(keys.pop(Entry.ERASURE, []))
    said |= {key: {"id": str(key), "begins": row_of(key)} for key in keys.pop(Entry.OPENING, [])}
    for kind, wanted in keys.items():
        said |= _rows(kind, wanted)
    return said


def checkpoints_of_year(year: int) -> list[SignedCheckpoint]:
    """For the annex of the annual report: the last checkpoint of each month, oldest first."""
    return [signed(checkpoint) for checkpoint in Checkpoint.objects.month_ends(year)]


def hashes(level: int, start: int, count: int) -> list[bytes]:
    """As many as stand there from the position on: of leaves at level 0, of nodes at 8, 16 and 24."""
    if level:
        rows = Node.objects.filter(level=level, position__gte=start, position__lt=start + count)
        return [bytes(row) for row in rows.order_by("position").values_list("hash", flat=True)]
    leaves = Leaf.objects.filter(index__gte=start, index__lt=start + count).order_by("index")
    return [
        hash_of_leaf(entry_id, kind, recorded_at, bytes(digest))
        for entry_id, kind, recorded_at, digest in leaves.values_list("entry_id", "kind", "recorded_at", "digest")
    ]


def _evidence(keys: Sequence[UUID]) -> dict[UUID, Payload]:
    files: dict[UUID, list[EvidenceFile]] = {}
    for kept in EvidenceFile.objects.filter(evidence__in=keys):
        files.setdefault(kept.evidence_id, []).append(kept)
    rows = Evidence.objects.filter(pk__in=keys).order_by()
    return {row.pk: evidence_payload(row, files.get(row.pk, ())) for row in rows}


def _erasures(keys: Sequence[UUID]) -> dict[UUID, Payload]:
    return {row.pk: erasure_payload(row) for row in Erasure.objects.filter(pk__in=keys)}


def _rows(kind: str, keys: Sequence[UUID]) -> dict[UUID, Payload]:
    """By the registry; of a kind that no app knows any more, nothing."""
    said = SEALED[kind].contents(sorted({row_of(key) for key in keys})) if kind in SEALED else {}
    return {key: said[row_of(key)] for key in keys if row_of(key) in said}


def _read(text: str) -> SigningKey:
    try:
        return _key_from(base64.b64decode(text, validate=True))
    except ValueError as unreadable:
        raise ImproperlyConfigured("A ledger key is 32 bytes in base64: `manage.py ledger_key` makes one.") from (
            unreadable
        )


@lru_cache(maxsize=8)
def _key_from(private: bytes) -> SigningKey:
    return SigningKey(Ed25519PrivateKey.from_private_bytes(private))


def _file_payload(kept: EvidenceFile) -> dict[str, Any]:
    return {
        "id": str(kept.pk),
        "name": kept.name,
        "content_type": kept.content_type,
        "size": kept.size,
        "sha256": kept.sha256,
        "is_scanned": kept.is_scanned,
    }


def _text(key: UUID | None) -> str | None:
    return None if key is None else str(key)
