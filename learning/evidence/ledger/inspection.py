"""Looks through the whole ledger for what cannot be: names each fault and where it is.

What it trusts are signatures, made by a key that the database never holds. Checkpoints kept elsewhere show what the
database alone cannot: that its end was cut off, or all of it written anew.
"""

from __future__ import annotations

import base64
import datetime
from collections.abc import Sequence

from django.db.models import Exists, OuterRef

from learning.evidence.ledger.comparison import LeafReader
from learning.evidence.ledger.findings import Findings
from learning.evidence.ledger.keys import vouching_text
from learning.evidence.ledger.log import signed, tree
from learning.evidence.ledger.merkle import LEVELS, TILE, tree_hash
from learning.evidence.ledger.verifier import EMPTY_ROOT, NotProvenError, SignedCheckpoint, is_signature
from learning.evidence.models import Checkpoint, Entry, Erasure, Evidence, Leaf, LedgerKey, Node, Unsealed

# What is recorded in one moment is sealed within a minute; a long import commits what it began minutes before.
GRACE = datetime.timedelta(minutes=30)


def inspect_ledger(*, kept: Sequence[SignedCheckpoint] = (), trusted: Sequence[bytes] = ()) -> Findings:
    """Reads everything once. ``kept`` are checkpoints from outside the database, ``trusted`` public keys from there."""
    findings = Findings()
    keys = _keys(findings, trusted)
    checkpoints = list(Checkpoint.objects.order_by("number"))
    _checkpoints(findings, checkpoints, keys)
    reader = LeafReader(findings, checkpoints, GRACE)
    reader.read()
    _upper_nodes(findings)
    _unsealed(findings, reader.latest)
    for checkpoint in kept:
        _kept(findings, checkpoint, keys)
    return findings


def _keys(findings: Findings, trusted: Sequence[bytes]) -> dict[str, bytes]:
    """The public keys that may have signed: the first, those that the one before vouches for, and trusted ones."""
    keys: dict[str, bytes] = {}
    for number, key in enumerate(LedgerKey.objects.order_by("since", "pk")):
        public = base64.b64decode(key.public_key)
        is_vouched = key.vouched_by_id in keys and is_signature(
            keys[key.vouched_by_id], key.vouching, vouching_text(public)
        )
        is_known = public in trusted if trusted else number == 0
        if is_known or is_vouched:
            keys[key.key_id] = public
        else:
            findings.add(f"key {key.key_id}", "neither a trusted key nor the key before it vouches for it")
    return keys


def _checkpoints(findings: Findings, checkpoints: list[Checkpoint], keys: dict[str, bytes]) -> None:
    """Signatures, and that each checkpoint goes on where the one before ended."""
    findings.checkpoints = len(checkpoints)
    number, size, root = 0, 0, EMPTY_ROOT
    for checkpoint in checkpoints:
        where = f"checkpoint {checkpoint.number}"
        if checkpoint.number != number + 1:
            findings.add(f"checkpoints {number + 1} to {checkpoint.number - 1}", "are missing")
        elif checkpoint.previous_root != root or checkpoint.size <= size:
            findings.add(where, f"does not continue checkpoint {number}")
        if problem := _signature_problem(signed(checkpoint), keys):
            findings.add(where, problem)
        number, size, root = checkpoint.number, checkpoint.size, checkpoint.root


def _signature_problem(checkpoint: SignedCheckpoint, keys: dict[str, bytes]) -> str:
    if checkpoint.key not in keys:
        return f"is signed by the key {checkpoint.key}, which nothing vouches for"
    try:
        checkpoint.require_signed_by(keys[checkpoint.key])
    except NotProvenError:
        return "its signature does not match: it was changed, or made without the key"
    return ""


def _upper_nodes(findings: Findings) -> None:
    """Hashes above the tiles follow from those beneath: proofs are made of them."""
    for level in LEVELS[1:]:
        below = list(Node.objects.filter(level=level - 8).order_by("position").values_list("hash", flat=True))
        stored = dict(Node.objects.filter(level=level).values_list("position", "hash"))
        for position in range(len(below) // TILE):
            top = tree_hash([bytes(value) for value in below[position * TILE : (position + 1) * TILE]])
            if bytes(stored.get(position, b"")) != top:
                findings.add(f"node {level}/{position}", "does not follow from what lies beneath it")


def _unsealed(findings: Findings, latest: datetime.datetime | None) -> None:
    """Rows in no checkpoint: those that wait are well, unless they claim to be older than what is sealed."""
    waiting = Unsealed.objects.filter(entry_id=OuterRef("pk"))
    leaves = Leaf.objects.filter(entry_id=OuterRef("pk"))
    for row in Evidence.objects.filter(~Exists(waiting), ~Exists(leaves)).order_by("pk").iterator():
        findings.add(f"evidence {row.pk}", f"was inserted past the ledger's door{_backdated(row.recorded_at, latest)}")
    findings.waiting = Unsealed.objects.count()
    for entry in Unsealed.objects.order_by("recorded_at", "pk").iterator():
        model = Evidence if entry.kind == Entry.EVIDENCE else Erasure
        if not model._default_manager.filter(pk=entry.pk).exists():
            findings.add(f"{entry.kind} {entry.pk}", "was removed before it was sealed")
        elif backdated := _backdated(entry.recorded_at, latest):
            findings.add(f"{entry.kind} {entry.pk}", f"waits to be sealed{backdated}")


def _backdated(recorded_at: datetime.datetime, latest: datetime.datetime | None) -> str:
    if latest is None or recorded_at >= latest - GRACE:
        return ""
    return f", backdated: it claims {recorded_at:%Y-%m-%d %H:%M}, later entries are sealed already"


def _kept(findings: Findings, kept: SignedCheckpoint, keys: dict[str, bytes]) -> None:
    where = f"checkpoint {kept.number}, kept elsewhere"
    if problem := _signature_problem(kept, keys):
        findings.add(where, problem)
        return
    size = Leaf.objects.count()
    if kept.size > size:
        lost = f"entries {size} to {kept.size - 1} were cut off"
        findings.add(where, f"counts {kept.size} entries, the ledger only {size}: {lost}")
    elif tree().root(kept.size) != kept.root:
        findings.add(where, f"does not match: entries 0 to {kept.size - 1} were written anew")
