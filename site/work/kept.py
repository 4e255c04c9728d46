"""What is dear to make and kept until it changes, without ever being stale.

A generation stands in the cache for each name; a change starts a new one after its transaction. It is read before
the value is made, so what was made of older rows stays under the older generation and is read no more. Each process
holds what it read last too: taking a long value out of the cache is work that grows with it, asking for its
generation is not. All that goes to the shared cache and comes from there passes ``Entry`` and ``forget``.
"""

import time
from collections.abc import Callable, Hashable
from itertools import islice
from typing import Any, TypeVar, cast

from django.core.cache import cache

Built = TypeVar("Built")
Key = TypeVar("Key", bound=Hashable)

_SECONDS = 24 * 60 * 60
_MOST_HELD = 500


class Held(dict[Key, Built]):
    """So many values in the memory of this process, the oldest give way; for what never changes under its key."""

    everything: "list[Held[Any, Any]]" = []

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most
        self.everything.append(self)

    def hold(self, values: dict[Key, Built]) -> None:
        self.update(values)
        for oldest in list(islice(self, max(len(self) - self.most, 0))):
            self.pop(oldest, None)


class Entry:
    """The place of one value in the shared cache, under the generation that stood when it was asked for.

    ``part`` is one of several values that are forgotten together under the name.
    """

    def __init__(self, name: str, part: str = "", *, seconds: float = _SECONDS) -> None:
        self.key = f"{name}:{part}:{cache.get_or_set(_generation_key(name), time.time_ns, None)}"
        self.until = time.time() + seconds

    def read(self) -> Any:
        """None where nothing is kept; else from then on the entry ends when what was kept ends."""
        self.until, value = cache.get(self.key) or (self.until, None)
        return value

    def keep(self, value: Any) -> None:
        """Never None, can be pickled, is not changed."""
        cache.set(self.key, (self.until, value), self.until - time.time())


_held: Held[tuple[str, str], tuple[Entry, Any]] = Held(_MOST_HELD)


def kept(name: str, build: Callable[[], Built], *, part: str = "", seconds: float = _SECONDS) -> Built:
    """The value, built anew if it was forgotten since, or is that old."""
    entry = Entry(name, part, seconds=seconds)
    held, value = _held.get((name, part), (None, None))
    if held is None or held.key != entry.key or held.until < time.time():
        value = entry.read()
        if value is None:
            value = build()
            entry.keep(value)
        _held.pop((name, part), None)
        _held.hold({(name, part): (entry, value)})
    return cast(Built, value)


def forget(name: str) -> None:
    """Every part of it. Call it after the change is committed."""
    cache.set(_generation_key(name), time.time_ns(), None)


def forget_everything() -> None:
    """For tests, whose database is emptied under us."""
    cache.clear()
    forget_memory()


def forget_memory() -> None:
    """As in a process that has just begun."""
    for held in Held.everything:
        held.clear()


def _generation_key(name: str) -> str:
    return f"{name}-generation"
