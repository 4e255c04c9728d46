"""When to seal: a minute after the first entry that waits, or at once when a thousand do.

Only the first entry of each minute asks the queue for anything; the others count one up in the cache. If the cache
forgets, the next entry asks again: nothing is lost but time.
"""

import datetime

from django.core.cache import cache
from django.utils import timezone

from learning.evidence.tasks import seal_what_waits
from work.queue import default_task_backend

EVERY = datetime.timedelta(minutes=1)
ENTRIES = 1000
_COUNT = "evidence:waiting-to-be-sealed"


def seal_soon(entries: int = 1) -> None:
    """So many more wait. Where the queue cannot wait, ``ledger_seal`` run each minute does it."""
    if not default_task_backend.supports_defer:
        return
    if cache.add(_COUNT, entries, timeout=EVERY.total_seconds()):
        seal_what_waits.using(run_after=timezone.now() + EVERY).enqueue()
        return
    try:
        waiting = cache.incr(_COUNT, entries)
    except ValueError:  # the minute ended in between
        return
    if waiting % ENTRIES < entries:
        seal_what_waits.enqueue()
