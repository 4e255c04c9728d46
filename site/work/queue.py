"""Tasks, wherever they come from: in Django itself from its sixth version on, before that in django-tasks.

The queue in the database (django-tasks-db) follows whichever Django has, so one module says which that is. Nothing
else imports either of them: ``tests/architecture/`` holds it.
"""

import datetime
from importlib.util import find_spec
from typing import Any

from django.core.cache import cache
from django.utils import timezone

if find_spec("django.tasks"):
    from django.tasks import default_task_backend, task
    from django.tasks.backends.immediate import ImmediateBackend
else:
    from django_tasks import default_task_backend, task  # type: ignore[assignment,no-redef]
    from django_tasks.backends.immediate import ImmediateBackend  # type: ignore[assignment]

__all__ = ["ImmediateBackend", "default_task_backend", "enqueue_at", "enqueue_once", "task"]


def enqueue_at(moment: datetime.datetime, job: Any, *arguments: Any) -> None:
    """Puts the task off until then. A queue that cannot wait, as that of tests, leaves it undone."""
    if default_task_backend.supports_defer:
        job.using(run_after=moment).enqueue(*arguments)


def enqueue_once(job: Any, *, within: datetime.timedelta) -> None:
    """Has the task run after that time, once for all who ask meanwhile; at once where the queue cannot wait."""
    if not default_task_backend.supports_defer:
        job.enqueue()
    elif cache.add(f"asked:{job.module_path}", 1, timeout=within.total_seconds()):
        enqueue_at(timezone.now() + within, job)
