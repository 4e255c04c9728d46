"""When what waits in the outbox is carried out: about a second after it was written, once for many changes.

The first change of a second asks for a task after that second, the others see that it was asked for. The task starts
after all of them are committed, so none is missed; what fails is asked for again by the task itself.
"""

import datetime

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from search import actions
from search.tasks import carry_out
from work.queue import default_task_backend

_SOON = datetime.timedelta(seconds=1)
_ASKED = "search:asked-to-follow"


def follow(*subjects: str) -> None:
    """Notes what has changed, in the transaction of the change, and has it carried out after that."""
    actions.note(subjects)
    transaction.on_commit(follow_soon)


def follow_soon() -> None:
    if not default_task_backend.supports_defer:
        carry_out.enqueue()
    elif cache.add(_ASKED, 1, timeout=_SOON.total_seconds()):
        carry_out.using(run_after=timezone.now() + _SOON).enqueue()
