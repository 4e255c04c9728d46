"""What changes the cluster: indices, the alias, documents."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from elastic_transport import TransportError
from elasticsearch import ApiError, helpers

from search.contract import Document
from search.engines.elastic.analysis import field_of, mappings, settings
from search.engines.elastic.client import ALIAS, client
from search.indexing.analysis import number_term
from search.language import normalise

BULK_SECONDS = 30.0
_CHARACTERS = 400_000
_ABANDONED = 24 * 60 * 60.0


def ensure() -> None:
    if not client().indices.exists_alias(name=ALIAS):
        point_alias_to(new_index())


@contextmanager
def filled_index() -> Iterator[str]:
    """A new index to be filled; the alias moves to it once that is done. What was left half filled goes away."""
    _remove_unused()
    name = new_index()
    try:
        yield name
    except BaseException:
        # If the cluster is away just now, the next rebuild removes it.
        with suppress(TransportError, ApiError):
            client().indices.delete(index=name, ignore_unavailable=True)
        raise
    point_alias_to(name)


def _remove_unused() -> None:
    """Indices of ours that no alias points to: of rebuilds that were killed, not of one that may still run."""
    ours = client().indices.get_alias(index=f"{ALIAS}-*")
    for index in [name for name, held in ours.items() if not held["aliases"] and _age(name) > _ABANDONED]:
        client().indices.delete(index=index, ignore_unavailable=True)


def _age(name: str) -> float:
    """Seconds since the index was made."""
    made = name.rpartition("-")[2]
    return time.time() - int(made) / 1e9 if made.isdecimal() else 0.0


def new_index() -> str:
    name = f"{ALIAS}-{time.time_ns()}"
    client().indices.create(index=name, settings=settings(has_icu=_has_icu()), mappings=mappings())
    return name


def point_alias_to(name: str) -> None:
    """In one step, so that there is an index at every moment; those before it go."""
    exists = client().indices.exists_alias(name=ALIAS)
    old = [index for index in client().indices.get_alias(name=ALIAS) if index != name] if exists else []
    away: list[Mapping[str, Any]] = [{"remove": {"index": index, "alias": ALIAS}} for index in old]
    client().indices.update_aliases(actions=[*away, {"add": {"index": name, "alias": ALIAS}}])
    for index in old:
        client().indices.delete(index=index, ignore_unavailable=True)


def send(operations: Iterable[dict[str, Any]]) -> None:
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


def to_put(documents: Iterable[Document], index: str) -> Iterator[dict[str, Any]]:
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


def _has_icu() -> bool:
    plugins: Any = client().cat.plugins(format="json")
    return any(plugin.get("component") == "analysis-icu" for plugin in plugins)
