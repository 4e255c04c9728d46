"""Bringing to the index what a test has published, and asking it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import timezone

from search.actions import deliver, drain
from search.contract import Alternative, Clause, SearchRequest, SearchResponse
from search.engines.chosen import engine
from search.engines.elastic import ElasticEngine
from search.language import fold_word, normalise


def index_now() -> None:
    """Carries out all that waits, as a worker does within a second or two."""
    while drain(at=timezone.now()).has_more:
        pass
    if settings.ELASTICSEARCH_URL:
        deliver(at=timezone.now())
    refresh_now()


def refresh_now() -> None:
    """What was carried out is found from now on, without waiting for the cluster's second to end."""
    if settings.ELASTICSEARCH_URL:
        ElasticEngine().refresh()


def asked(typed: str, **more: Any) -> SearchRequest:
    """The words of the query, each demanded, with or without the marks as typed."""
    clauses = []
    for word in typed.split():
        toned = normalise(word)
        alternatives = [Alternative(fold_word(word), 1.0 if toned.isascii() else 0.6)]
        if not toned.isascii():
            alternatives.insert(0, Alternative(toned, is_toned=True))
        clauses.append(Clause(tuple(alternatives)))
    return SearchRequest(clauses=tuple(clauses), **more)


def found(typed: str, **more: Any) -> SearchResponse:
    return engine().search(asked(typed, **more))


def titles(response: SearchResponse) -> list[str]:
    return ["".join(piece.text for piece in hit.title) for hit in response.hits]
