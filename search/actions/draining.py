"""From the outbox to the documents and the database's index, in one transaction: all of it or nothing; then to
Elasticsearch. The database's index is ahead of it and answers until it is back.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction
from elasticsearch.helpers import BulkIndexError
from wagtail.models import Page

from search.actions import outbox
from search.actions.documents import for_engine, forget, refresh
from search.contract import EngineAway
from search.engines.database import DatabaseEngine
from search.engines.elastic import ElasticEngine
from search.models import IndexState, PendingChange, SearchDocument
from search.sources import all_sources, source_for

# What concerns more documents than this is parted into changes of its own first.
_AT_ONCE = 100


@dataclass
class Drained:
    """``changes`` were carried out; ``files`` are to be read; ``has_more``: call again."""

    changes: int = 0
    has_more: bool = False
    files: list[int] = field(default_factory=list)


@transaction.atomic
def drain(*, at: datetime.datetime) -> Drained:
    """Carries out the oldest changes. One that fails is put off and keeps none of the others waiting."""
    IndexState.objects.select_for_update().get()  # one at a time, so that changes reach the index in order
    changes = outbox.waiting(PendingChange.Queue.DOCUMENTS, at)
    result = Drained(changes=len(changes), has_more=len(changes) == outbox.BATCH)
    by_subject: dict[str, list[PendingChange]] = {}
    for change in changes:
        by_subject.setdefault(change.subject, []).append(change)
    by_key: dict[str, list[PendingChange]] = {}
    many: dict[str, None] = {}
    for subject, same in by_subject.items():
        keys = keys_of(subject)
        if len(keys) > _AT_ONCE:
            many |= dict.fromkeys(f"key:{key}" for key in keys)
        else:
            for key in keys:
                by_key.setdefault(key, []).extend(same)
    if many:
        outbox.note(many)
        result.has_more = True
    failed = _carry_out(by_key, result, at)
    outbox.done([change for change in changes if change.pk not in failed])
    result.changes -= len(failed)
    return result


def keys_of(subject: str) -> list[str]:
    """The documents that a change concerns."""
    kind, _, value = subject.partition(":")
    if kind == "key":
        return [value]
    if kind == "tree":
        return _keys_beneath(value)
    if kind == "file":
        return list(SearchDocument.objects.filter(attached=int(value)).order_by("pk").values_list("key", flat=True))
    if kind == "files":
        attached = SearchDocument.objects.exclude(attached=None).order_by("pk")
        return list(dict.fromkeys(attached.values_list("key", flat=True)))
    return [key for source in all_sources() for key in map(source.key_of, _ids(source.model))]


def deliver(*, at: datetime.datetime) -> int:
    """Brings all that waits and is due; what the cluster does not take is put off. Gives how many were taken."""
    delivered = 0
    while settings.ELASTICSEARCH_URL:
        taken, has_more = _deliver_some(at)
        delivered += taken
        if not has_more:
            break
    return delivered


def _keys_beneath(path: str) -> list[str]:
    """The pages that stand there now and what hangs on them, and the documents of those that stood there."""
    kept = SearchDocument.objects.filter(path__startswith=path).values_list("key", flat=True)
    found = dict.fromkeys(kept.order_by("pk"))
    pages = Page.objects.filter(path__startswith=path).select_related("content_type").order_by("path")
    for page in pages.only("pk", "content_type"):
        source = source_for(page.cached_content_type.model_class())
        if source:
            found[source.key_of(page.pk)] = None
    hanging = [(source, source.beneath) for source in all_sources() if source.beneath]
    found |= dict.fromkeys(source.key_of(pk) for source, beneath in hanging for pk in beneath(path))
    return list(found)


def _ids(model: object) -> Iterable[object]:
    return model._default_manager.order_by("pk").values_list("pk", flat=True)  # type: ignore[attr-defined]


def _carry_out(by_key: dict[str, list[PendingChange]], result: Drained, at: datetime.datetime) -> set[int]:
    """All at once; if that fails, one by one, so that only what fails is put off."""
    try:
        with transaction.atomic():
            _bring(list(by_key), result, at)
    except Exception:
        return {pk for key in by_key for pk in _carry_out_one(key, by_key[key], result, at)}
    return set()


def _carry_out_one(key: str, changes: Sequence[PendingChange], result: Drained, at: datetime.datetime) -> list[int]:
    try:
        with transaction.atomic():
            _bring([key], result, at)
    except Exception as error:  # whatever a source cannot cope with must not stop the others
        outbox.put_off(changes, error, at)
        return [change.pk for change in changes]
    return []


def _bring(keys: Sequence[str], result: Drained, at: datetime.datetime) -> None:
    refreshed = refresh(keys, at=at)
    index = DatabaseEngine()
    if refreshed.changed:
        index.index([for_engine(document) for document in refreshed.changed])
    if refreshed.gone:
        index.remove(refreshed.gone)
        forget(refreshed.gone)
    result.files += refreshed.files
    if settings.ELASTICSEARCH_URL:
        told = [*(document.key for document in refreshed.changed), *refreshed.gone]
        outbox.note(told, queue=PendingChange.Queue.ELASTICSEARCH)


@transaction.atomic
def _deliver_some(at: datetime.datetime) -> tuple[int, bool]:
    """The rows are gone only once the cluster has said that it has them: if we die in between, they are sent again."""
    changes = outbox.waiting(PendingChange.Queue.ELASTICSEARCH, at)
    if not changes:
        return 0, False
    keys = list(dict.fromkeys(change.subject for change in changes))
    documents = list(SearchDocument.objects.filter(key__in=keys))
    here = {document.key for document in documents}
    engine = ElasticEngine()
    try:
        if documents:
            engine.index([for_engine(document) for document in documents])
        if gone := [key for key in keys if key not in here]:
            engine.remove(gone)
    except (EngineAway, BulkIndexError) as error:
        outbox.put_off(changes, error, at)
        return 0, False
    outbox.done(changes)
    return len(changes), len(changes) == outbox.BATCH
