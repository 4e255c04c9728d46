"""What of an entry is sealed: its content as plain values, and the leaf that holds only their salted digest."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from learning.evidence.ledger.verifier import canonical, leaf_hash

if TYPE_CHECKING:
    from learning.evidence.models import Erasure, Evidence, EvidenceFile

SALT_BYTES = 16


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
