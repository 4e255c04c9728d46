"""The connection to the cluster: one for each address, with short times, as the database answers in its place. After
some failures in a row nothing is asked for a while: a search must not wait for a cluster that is away.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from elastic_transport import ConnectionTimeout, TransportError
from elasticsearch import ApiError, Elasticsearch

from search.contract import EngineAway

ALIAS = "cong-dan-hoc-tap"
_FAILURES = 2
_SECONDS = 15.0
# Too busy, or not there: anything else is our own mistake and is not hidden.
_AWAY = frozenset({404, 408, 429, 502, 503, 504})


def client() -> Elasticsearch:
    return _client(settings.ELASTICSEARCH_URL, tuple(sorted(settings.ELASTICSEARCH_OPTIONS.items())))


@dataclass
class Breaker:
    failures: int = 0
    closed_until: float = 0.0

    @property
    def is_open(self) -> bool:
        """Whether to ask nothing for now. After the pause one is let through, and decides."""
        return self.failures >= _FAILURES and time.monotonic() < self.closed_until

    @contextmanager
    def guard(self) -> Iterator[None]:
        """Raises EngineAway where the cluster does not answer, does not in time, or has not of late."""
        if self.is_open:
            raise EngineAway("not asked: it was away a moment ago")
        try:
            yield
        except ApiError as error:
            if error.status_code not in _AWAY:
                raise
            self._failed()
            raise EngineAway(str(error.status_code)) from error
        except (TransportError, ConnectionTimeout) as error:
            self._failed()
            raise EngineAway(type(error).__name__) from error
        self.reset()

    def reset(self) -> None:
        self.failures, self.closed_until = 0, 0.0

    def _failed(self) -> None:
        self.failures += 1
        self.closed_until = time.monotonic() + _SECONDS


BREAKER = Breaker()


@lru_cache(maxsize=4)
def _client(url: str, options: tuple[tuple[str, Any], ...]) -> Elasticsearch:
    return Elasticsearch(
        url, request_timeout=settings.ELASTICSEARCH_SECONDS, max_retries=0, retry_on_timeout=False, **dict(options)
    )
