"""Tests that commit are cleaned up by emptying every table, which the ledger's triggers refuse: here alone they are
lifted, for as long as the emptying takes."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

_TABLE = "evidence_evidence"


@contextmanager
def triggers_lifted() -> Iterator[None]:
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
