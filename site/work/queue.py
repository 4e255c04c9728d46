"""Tasks, wherever they come from: in Django itself from its sixth version on, before that in django-tasks.

The queue in the database (django-tasks-db) follows whichever Django has, so one module says which that is. Nothing
else imports either of them: ``tests/architecture/`` holds it.
"""

from importlib.util import find_spec

if find_spec("django.tasks"):
    from django.tasks import default_task_backend, task
    from django.tasks.backends.immediate import ImmediateBackend
else:
    from django_tasks import default_task_backend, task  # type: ignore[assignment,no-redef]
    from django_tasks.backends.immediate import ImmediateBackend  # type: ignore[assignment]

__all__ = ["ImmediateBackend", "default_task_backend", "task"]
