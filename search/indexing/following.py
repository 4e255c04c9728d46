"""When what waits in the outbox is carried out: about a second after it was written, once for many changes.

The first change of a second asks for a task after that second, the others see that it was asked for. The task starts
after all of them are committed, so none is missed; what fails is tried again by ``search.periodic``.
"""

import datetime

from django.db import transaction

from search import actions
from search.tasks import carry_out
from work.queue import enqueue_once


def follow(*subjects: str) -> None:
    """Notes what has changed, in the transaction of the change, and has it carried out after that."""
    actions.note(subjects)
    transaction.on_commit(follow_soon)


def follow_soon() -> None:
    enqueue_once(carry_out, within=datetime.timedelta(seconds=1))
