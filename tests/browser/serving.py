"""The site as the live server asks it: a browser that is closed leaves requests behind."""

import threading
from collections.abc import Callable
from typing import Any

LONGEST_SECONDS = 60


class CountedSite:
    """Knows how many requests it has not answered yet."""

    def __init__(self, site: Callable[..., Any]) -> None:
        self._site = site
        self._changed = threading.Condition()
        self._waiting = 0

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        self._count(1)
        try:
            return self._site(environ, start)
        finally:
            self._count(-1)

    def wait_until_answered(self) -> None:
        """After that no request writes while the tables are emptied, nor into those of the next test."""
        with self._changed:
            assert self._changed.wait_for(lambda: not self._waiting, LONGEST_SECONDS), "A request is never answered."

    def _count(self, more: int) -> None:
        with self._changed:
            self._waiting += more
            self._changed.notify_all()
