"""Search and suggestions from Elasticsearch. What is shown, the vocabulary and who may see what stay ours."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from elasticsearch import helpers

from search.analysis import number_term
from search.engines import showing
from search.engines.base import Document, Progress, SearchRequest, SearchResponse, Suggestion, Viewer
from search.engines.database import DatabaseEngine
from search.engines.database.store import opened
from search.engines.elastic.analysis import field_of, mappings, settings
from search.engines.elastic.asking import search_of, suggestion_of
from search.engines.elastic.breaker import BREAKER
from search.engines.elastic.client import ALIAS, client
from search.language import Vocabulary, normalise
from search.models import SearchDocument
from search.scopes import may_find

BULK_SECONDS = 30.0
REACHABLE = 1_000  # deeper pages cost the cluster more than anyone gains by them
_CHARACTERS = 400_000


class ElasticEngine:
    name = "elasticsearch"

    def index(self, documents: Sequence[Document]) -> None:
        with BREAKER.guard():
            self._ensure()
            _send(_to_put(documents, ALIAS))

    def remove(self, keys: Sequence[str]) -> None:
        with BREAKER.guard():
            self._ensure()
            _send({"_op_type": "delete", "_index": ALIAS, "_id": key} for key in keys)

    def search(self, request: SearchRequest) -> SearchResponse:
        began = time.perf_counter()
        scopes = _scopes(request.viewer)
        answer = _ask(search_of(request, scopes).to_dict())
        least = sum(clause.is_required for clause in request.clauses)
        total, is_relaxed = _total(answer), False
        lowest = (least + 1) // 2
        while not total and least > max(lowest, 1):
            least -= 1
            answer = _ask(search_of(request, scopes, least=least).to_dict())
            total, is_relaxed = _total(answer), True
        found = [(hit["_source"]["pk"], hit["_score"] or 0.0) for hit in answer["hits"]["hits"]]
        return SearchResponse(
            total=total,
            reachable=min(total, REACHABLE),
            is_relaxed=is_relaxed and bool(total),
            hits=showing.hits(found, request),
            facets=_facets(answer.get("aggregations", {})),
            took=time.perf_counter() - began,
            engine=self.name,
        )

    def suggest(self, words: Sequence[str], viewer: Viewer, limit: int) -> list[Suggestion]:
        if not words:
            return []
        answer = _ask(suggestion_of(words, _scopes(viewer), limit).to_dict())
        return showing.suggestions([hit["_source"]["pk"] for hit in answer["hits"]["hits"]])

    def vocabulary(self) -> Vocabulary:
        """The database's: it is always up to date, and costs no journey."""
        return DatabaseEngine().vocabulary()

    def rebuild(
        self,
        documents: Iterable[Document],
        total: int,
        progress: Progress,
        catch_up: Callable[[], list[Document]] = list,
    ) -> int:
        """A new index beside, then the alias; at last what changed meanwhile, and away with what is gone."""
        with BREAKER.guard():
            name = self._create()
            sent: list[str] = []
            _send(_to_put(_counted(documents, sent, total, progress), name))
            client().indices.refresh(index=name)
            self._point_alias_to(name)
            _send(_to_put(catch_up(), ALIAS))
            here = set(SearchDocument.objects.filter(key__in=sent).values_list("key", flat=True)) if sent else set()
            gone = [key for key in sent if key not in here]
            _send({"_op_type": "delete", "_index": ALIAS, "_id": key} for key in gone)
        return len(sent)

    def is_alive(self) -> bool:
        return bool(client().options(request_timeout=1).ping())

    def refresh(self) -> None:
        """What was put in is found from now on, without waiting for the second to end."""
        with BREAKER.guard():
            client().indices.refresh(index=ALIAS)

    def _ensure(self) -> None:
        if not client().indices.exists_alias(name=ALIAS):
            self._point_alias_to(self._create())

    def _create(self) -> str:
        name = f"{ALIAS}-{time.time_ns()}"
        client().indices.create(index=name, settings=settings(has_icu=_has_icu()), mappings=mappings())
        return name

    def _point_alias_to(self, name: str) -> None:
        """In one step, so that there is an index at every moment; those before it go."""
        exists = client().indices.exists_alias(name=ALIAS)
        old = [index for index in client().indices.get_alias(name=ALIAS) if index != name] if exists else []
        away: list[Mapping[str, Any]] = [{"remove": {"index": index, "alias": ALIAS}} for index in old]
        client().indices.update_aliases(actions=[*away, {"add": {"index": name, "alias": ALIAS}}])
        for index in old:
            client().indices.delete(index=index, ignore_unavailable=True)


def _ask(body: dict[str, Any]) -> Any:
    with BREAKER.guard():
        return client().search(index=ALIAS, **_renamed(body))


def _renamed(body: dict[str, Any]) -> dict[str, Any]:
    """The client names two parts of the body in its own way."""
    names = {"_source": "source", "from": "from_"}
    return {names.get(name, name): value for name, value in body.items()}


def _total(answer: Any) -> int:
    return int(answer["hits"]["total"]["value"])


def _facets(aggregations: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    return {
        name: {bucket["key"]: bucket["doc_count"] for bucket in counted["values"]["buckets"]}
        for name, counted in aggregations.items()
    }


def _scopes(viewer: Viewer) -> list[str]:
    """The scopes there are, as the database's index knows them, that let this viewer in."""
    return [scope for scope in opened().scopes() if may_find(scope, viewer)]


def _send(operations: Iterable[dict[str, Any]]) -> None:
    """In pieces; where the cluster says that it is too much, again after a while. Deleting twice is no fault."""
    for is_done, answer in helpers.streaming_bulk(
        client().options(request_timeout=BULK_SECONDS),
        operations,
        chunk_size=500,
        max_chunk_bytes=5 * 1024 * 1024,
        max_retries=5,
        initial_backoff=0.5,
        max_backoff=10,
        raise_on_error=False,
    ):
        (operation, told), *_ = answer.items()
        if not is_done and not (operation == "delete" and told.get("status") == 404):
            raise helpers.BulkIndexError("not taken", [answer])


def _to_put(documents: Iterable[Document], index: str) -> Iterator[dict[str, Any]]:
    for document in documents:
        body = " ".join((document.body, document.beside, document.files))[:_CHARACTERS]
        yield {
            "_op_type": "index",
            "_index": index,
            "_id": document.key,
            "pk": document.id,
            "title": normalise(document.title),
            "summary": normalise(document.summary),
            "body": normalise(body),
            "numbers": [number_term(key) for key in document.numbers],
            "scope": document.scope,
            "date": document.date.isoformat() if document.date else None,
            "popularity": document.popularity,
            **{field_of(name): list(values) for name, values in document.facets.items()},
        }


def _counted(documents: Iterable[Document], sent: list[str], total: int, progress: Progress) -> Iterator[Document]:
    for document in documents:
        sent.append(document.key)
        if len(sent) % 500 == 0:
            progress(len(sent), max(total, len(sent)))
        yield document
    progress(len(sent), max(total, len(sent)))


def _has_icu() -> bool:
    plugins: Any = client().cat.plugins(format="json")
    return any(plugin.get("component") == "analysis-icu" for plugin in plugins)
