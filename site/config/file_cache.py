"""The cache in files, as Django has it, except that it rarely counts its files and counts up in place.

Django's looks through the whole folder at every write to see whether it is full: with ten thousand sessions kept,
each counted request would cost more than the page it is for. And whatever is counted up there lasts anew from each
count, so that what was to end with the minute never ends under traffic.
"""

import pickle
import time
import zlib
from contextlib import suppress
from itertools import count

from django.core.cache.backends.filebased import FileBasedCache
from django.core.files import locks

_WRITES_BETWEEN = 200


class RarelyCountedFileCache(FileBasedCache):
    """May stand above its limit by as many entries as its processes write between two counts."""

    _writes = count(1)

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Under a lock, so that no count of another process is lost; the entry ends when it was to end."""
        with suppress(FileNotFoundError), open(self._key_to_file(key, version), "r+b") as entry:  # type: ignore[attr-defined]
            locks.lock(entry, locks.LOCK_EX)
            if not self._is_expired(entry):  # type: ignore[attr-defined]
                value: int = pickle.loads(zlib.decompress(entry.read())) + delta  # noqa: S301
                entry.seek(0)
                ends = pickle.load(entry)  # noqa: S301
                entry.seek(0)
                self._write_content(entry, ends and ends - time.time(), value)  # type: ignore[attr-defined]
                entry.truncate()
                return value
        raise ValueError(f"Key {key!r} not found")

    def _cull(self) -> None:
        if next(self._writes) % _WRITES_BETWEEN == 0:
            super()._cull()  # type: ignore[misc]
