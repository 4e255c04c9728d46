"""The engine that answers: Elasticsearch where it is set up and answers, otherwise the site's own database."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import TypeVar

from django.conf import settings

from search.contract import Engine, EngineAway, SearchRequest, SearchResponse, Suggestion, Viewer
from search.engines.database import DatabaseEngine
from search.engines.elastic import ElasticEngine
from search.language import Vocabulary

Answer = TypeVar("Answer")
_log = logging.getLogger(__name__)


class Finder:
    """What pages ask: the first engine that answers."""

    def __init__(self, engines: Sequence[Engine]) -> None:
        self._engines = engines

    @property
    def name(self) -> str:
        return self._engines[0].name

    def search(self, request: SearchRequest) -> SearchResponse:
        return self._first(lambda engine: engine.search(request))

    def suggest(self, words: Sequence[str], viewer: Viewer, limit: int) -> Sequence[Suggestion]:
        return self._first(lambda engine: engine.suggest(words, viewer, limit))

    def vocabulary(self) -> Vocabulary:
        return self._engines[-1].vocabulary()

    def _first(self, ask: Callable[[Engine], Answer]) -> Answer:
        for engine in self._engines[:-1]:
            try:
                return ask(engine)
            except EngineAway as away:
                _log.warning("search engine %s is away: %s", engine.name, away)
        return ask(self._engines[-1])


def engine() -> Finder:
    return Finder([ElasticEngine(), DatabaseEngine()] if settings.ELASTICSEARCH_URL else [DatabaseEngine()])
