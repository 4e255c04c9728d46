"""What is built from many rows and kept in the cache until one of them changes, without ever being stale.

A version number stands in the cache for each name; a change starts a new one after its transaction. Who reads
while something changes keeps the old value under the old number, so nothing old can be read under the new.
"""

import time
from collections.abc import Callable
from typing import TypeVar, cast

from django.core.cache import cache

Built = TypeVar("Built")

_SECONDS = 24 * 60 * 60


def kept(name: str, build: Callable[[], Built]) -> Built:
    """The value of that name, built anew if it was forgotten since. It is never None, and it can be pickled."""
    version = cache.get_or_set(_version_key(name), time.time_ns, None)
    key = f"{name}:{version}"
    value = cache.get(key)
    if value is None:
        value = build()
        cache.set(key, value, _SECONDS)
    return cast(Built, value)


def forget(name: str) -> None:
    """Call it after the change is committed."""
    cache.set(_version_key(name), time.time_ns(), None)


def _version_key(name: str) -> str:
    return f"{name}-version"
