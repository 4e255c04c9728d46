"""Search and suggestions from Elasticsearch. What is shown, the vocabulary and who may see what stay ours."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from search.contract import Document, Progress, SearchRequest, SearchResponse, Suggestion, Viewer, may_find
from search.engines import shown
from search.engines.database import DatabaseEngine, rank
from search.engines.database.store import opened
from search.engines.elastic import actions
from search.engines.elastic.client import ALIAS, BREAKER, client
from search.engines.elastic.requests import search_of, suggestion_of
from search.language import Vocabulary
from search.models import SearchDocument

# So many of the cluster's best are ranked as the database's engine ranks them, so that both answer alike.
RANKED = 250
REACHABLE = 1_000  # deeper pages cost the cluster more than anyone gains by them


class ElasticEngine:
    name = "elasticsearch"

    def index(self, documents: Sequence[Document]) -> None:
        with BREAKER.guard():
            actions.ensure()
            actions.send(actions.to_put(documents, ALIAS))

    def remove(self, keys: Sequence[str]) -> None:
        with BREAKER.guard():
            actions.ensure()
            actions.send({"_op_type": "delete", "_index": ALIAS, "_id": key} for key in keys)

    def search(self, request: SearchRequest) -> SearchResponse:
        began = time.perf_counter()
        scopes = _scopes(request.viewer)
        is_near = request.offset + request.limit <= RANKED
        wanted = replace(request, offset=0, limit=RANKED) if is_near and request.limit else request
        answer = _ask(search_of(wanted, scopes).to_dict())
        least = sum(clause.is_required for clause in request.clauses)
        total, is_relaxed = _total(answer), False
        lowest = (least + 1) // 2
        while not total and least > max(lowest, 1):
            least -= 1
            answer = _ask(search_of(wanted, scopes, least=least).to_dict())
            total, is_relaxed = _total(answer), True
        found = [(hit["_source"]["pk"], hit["_score"] or 0.0) for hit in answer["hits"]["hits"]]
        if is_near:
            ranked = rank(request, [pk for pk, _score in found])
            found = ranked[request.offset : request.offset + request.limit]
        return SearchResponse(
            total=total,
            reachable=min(total, REACHABLE),
            is_relaxed=is_relaxed and bool(total),
            hits=shown.hits(found, request),
            facets=_facets(answer.get("aggregations", {})),
            took=time.perf_counter() - began,
            engine=self.name,
        )

    def suggest(self, words: Sequence[str], viewer: Viewer, limit: int) -> list[Suggestion]:
        if not words:
            return []
        answer = _ask(suggestion_of(words, _scopes(viewer), limit).to_dict())
        return shown.suggestions([hit["_source"]["pk"] for hit in answer["hits"]["hits"]])

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
            sent: list[str] = []
            with actions.filled_index() as name:
                actions.send(actions.to_put(_counted(documents, sent, total, progress), name))
                client().indices.refresh(index=name)
            actions.send(actions.to_put(catch_up(), ALIAS))
            here = set(SearchDocument.objects.filter(key__in=sent).values_list("key", flat=True)) if sent else set()
            gone = [key for key in sent if key not in here]
            actions.send({"_op_type": "delete", "_index": ALIAS, "_id": key} for key in gone)
        return len(sent)

    def is_alive(self) -> bool:
        return bool(client().options(request_timeout=1).ping())

    def refresh(self) -> None:
        """What was put in is found from now on, without waiting for the second to end."""
        with BREAKER.guard():
            actions.ensure()
            client().indices.refresh(index=ALIAS)


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


def _counted(documents: Iterable[Document], sent: list[str], total: int, progress: Progress) -> Iterator[Document]:
    for document in documents:
        sent.append(document.key)
        if len(sent) % 500 == 0:
            progress(len(sent), max(total, len(sent)))
        yield document
    progress(len(sent), max(total, len(sent)))
