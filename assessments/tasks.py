"""Work over time: attempts that are left open or handed in, and corrected keys."""

import datetime
import logging
from collections.abc import Iterable
from contextlib import suppress
from uuid import UUID

from django.utils import timezone

from assessments import actions
from assessments.models import Attempt
from assessments.rules.quiz import GRACE
from membership.writing import WithdrawnError, writing_about
from work.queue import enqueue_at, task

_logger = logging.getLogger(__name__)


@task()
def close_overdue(attempt_id: str) -> None:
    """Hands in an attempt whose time is over, with the answers that were saved. Running it again changes nothing."""
    attempt = Attempt.objects.consenting().filter(pk=UUID(attempt_id), finished_at=None).first()
    if attempt is None:
        return
    with suppress(WithdrawnError), writing_about(attempt.enrolment.person_id):
        actions.finish(attempt=attempt, by=None, at=timezone.now())


@task()
def regrade_version(version_id: int) -> None:
    """Makes results anew after a corrected key. Twice equals once."""
    _regrade(Attempt.objects.that_asked(version_id))


@task()
def regrade_people(person_ids: list[int]) -> None:
    """Makes results anew of who agreed again: keys may have been corrected meanwhile. Twice equals once."""
    _regrade(Attempt.objects.with_corrected_key(person_ids))


def _regrade(attempts: Iterable[UUID]) -> None:
    """Each in a transaction of its own: one that cannot be marked keeps nobody else's from it. Fails with the first
    fault, after all others."""
    faults = []
    for attempt_id in list(attempts):
        try:
            actions.regrade(attempt=attempt_id, at=timezone.now())
        except Exception as fault:
            _logger.exception("attempt %s could not be marked anew", attempt_id)
            faults.append(fault)
    if faults:
        raise faults[0]


def close_when_over(attempt: Attempt) -> None:
    """Has the attempt closed after its time; a queue that cannot wait leaves it to the learner's next visit."""
    if attempt.due_at is not None:
        enqueue_at(attempt.due_at + GRACE + datetime.timedelta(seconds=5), close_overdue, str(attempt.pk))
