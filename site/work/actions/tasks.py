"""Writes of the queue: tasks are taken up again, and forgotten."""

import datetime
from collections.abc import Callable

from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult

_RESULTS_KEPT = datetime.timedelta(days=14)
_TRIES, _TRIED_FOR = 5, datetime.timedelta(hours=1)
_FELL_WITH = ("django.db.utils.OperationalError", "django.db.utils.InterfaceError")


def forget_results(*, at: datetime.datetime) -> int:
    """Of tasks that ended more than two weeks ago."""
    return DBTaskResult.objects.finished().filter(finished_at__lt=at - _RESULTS_KEPT).delete()[0]


def take_up_again(*, is_left_by: Callable[[str], bool], at: datetime.datetime) -> int:
    """Tasks whose worker has left them, and those that fell with the database, wait anew; each may run twice.

    One that fell time and again, and perhaps brought its workers down, stays failed for somebody to look at.
    """
    left = [task for task in DBTaskResult.objects.running() if is_left_by(task.worker_ids[-1])]
    fell = DBTaskResult.objects.failed().filter(finished_at__gt=at - _TRIED_FOR, exception_class_path__in=_FELL_WITH)
    again = 0
    for task in [*left, *fell]:
        as_read = DBTaskResult.objects.filter(pk=task.pk, status=task.status, worker_ids=task.worker_ids)
        if len(task.worker_ids) < _TRIES:
            again += as_read.update(status=TaskResultStatus.READY)
        else:
            as_read.running().update(status=TaskResultStatus.FAILED, finished_at=at)
    return again
