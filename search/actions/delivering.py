"""From the outbox to Elasticsearch. The database's index is ahead of it and answers until it is back."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import transaction
from elasticsearch.helpers import BulkIndexError

from search.actions import outbox
from search.actions.documents import for_engine
from search.contract import EngineAway
from search.engines.elastic import ElasticEngine
from search.models import PendingChange, SearchDocument


def deliver(*, at: datetime.datetime) -> int:
    """Brings all that waits and is due; what the cluster does not take is put off. Gives how many were taken."""
    delivered = 0
    while settings.ELASTICSEARCH_URL:
        taken, has_more = _deliver_some(at)
        delivered += taken
        if not has_more:
            break
    return delivered


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
