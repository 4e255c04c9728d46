"""When to seal: a minute after the first entry that waits, and at once after each thousand.

Only the first entry of each minute asks the queue for anything. The thousands are counted in the cache for all
processes; each tells its entries some at a time, since to count one costs about what it costs to record it. If the
cache forgets, the next entry asks again: nothing is lost but time.
"""

import datetime
from contextlib import suppress

from django.core.cache import cache
from django.utils import timezone
from django_tasks import default_task_backend

from learning.evidence.tasks import seal_what_waits

EVERY = datetime.timedelta(minutes=1)
ENTRIES = 1000
TOLD_TOGETHER = 20
_ASKED, _RECORDED = "evidence:sealing-is-asked-for", "evidence:recorded"

_untold = 0


def seal_soon(entries: int = 1) -> None:
    """So many more wait. Where the queue cannot wait, ``ledger_seal`` run each minute does it."""
    global _untold
    if not default_task_backend.supports_defer:
        return
    if cache.add(_ASKED, True, timeout=EVERY.total_seconds()):
        seal_what_waits.using(run_after=timezone.now() + EVERY).enqueue()
    _untold += entries
    if _untold >= TOLD_TOGETHER:
        told, _untold = _untold, 0
        if _recorded(told) % ENTRIES < told:
            seal_what_waits.enqueue()


def _recorded(told: int) -> int:
    """How many all processes have recorded, with these."""
    cache.add(_RECORDED, 0)
    with suppress(ValueError):  # forgotten in between
        return cache.incr(_RECORDED, told)
    return told
