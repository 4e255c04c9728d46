"""Building the index anew while the old one goes on answering."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from search.actions.documents import for_engine
from search.actions.draining import drain
from search.actions.outbox import note
from search.contract import Document, Progress
from search.engines.database import DatabaseEngine
from search.engines.elastic import ElasticEngine
from search.models import PendingChange, SearchDocument

_PIECE = 500


def rebuild(*, progress: Progress, from_sources: bool = True) -> int:
    """Reads all sources anew (unless told not to), then builds each engine's index beside and swaps it in.

    ``progress`` runs to its end for each of these.
    """
    if from_sources:
        _read_everything(progress)
    started = timezone.now()
    total = SearchDocument.objects.count()
    built = DatabaseEngine().rebuild(_documents(), total, progress, lambda: _changed_since(started))
    if settings.ELASTICSEARCH_URL:
        ElasticEngine().rebuild(_documents(), total, progress, lambda: _changed_since(started))
    return built


def _read_everything(progress: Progress) -> None:
    note(["all:"])
    read, has_more = 0, True
    while has_more:
        drained = drain(at=timezone.now())
        read, has_more = read + drained.changes, drained.has_more
        left = PendingChange.objects.due(PendingChange.Queue.DOCUMENTS, timezone.now()).count()
        progress(read, read + left if has_more else read)


def _documents() -> Iterator[Document]:
    """In the order in which they are to come where a query does not decide: popular ones, then the newest."""
    keys = list(
        SearchDocument.objects.order_by("-popularity", F("date").desc(nulls_last=True), "pk").values_list(
            "pk", flat=True
        )
    )
    for start in range(0, len(keys), _PIECE):
        wanted = keys[start : start + _PIECE]
        found = SearchDocument.objects.in_bulk(wanted)
        yield from (for_engine(found[pk]) for pk in wanted if pk in found)


def _changed_since(moment: datetime.datetime) -> list[Document]:
    return [for_engine(document) for document in SearchDocument.objects.filter(indexed_at__gte=moment)]
