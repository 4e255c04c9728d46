"""Tests that commit are cleaned up by emptying every table. Two things are added to what Django does there: the
ledger's triggers, which refuse it, are lifted for as long as it takes; and what the migrations laid (the page
tree's root, the site) is laid again, so that the next test, or the next run, finds the database as it was."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connection

_TABLE = "evidence_evidence"


def snapshot() -> str:
    """All rows that stand before the first test commits any."""
    return connection.creation.serialize_db_to_string()


def empty_and_restore(kept: str) -> None:
    with _triggers_lifted():
        call_command("flush", verbosity=0, interactive=False, reset_sequences=False, inhibit_post_migrate=True)
    connection.creation.deserialize_db_from_string(kept)


@contextmanager
def _triggers_lifted() -> Iterator[None]:
    if connection.vendor == "postgresql":
        yield from _disabled()
    else:
        yield from _dropped()


def _disabled() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {_TABLE} DISABLE TRIGGER USER")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {_TABLE} ENABLE TRIGGER USER")


def _dropped() -> Iterator[None]:
    """SQLite cannot disable a trigger: its text is kept and run again."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [_TABLE])
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for _name, sql in triggers:
                cursor.execute(sql)
