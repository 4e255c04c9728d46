"""What happens to an attempt that its learner left open."""

import datetime
from collections.abc import Callable
from uuid import UUID

from django.utils import timezone
from django_tasks import default_task_backend, task

from assessments import actions
from assessments.models import Attempt, QuestionImport
from assessments.rules import GRACE


@task()
def close_overdue(attempt_id: str) -> None:
    """Hands in an attempt whose time is over, with the answers that were saved. Running it again changes nothing."""
    attempt = Attempt.objects.filter(pk=UUID(attempt_id), finished_at=None).first()
    if attempt is not None:
        actions.finish(attempt=attempt, by=None, at=timezone.now())


def close_when_over(attempt: Attempt) -> None:
    """Has the attempt closed after its time; a queue that cannot wait leaves it to the learner's next visit."""
    if attempt.due_at is None or not default_task_backend.supports_defer:
        return
    moment = attempt.due_at + GRACE + datetime.timedelta(seconds=5)
    close_overdue.using(run_after=moment).enqueue(str(attempt.pk))


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
