"""Tests that commit are cleaned up by emptying every table. Two things are added to what Django does there: the
ledger's triggers, which refuse it, are lifted for as long as it takes; and the rows that the migrations laid (the
page tree's root, the site) are laid again as they were, past all signals, so that the next test, or the next run on
the same database, finds it unchanged."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from search.engines.database import dialects
from tests.laid import BY_TRIGGERS

# Tables whose triggers refuse: the ledger, the store of statements, frozen reports, the register of breaches.
_GUARDED = ("evidence_%", "tracking_statement", "reporting_%", "privacy_breach%")

Rows = dict[str, tuple[list[str], list[tuple[Any, ...]]]]


def snapshot() -> Rows:
    """All rows that stand before the first test commits any, by table."""
    with connection.cursor() as cursor:
        return {table: _rows(cursor, table) for table in _filled(cursor)}


def empty_and_restore(kept: Rows) -> None:
    with triggers_lifted(), transaction.atomic(), connection.cursor() as cursor:
        for table in [*(_filled(cursor) - kept.keys()), BY_TRIGGERS]:
            cursor.execute(f'DELETE FROM "{table}"')
        _restore(cursor, kept)
    empty_search_index()


def _restore(cursor: CursorWrapper, kept: Rows) -> None:
    """Only what has changed: whether anything points to it, PostgreSQL asks of each permission that is deleted."""
    changed = {table: laid for table, laid in kept.items() if _rows(cursor, table) != laid}
    for table in changed:
        cursor.execute(f'DELETE FROM "{table}"')
    for table, (columns, rows) in changed.items():
        names = ", ".join(f'"{name}"' for name in columns)
        places = ", ".join(["%s"] * len(columns))
        cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({places})', rows)


def _filled(cursor: CursorWrapper) -> set[str]:
    """The few tables that have rows: to truncate them all takes PostgreSQL a second."""
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    cursor.execute(" UNION ALL ".join(f"SELECT '{one}' WHERE EXISTS (SELECT 1 FROM \"{one}\")" for one in tables))
    return {table for (table,) in cursor.fetchall()}


def _rows(cursor: CursorWrapper, table: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')
    return [column[0] for column in cursor.description], cursor.fetchall()


def empty_search_index() -> None:
    """The tables of the search's builds belong to no model: the first is laid anew, those of rebuilds go."""
    names = connection.introspection.table_names()
    for build in {int(name.rpartition("_")[2]) for name in names if re.fullmatch(r"search_rows_\d+", name)}:
        dialects.drop(build)
    dialects.dialect().create(1)
    dialects.dialect().finish(1)


@contextmanager
def triggers_lifted() -> Iterator[None]:
    if connection.vendor == "postgresql":
        yield from _disabled()
    else:
        yield from _dropped()


def _disabled() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE NOT t.tgisinternal"
            " AND (c.relname LIKE %s OR c.relname = %s OR c.relname LIKE %s OR c.relname LIKE %s)",
            _GUARDED,
        )
        tables = [table for (table,) in cursor.fetchall()]
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def _dropped() -> Iterator[None]:
    """SQLite cannot disable a trigger: its text is kept and run again."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
            " AND (tbl_name LIKE %s OR tbl_name = %s OR tbl_name LIKE %s OR tbl_name LIKE %s)",
            _GUARDED,
        )
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for _name, sql in triggers:
                cursor.execute(sql)
