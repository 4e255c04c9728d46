"""What is built from many rows and kept in the cache until one of them changes, without ever being stale.

A version number stands in the cache for each name; a change starts a new one after its transaction. Who reads
while something changes keeps the old value under the old number, so nothing old can be read under the new.

Each process holds what it read last under its number too: taking a long value out of the cache is work that grows
with it, asking for its number is not.
"""

import time
from collections.abc import Callable
from itertools import islice
from typing import Any, TypeVar, cast

from django.core.cache import cache

Built = TypeVar("Built")

_SECONDS = 24 * 60 * 60
_MOST_HELD = 500

_held: dict[str, tuple[int | None, Any]] = {}


def kept(name: str, build: Callable[[], Built]) -> Built:
    """The value of that name, built anew if it was forgotten since: never None, can be pickled, is not changed."""
    version = cache.get_or_set(_version_key(name), time.time_ns, None)
    held_version, value = _held.get(name, (None, None))
    if held_version != version:
        value = _from_cache(f"{name}:{version}", build)
        _held.pop(name, None)
        _held[name] = (version, value)
        for oldest in list(islice(_held, max(len(_held) - _MOST_HELD, 0))):
            _held.pop(oldest, None)
    return cast(Built, value)


def forget(name: str) -> None:
    """Call it after the change is committed."""
    cache.set(_version_key(name), time.time_ns(), None)


def _from_cache(key: str, build: Callable[[], Any]) -> Any:
    value = cache.get(key)
    if value is None:
        value = build()
        cache.set(key, value, _SECONDS)
    return value


def _version_key(name: str) -> str:
    return f"{name}-version"
