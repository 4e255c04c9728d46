"""The cache in Redis; while Redis is away or hangs, files of this machine stand in for it (decision 0117).

Whoever finds Redis away marks it in the folder of the stand-in, so that every process of the machine goes there at
once and only one asks Redis again some seconds later. Who then hears it empties both: what was written meanwhile
stands in the files alone, and what Redis still holds may have been forgotten or signed out since.
"""

import logging
import os
import time
from pathlib import Path
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from config.file_cache import RarelyCountedFileCache

_RESTS_SECONDS = 5
_PATIENCE = {"socket_connect_timeout": 0.5, "socket_timeout": 1.0, "retry": Retry(NoBackoff(), 0)}
_logger = logging.getLogger(__name__)


def _asked(name: str) -> Any:
    def ask(self: "SteadfastRedisCache", *arguments: Any, **named: Any) -> Any:
        return self._ask(name, *arguments, **named)

    return ask


class SteadfastRedisCache(RedisCache):
    """``STAND_IN`` beside ``LOCATION`` names the folder of the files."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        folder = Path(params["STAND_IN"])
        super().__init__(server, {**params, "OPTIONS": _PATIENCE | params.get("OPTIONS", {})})
        self._stand_in = RarelyCountedFileCache(str(folder), {**params, "OPTIONS": {"MAX_ENTRIES": 10_000}})
        self._mark = folder / "redis-is-away"

    def is_away(self) -> bool:
        """Whether the files stand in; so until somebody asked Redis again and was heard."""
        return self._asked_again_at() is not None

    add = _asked("add")
    get = _asked("get")
    set = _asked("set")
    touch = _asked("touch")
    delete = _asked("delete")
    has_key = _asked("has_key")
    incr = _asked("incr")
    get_many = _asked("get_many")
    set_many = _asked("set_many")
    delete_many = _asked("delete_many")
    clear = _asked("clear")

    def _ask(self, name: str, *arguments: Any, **named: Any) -> Any:
        asked_again_at = self._asked_again_at()
        if asked_again_at is None or asked_again_at <= time.time():
            try:
                if asked_again_at is not None:
                    self._come_back()
                return getattr(super(), name)(*arguments, **named)
            except (RedisError, OSError) as fault:
                self._let_rest(fault)
        return getattr(self._stand_in, name)(*arguments, **named)

    def _asked_again_at(self) -> float | None:
        try:
            return self._mark.stat().st_mtime
        except FileNotFoundError:
            return None

    def _let_rest(self, fault: Exception) -> None:
        """The first who marks it empties the files: who read the last mark just before the coming back may have
        written there afterwards."""
        if not self._mark.exists():
            self._stand_in.clear()
            _logger.error("redis is away (%s): files stand in", type(fault).__name__)
        self._mark.parent.mkdir(parents=True, exist_ok=True)
        self._mark.touch()
        until = time.time() + _RESTS_SECONDS
        os.utime(self._mark, (until, until))

    def _come_back(self) -> None:
        super().clear()
        self._stand_in.clear()
        self._mark.unlink(missing_ok=True)
        _logger.warning("redis answers again")
