"""How the search is, for the health page and the alarm: who answers, and what waits to be indexed."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.utils import timezone

from search.engines.database import DatabaseEngine
from search.engines.elastic import ElasticEngine
from search.models import IndexState, PendingChange

# Changes are carried out within seconds; one that has waited so long says that something is wrong.
_LONGEST = datetime.timedelta(minutes=10)


def state() -> tuple[bool, str]:
    """Whether searches are answered by an index that follows; and by which engine."""
    oldest = PendingChange.objects.filter(queue=PendingChange.Queue.DOCUMENTS).order_by("pk").first()
    waited = timezone.now() - oldest.created_at if oldest else datetime.timedelta()
    told = [_who_answers(), f"oldest change waits {int(waited.total_seconds())} s"]
    behind = PendingChange.objects.filter(queue=PendingChange.Queue.ELASTICSEARCH).count()
    if behind:
        told.append(f"{behind} changes wait for elasticsearch")
    return IndexState.objects.exists() and waited < _LONGEST, "; ".join(told)


def _who_answers() -> str:
    if not settings.ELASTICSEARCH_URL:
        return DatabaseEngine.name
    return ElasticEngine.name if ElasticEngine().is_alive() else "elasticsearch is away: the database answers"
