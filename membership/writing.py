"""What is being written about somebody while they take their consent back: either it stands before, or not at all.

Whoever writes asks in the transaction that they write in, and by asking has a withdrawal wait until it ends. On SQLite
one writes at a time, so asking is enough.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from membership.models import Person

_WRITES = ("INSERT ", "UPDATE ", "DELETE ", "WITH ")
# A session is ended by the withdrawal itself, and a task asks when it runs.
_NOTHING_ABOUT_THEM = ("membership_session", "django_tasks_database")


class WithdrawnError(Exception):
    """The person took back what the site needs to write about them, or restricted it, before this was written."""


def read_held(rows: QuerySet[Any, Any]) -> list[tuple[Any, ...]]:
    """The values; until the transaction ends nobody of those people withdraws, for that takes the row for itself
    (``settle_withdrawal``). What else is written in it, by others or in another request of theirs, goes on."""
    sql, values = rows.query.sql_with_params()
    held = f" FOR KEY SHARE OF {Person._meta.db_table}" if connection.features.has_select_for_update else ""
    with connection.cursor() as cursor:
        cursor.execute(sql + held, values)
        return cursor.fetchall()


def has_withdrawn(person_id: int) -> bool:
    return withdrawn_among([person_id]) != set()


def withdrawn_among(people: Collection[int]) -> set[int]:
    if not people:
        return set()
    asked = Person.objects.filter(pk__in=people).order_by("pk").values_list("pk", "withdrawn_at")
    return {pk for pk, withdrawn_at in read_held(asked) if withdrawn_at is not None}


@contextmanager
def writing_about(person_id: int | None) -> Iterator[None]:
    """Each transaction within asks before the first that it writes, and raises WithdrawnError instead of writing."""
    if person_id is None:
        yield
        return
    with connection.execute_wrapper(_asking(person_id)):
        yield


def _asking(person_id: int) -> Callable[..., Any]:
    def asked() -> None:
        """Does nothing: as long as it waits for the commit, the person's row is held."""

    def ask() -> None:
        if has_withdrawn(person_id):
            raise WithdrawnError
        transaction.on_commit(asked)

    def write(execute: Callable[..., Any], sql: Any, *given: Any) -> Any:
        if not _concerns_them(str(sql)) or _awaits_commit(asked):
            return execute(sql, *given)
        with transaction.atomic(savepoint=False):
            ask()
            return execute(sql, *given)

    return write


def _concerns_them(sql: str) -> bool:
    return sql.lstrip().startswith(_WRITES) and not any(table in sql[:60] for table in _NOTHING_ABOUT_THEM)


def _awaits_commit(mark: Callable[[], None]) -> bool:
    """A savepoint that is taken back lets go of both, the lock and the mark."""
    return any(waiting[1] is mark for waiting in connection.run_on_commit)
