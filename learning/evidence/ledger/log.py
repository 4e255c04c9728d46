"""The sealed log as it is read: tiles of hashes, checkpoints as texts, and the proofs that people take along."""

from __future__ import annotations

import datetime
from typing import Any
from uuid import UUID

from learning.evidence.ledger.entries import erasure_payload, evidence_payload, hash_of_leaf, leaf_values
from learning.evidence.ledger.merkle import Tree
from learning.evidence.ledger.verifier import SignedCheckpoint
from learning.evidence.models import Checkpoint, Erasure, Evidence, EvidenceFile, Leaf, Node, Salt


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


def contents(evidence: list[UUID], erasures: list[UUID]) -> dict[UUID, dict[str, Any]]:
    """What entries say, by their keys: three queries. An entry whose row is gone is not among them."""
    files: dict[UUID, list[EvidenceFile]] = {}
    for kept in EvidenceFile.objects.filter(evidence__in=evidence):
        files.setdefault(kept.evidence_id, []).append(kept)
    rows = Evidence.objects.filter(pk__in=evidence).order_by()
    said = {row.pk: evidence_payload(row, files.get(row.pk, ())) for row in rows}
    return said | {row.pk: erasure_payload(row) for row in Erasure.objects.filter(pk__in=erasures)}


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
