"""Whether each part that the site stands on works. No personal data, nothing that a stranger could use."""

from collections.abc import Callable
from dataclasses import dataclass
from shutil import disk_usage
from uuid import uuid4

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import Error as DatabaseError
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from evaluation.recognition.trust import faults
from search import health as search_health
from work import clock
from work.models import Letter

# Tasks are picked up within seconds; one that has waited this long says that the workers do not keep up.
_LONGEST_WAIT_SECONDS = 300
_PROBE_BYTES = 64 * 1024
_LEAST_FREE_BYTES = 100 * 1024**2  # ten uploads


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
        "mail": _mail,
        "storage": _storage,
        "search": _search,
        "signatures": _signatures,
    }
    return {name: _asked(check) for name, check in parts.items()}


def _asked(check: Callable[[], Part]) -> Part:
    try:
        return check()
    except (DatabaseError, OSError, ValueError) as error:
        return Part(is_well=False, detail=getattr(error, "strerror", None) or type(error).__name__)


def _database() -> Part:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return Part(is_well=cursor.fetchone() == (1,))


def _cache() -> Part:
    moment = timezone.now().isoformat()
    cache.set("health", moment, 60)
    is_kept = cache.get("health") == moment
    if getattr(cache, "is_away", bool)():
        return Part(is_well=False, detail="redis is away: files of this machine stand in")
    return Part(is_well=is_kept)


def _worker() -> Part:
    oldest = DBTaskResult.objects.ready().order_by("enqueued_at").values_list("enqueued_at", flat=True).first()
    waited = int((timezone.now() - oldest).total_seconds()) if oldest else 0
    if not clock.is_alive():
        return Part(is_well=False, detail=f"no worker runs; oldest task waits {waited} s")
    return Part(is_well=waited < _LONGEST_WAIT_SECONDS, detail=f"oldest task waits {waited} s")


def _recurring() -> Part:
    overdue = clock.overdue(timezone.now())
    return Part(is_well=not overdue, detail=f"overdue: {', '.join(overdue)}" if overdue else "")


def _mail() -> Part:
    overdue = int(Letter.objects.longest_overdue(timezone.now()).total_seconds())
    return Part(
        is_well=overdue < _LONGEST_WAIT_SECONDS, detail=f"letters are overdue by {overdue} s" if overdue else ""
    )


def _storage() -> Part:
    """Written to as an upload is: a full disk still says that its folders may be written to."""
    for name in ("private", "public"):
        storage = storages[name]
        storage.delete(storage.save(f"health/{uuid4()}", ContentFile(bytes(_PROBE_BYTES))))
        if (folder := getattr(storage, "location", None)) and disk_usage(folder).free < _LEAST_FREE_BYTES:
            return Part(is_well=False, detail=f"less than {_LEAST_FREE_BYTES // 1024**2} MB are free")
    return Part(is_well=True)


def _search() -> Part:
    return Part(*search_health.state())


def _signatures() -> Part:
    """A list that an authority has not renewed takes nobody off the site: each signature says what was not checked."""
    count = len(faults(timezone.now()))
    return Part(is_well=True, detail=f"{count} to look at: manage.py check --deploy" if count else "")
