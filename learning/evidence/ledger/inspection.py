"""Looks through the whole ledger for what cannot be: names each fault and where it is.

What it trusts are signatures, made by a key that the database never holds. Checkpoints kept elsewhere show what the
database alone cannot: that its end was cut off, or all of it written anew.
"""

from __future__ import annotations

import base64
import datetime
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from learning.evidence.ledger.findings import Findings
from learning.evidence.ledger.keys import is_later, row_of
from learning.evidence.ledger.log import contents, hash_of_leaf, signed, tree, vouching_text
from learning.evidence.ledger.merkle import LEVELS, TILE, Frontier, tree_hash
from learning.evidence.ledger.queue import is_vouched
from learning.evidence.ledger.rows import is_as_sealed, is_followed, is_too_late, look_through_rows, openings
from learning.evidence.ledger.verifier import EMPTY_ROOT, NotProvenError, SignedCheckpoint, is_signature
from learning.evidence.models import Checkpoint, Entry, Erasure, Evidence, Leaf, LedgerKey, Node, Salt, Unsealed
from learning.evidence.registries.seals import SEALED, Payload

_CHUNK = 8 * TILE
_MISSING = bytes(32)
# What is recorded in one moment is sealed within a minute; a long import commits what it began minutes before.
GRACE = datetime.timedelta(minutes=30)
_TOO_LATE = "was taken up as if it had stood before its kind was sealed, after the log says that all such had been"


class LeafReader:
    """``latest`` is when the last sealed entry was recorded."""

    def __init__(self, findings: Findings, checkpoints: list[Checkpoint], grace: datetime.timedelta) -> None:
        self.findings = findings
        self.latest: datetime.datetime | None = None
        self._grace = grace
        self._checkpoints = list(checkpoints)
        self._passed: datetime.datetime | None = None  # ``latest`` as it was at the checkpoint before
        self._frontier = Frontier()
        self._size = checkpoints[-1].size if checkpoints else 0
        self._missing: list[tuple[int, int]] = []  # from–to
        self._erased = _erased_leaves(findings)
        self._opened = openings()

    def read(self) -> None:
        for start in range(0, self._size, _CHUNK):
            self._read_chunk(start, min(start + _CHUNK, self._size))
        for low, high in self._missing:
            self.findings.add(f"entries {low} to {high}", "their leaves were removed from the log")
        beyond = Leaf.objects.filter(index__gte=self._size).order_by("index")
        for index, entry_id in beyond.values_list("index", "entry_id").iterator():
            self.findings.add(f"entry {index} ({entry_id})", "stands in the log under no checkpoint")

    def _read_chunk(self, start: int, end: int) -> None:
        leaves = {leaf.index: leaf for leaf in Leaf.objects.filter(index__gte=start, index__lt=end)}
        keys = [leaf.entry_id for leaf in leaves.values()]
        said, salts = contents(leaves.values()), dict(Salt.objects.filter(pk__in=keys).values_list("pk", "value"))
        nodes = dict(
            Node.objects.filter(level=8, position__gte=start // TILE, position__lt=-(-end // TILE)).values_list(
                "position", "hash"
            )
        )
        for index in range(start, end):
            leaf = leaves.get(index)
            if leaf is None:
                self._note_missing(index)
            else:
                self._compare(leaf, said.get(leaf.entry_id), salts.get(leaf.entry_id))
            self._grow(index, leaf, nodes)

    def _note_missing(self, index: int) -> None:
        if self._missing and self._missing[-1][1] == index - 1:
            self._missing[-1] = (self._missing[-1][0], index)
        else:
            self._missing.append((index, index))

    def _compare(self, leaf: Leaf, content: Payload | None, salt: Any) -> None:
        where = f"entry {leaf.index} ({_name(leaf.kind, leaf.entry_id)})"
        self.findings.entries += 1
        if leaf.kind in SEALED:
            self.findings.later += is_later(leaf.entry_id)
            if is_too_late(leaf, self._opened):
                self.findings.add(where, _TOO_LATE)
            if not is_as_sealed(leaf, content, salt) and not is_followed(leaf):
                what = "was deleted" if content is None else "was changed"
                self.findings.add(where, f"{what} after it was sealed")
        elif leaf.index in self._erased:
            self._compare_erased(where, content, salt)
        elif content is None:
            self.findings.add(where, "was removed, and no erasure says so")
        elif not is_as_sealed(leaf, content, salt):
            self.findings.add(where, "was changed after it was sealed")
        if self._passed and leaf.recorded_at < self._passed - self._grace:
            claim = f"{leaf.recorded_at:%Y-%m-%d %H:%M}"
            self.findings.add(where, f"was inserted backdated: it claims {claim}, sealed after later entries")
        self.latest = max(self.latest or leaf.recorded_at, leaf.recorded_at)

    def _compare_erased(self, where: str, content: Payload | None, salt: Any) -> None:
        if content is None and salt is None:
            self.findings.erased += 1
        else:
            self.findings.add(where, "was erased, yet its content or salt is there")

    def _grow(self, index: int, leaf: Leaf | None, nodes: dict[int, Any]) -> None:
        value = hash_of_leaf(leaf.entry_id, leaf.kind, leaf.recorded_at, bytes(leaf.digest)) if leaf else _MISSING
        top = self._frontier.add(value)
        if self._checkpoints and self._checkpoints[0].size == index + 1:
            self._meet(self._checkpoints.pop(0))
        if top is not None:
            stored = bytes(nodes.get(index // TILE, b""))
            if stored != top:
                first = index - TILE + 1
                self.findings.add(f"entries {first} to {index}", "their leaves are not those that were sealed")
            self._frontier.close(stored or top)

    def _meet(self, checkpoint: Checkpoint) -> None:
        if self._frontier.root != checkpoint.root:
            what = f"its root does not follow from entries 0 to {checkpoint.size - 1}"
            self.findings.add(f"checkpoint {checkpoint.number}", what)
        self._passed = self.latest


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
    look_through_rows(findings)
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
    queue = Unsealed.objects.with_leaf().order_by("recorded_at", "pk")
    for start in range(0, findings.waiting, _CHUNK):
        _waiting(findings, list(queue[start : start + _CHUNK]), latest)


def _waiting(findings: Findings, entries: list[Any], latest: datetime.datetime | None) -> None:
    said, opened = contents(entries), openings()
    for entry in entries:
        where = _name(entry.kind, entry.entry_id)
        if not is_vouched(entry):
            findings.add(where, "waits to be sealed, yet the site did not put it there")
        elif entry.has_leaf:
            findings.add(where, "waits to be sealed, yet is in the log already: somebody put it back into the queue")
        elif entry.entry_id not in said:
            findings.add(where, "was removed before it was sealed")
        elif is_too_late(entry, opened):
            findings.add(where, _TOO_LATE)
        elif backdated := _backdated(entry.recorded_at, latest):
            findings.add(where, f"waits to be sealed{backdated}")


def _erased_leaves(findings: Findings) -> set[int]:
    """Indices of the leaves that erasures of the site emptied; one that it did not make excuses nothing."""
    vouched = {entry.entry_id for entry in Unsealed.objects.filter(kind=Entry.ERASURE) if is_vouched(entry)}
    sealed = set(Leaf.objects.filter(kind=Entry.ERASURE).values_list("entry_id", flat=True))
    erased: set[int] = set()
    for erasure in Erasure.objects.order_by("pk"):
        if erasure.pk in sealed or erasure.pk in vouched:
            erased.update(erasure.leaves)
        else:
            findings.add(f"erasure {erasure.pk}", "is no erasure of the site: it hides what was removed")
    return erased


def _name(kind: str, entry_id: UUID) -> str:
    return f"{kind} {row_of(entry_id) if kind in SEALED else entry_id}"


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
