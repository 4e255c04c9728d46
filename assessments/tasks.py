"""Work over time: attempts that are left open or handed in, corrected keys, imports of questions."""

import datetime
from collections.abc import Callable
from uuid import UUID

from django.utils import timezone

from assessments import actions
from assessments.models import Attempt, QuestionImport
from assessments.rules.quiz import GRACE
from work.queue import enqueue_at, task


@task()
def close_overdue(attempt_id: str) -> None:
    """Hands in an attempt whose time is over, with the answers that were saved. Running it again changes nothing."""
    attempt = Attempt.objects.filter(pk=UUID(attempt_id), finished_at=None).first()
    if attempt is not None:
        actions.finish(attempt=attempt, by=None, at=timezone.now())


@task()
def regrade_version(version_id: int) -> None:
    """Makes results anew after a corrected key, each in a transaction of its own. Twice equals once."""
    for attempt_id in list(Attempt.objects.that_asked(version_id)):
        actions.regrade(attempt=attempt_id, at=timezone.now())


def close_when_over(attempt: Attempt) -> None:
    """Has the attempt closed after its time; a queue that cannot wait leaves it to the learner's next visit."""
    if attempt.due_at is not None:
        enqueue_at(attempt.due_at + GRACE + datetime.timedelta(seconds=5), close_overdue, str(attempt.pk))


@task()
def read_import(import_id: str) -> None:
    """The dry run of a file of questions. Running it again changes nothing."""
    batch = QuestionImport.objects.select_related("created_by").filter(pk=UUID(import_id)).first()
    if batch is not None:
        _carry_on(actions.read_import, batch)


@task()
def apply_import(import_id: str) -> None:
    """Carries a dry run out, whole or not at all. Running it again changes nothing."""
    batch = QuestionImport.objects.select_related("created_by").filter(pk=UUID(import_id)).first()
    if batch is not None:
        _carry_on(actions.apply_import, batch)


def _carry_on(action: Callable[..., object], batch: QuestionImport) -> None:
    """A fault leaves an import that its trainer can go on with, and stays a failed task."""
    try:
        action(batch=batch, by=batch.created_by, at=timezone.now())
    except Exception:
        actions.fail_import(batch=batch, by=batch.created_by, at=timezone.now())
        raise
