"""Reads the log from its first leaf to its last beside the rows that it seals, and tells where they part."""

from __future__ import annotations

import datetime
from typing import Any

from learning.evidence.ledger.entries import hash_of_leaf
from learning.evidence.ledger.findings import Findings
from learning.evidence.ledger.log import contents
from learning.evidence.ledger.merkle import TILE, Frontier
from learning.evidence.ledger.verifier import digest_of
from learning.evidence.models import Checkpoint, Erasure, Leaf, Node, Salt

_CHUNK = 8 * TILE
_MISSING = bytes(32)


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
        self._erased = {index for leaves in Erasure.objects.values_list("leaves", flat=True) for index in leaves}

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
        said, salts = contents(keys, keys), dict(Salt.objects.filter(pk__in=keys).values_list("pk", "value"))
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

    def _compare(self, leaf: Leaf, content: dict[str, Any] | None, salt: Any) -> None:
        where = f"entry {leaf.index} ({leaf.kind} {leaf.entry_id})"
        self.findings.entries += 1
        is_erased = leaf.index in self._erased
        if is_erased and content is None and salt is None:
            self.findings.erased += 1
        elif is_erased:
            self.findings.add(where, "was erased, yet its content or salt is there")
        elif content is None:
            self.findings.add(where, "was removed, and no erasure says so")
        elif salt is None or digest_of(bytes(salt), content) != bytes(leaf.digest).hex():
            self.findings.add(where, "was changed after it was sealed")
        if self._passed and leaf.recorded_at < self._passed - self._grace:
            claim = f"{leaf.recorded_at:%Y-%m-%d %H:%M}"
            self.findings.add(where, f"was inserted backdated: it claims {claim}, sealed after later entries")
        self.latest = max(self.latest or leaf.recorded_at, leaf.recorded_at)

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
