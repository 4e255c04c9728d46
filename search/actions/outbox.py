"""Writing down what has changed, in the transaction of the change, and taking it away once it is carried out."""

import datetime
from collections.abc import Collection, Iterable

from django.db import connection

from search.models import PendingChange

BATCH = 200
LONGEST = datetime.timedelta(minutes=10)


def note(subjects: Iterable[str], *, queue: str = PendingChange.Queue.DOCUMENTS) -> None:
    """Subjects: "key:materialpage:12", "tree:00010002" (a page and all beneath), "file:5", "all:"."""
    PendingChange.objects.bulk_create([PendingChange(queue=queue, subject=subject) for subject in subjects])


def waiting(queue: str, at: datetime.datetime) -> list[PendingChange]:
    """The oldest of what is due, for this transaction alone."""
    due = PendingChange.objects.due(queue, at)
    if connection.features.has_select_for_update_skip_locked:
        due = due.select_for_update(skip_locked=True)
    return list(due[:BATCH])


def done(changes: Collection[PendingChange]) -> None:
    PendingChange.objects.filter(pk__in=[change.pk for change in changes]).delete()


def put_off(changes: Collection[PendingChange], error: Exception, at: datetime.datetime) -> None:
    """Each further time twice as long, from two seconds to ten minutes; each minute looks for what is due."""
    for change in changes:
        change.attempts += 1
        change.error = type(error).__name__
        change.not_before = at + min(datetime.timedelta(seconds=2 ** min(change.attempts, 12)), LONGEST)
    PendingChange.objects.bulk_update(changes, ["attempts", "error", "not_before"])
