"""The engine that answers: Elasticsearch where it is set up and answers, otherwise the site's own database."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from django.conf import settings

from search.contract import Engine, EngineAway, SearchRequest, SearchResponse, Suggestion, Viewer
from search.engines.database import DatabaseEngine
from search.engines.elastic import ElasticEngine
from search.language import Vocabulary

_log = logging.getLogger(__name__)


class Finder:
    """What pages ask: the first engine that answers."""

    def __init__(self, engines: Sequence[Engine]) -> None:
        self._engines = engines

    @property
    def name(self) -> str:
        return self._engines[0].name

    def search(self, request: SearchRequest) -> SearchResponse:
        for engine in self._engines[:-1]:
            try:
                return engine.search(request)
            except EngineAway as away:
                _log.warning("search engine %s is away: %s", engine.name, away)
        return self._engines[-1].search(request)

    def suggest(self, words: Sequence[str], viewer: Viewer, limit: int) -> Sequence[Suggestion]:
        for engine in self._engines[:-1]:
            try:
                return engine.suggest(words, viewer, limit)
            except EngineAway as away:
                _log.warning("search engine %s is away: %s", engine.name, away)
        return self._engines[-1].suggest(words, viewer, limit)

    def vocabulary(self) -> Vocabulary:
        return self._engines[-1].vocabulary()


def engine() -> Finder:
    return Finder([ElasticEngine(), DatabaseEngine()] if settings.ELASTICSEARCH_URL else [DatabaseEngine()])
