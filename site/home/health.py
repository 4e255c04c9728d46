"""Whether each part that the site stands on works. No personal data, nothing that a stranger could use."""

import os
from collections.abc import Callable
from dataclasses import dataclass

from django.core.cache import cache
from django.core.files.storage import storages
from django.db import Error as DatabaseError
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from search import health as search_health
from work import clock

# Tasks are picked up within seconds; one that has waited this long says that the workers do not keep up.
_LONGEST_WAIT_SECONDS = 300


@dataclass(frozen=True)
class Part:
    is_well: bool
    detail: str = ""


def report() -> dict[str, Part]:
    parts = {
        "database": _database,
        "cache": _cache,
        "worker": _worker,
        "recurring": _recurring,
        "storage": _storage,
        "search": _search,
    }
    return {name: _asked(check) for name, check in parts.items()}


def _asked(check: Callable[[], Part]) -> Part:
    try:
        return check()
    except (DatabaseError, OSError, ValueError) as error:
        return Part(is_well=False, detail=type(error).__name__)


def _database() -> Part:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return Part(is_well=cursor.fetchone() == (1,))


def _cache() -> Part:
    moment = timezone.now().isoformat()
    cache.set("health", moment, 60)
    return Part(is_well=cache.get("health") == moment)


def _worker() -> Part:
    oldest = DBTaskResult.objects.ready().order_by("enqueued_at").values_list("enqueued_at", flat=True).first()
    waited = int((timezone.now() - oldest).total_seconds()) if oldest else 0
    if not clock.is_alive():
        return Part(is_well=False, detail=f"no worker runs; oldest task waits {waited} s")
    return Part(is_well=waited < _LONGEST_WAIT_SECONDS, detail=f"oldest task waits {waited} s")


def _recurring() -> Part:
    overdue = clock.overdue(timezone.now())
    return Part(is_well=not overdue, detail=f"overdue: {', '.join(overdue)}" if overdue else "")


def _storage() -> Part:
    return Part(is_well=all(_is_writable(name) for name in ("private", "public")))


def _search() -> Part:
    return Part(*search_health.state())


def _is_writable(name: str) -> bool:
    storage = storages[name]
    folder = getattr(storage, "location", None)
    if folder is None:  # not a folder of this machine: being answered is enough
        storage.exists("health")
        return True
    os.makedirs(folder, exist_ok=True)
    return os.access(folder, os.W_OK)
