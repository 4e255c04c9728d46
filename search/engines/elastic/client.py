"""The connection to the cluster: one for each address, with short times, as the database answers in its place."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from elasticsearch import Elasticsearch

ALIAS = "cong-dan-hoc-tap"


def client() -> Elasticsearch:
    return _client(settings.ELASTICSEARCH_URL, tuple(sorted(settings.ELASTICSEARCH_OPTIONS.items())))


@lru_cache(maxsize=4)
def _client(url: str, options: tuple[tuple[str, Any], ...]) -> Elasticsearch:
    return Elasticsearch(
        url, request_timeout=settings.ELASTICSEARCH_SECONDS, max_retries=0, retry_on_timeout=False, **dict(options)
    )
