"""The cache in files, as Django has it, except that it rarely counts its files.

Django's looks through the whole folder at every write to see whether it is full: with ten thousand sessions kept,
each counted request would cost more than the page it is for.
"""

from itertools import count

from django.core.cache.backends.filebased import FileBasedCache

_WRITES_BETWEEN = 200


class RarelyCountedFileCache(FileBasedCache):
    """May stand above its limit by as many entries as its processes write between two counts."""

    _writes = count(1)

    def _cull(self) -> None:
        if next(self._writes) % _WRITES_BETWEEN == 0:
            super()._cull()  # type: ignore[misc]
