"""Proofs over a log whose hashes are read by the tile: 256 at a time, of leaves and of every eighth level above."""

from collections.abc import Callable, Sequence

from learning.evidence.ledger.verifier import EMPTY_ROOT, node_hash

TILE_LEVELS = 8
TILE = 2**TILE_LEVELS
LEVELS = (8, 16, 24)

# Gives as many hashes as stand there, from the position on, at a level of 0, 8, 16 or 24.
Fetch = Callable[[int, int, int], list[bytes]]


def tree_hash(hashes: Sequence[bytes]) -> bytes:
    """The root over the leaf hashes (RFC 6962, 2.1); they must not be empty."""
    if len(hashes) == 1:
        return hashes[0]
    split = _split(len(hashes))
    return node_hash(tree_hash(hashes[:split]), tree_hash(hashes[split:]))


class Frontier:
    """Grows a log and tells its root at each size: holds a hash for each bit of the size, and one tile's leaves."""

    def __init__(self) -> None:
        self._tile: list[bytes] = []
        self._peaks: list[tuple[int, bytes]] = []

    def add(self, leaf: bytes) -> bytes | None:
        """Gives the hash of the tile when the leaf completes it; ``close`` it before adding more."""
        self._tile.append(leaf)
        return tree_hash(self._tile) if len(self._tile) == TILE else None

    def close(self, top: bytes) -> None:
        """Goes on above a complete tile, with this hash for it."""
        self._tile, height = [], 0
        while self._peaks and self._peaks[-1][0] == height:
            top = node_hash(self._peaks.pop()[1], top)
            height += 1
        self._peaks.append((height, top))

    @property
    def root(self) -> str:
        tops = [top for _height, top in self._peaks] + ([tree_hash(self._tile)] if self._tile else [])
        if not tops:
            return EMPTY_ROOT
        root = tops.pop()
        while tops:
            root = node_hash(tops.pop(), root)
        return root.hex()


class Tree:
    """A log as ``fetch`` reads it; keeps the tiles that it read."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._tiles: dict[tuple[int, int], list[bytes]] = {}

    def root(self, size: int) -> str:
        return self.subtree(0, size).hex() if size else EMPTY_ROOT

    def inclusion(self, index: int, size: int) -> list[bytes]:
        """The hashes that lead from the leaf to the root of that size (RFC 6962, 2.1.1)."""
        return self._path(index, 0, size)

    def consistency(self, old: int, new: int) -> list[bytes]:
        """The hashes that show the new log to begin with the old one (RFC 6962, 2.1.2)."""
        return [] if old in (0, new) else self._continues(old, 0, new, is_whole=True)

    def subtree(self, low: int, high: int) -> bytes:
        """The hash over the leaves from ``low`` up to ``high``."""
        count = high - low
        if count & (count - 1) == 0 and low % count == 0:
            return self._perfect(count.bit_length() - 1, low // count)
        split = low + _split(count)
        return node_hash(self.subtree(low, split), self.subtree(split, high))

    def _path(self, index: int, low: int, high: int) -> list[bytes]:
        if high - low == 1:
            return []
        split = low + _split(high - low)
        if index < split:
            return [*self._path(index, low, split), self.subtree(split, high)]
        return [*self._path(index, split, high), self.subtree(low, split)]

    def _continues(self, old: int, low: int, high: int, *, is_whole: bool) -> list[bytes]:
        if old == high:
            return [] if is_whole else [self.subtree(low, high)]
        split = low + _split(high - low)
        if old <= split:
            return [*self._continues(old, low, split, is_whole=is_whole), self.subtree(split, high)]
        return [*self._continues(old, split, high, is_whole=False), self.subtree(low, split)]

    def _perfect(self, level: int, position: int) -> bytes:
        if level % TILE_LEVELS == 0 and level <= LEVELS[-1]:
            return self._tile(level, position // TILE)[position % TILE]
        return node_hash(self._perfect(level - 1, 2 * position), self._perfect(level - 1, 2 * position + 1))

    def _tile(self, level: int, number: int) -> list[bytes]:
        if (level, number) not in self._tiles:
            self._tiles[level, number] = self._fetch(level, number * TILE, TILE)
        return self._tiles[level, number]


def _split(count: int) -> int:
    """The largest power of two below the count."""
    return 1 << (count - 1).bit_length() - 1
