"""The database itself refuses changes of frozen reports, whoever asks: no update, no delete, no TRUNCATE.

Installed after every migration, for SQLite forgets triggers when it rebuilds a table.
"""

from typing import Any

from django.db import connections

TABLES = ("reporting_frozenreport", "reporting_frozenpaper", "reporting_reportsending")
_WORDS = "a frozen report is never changed: freeze the next version"


def install(sender: Any, using: str, **kwargs: Any) -> None:
    """Receives post_migrate. Idempotent."""
    connection = connections[using]
    present = [table for table in TABLES if table in connection.introspection.table_names()]
    statements = _postgresql(present) if connection.vendor == "postgresql" else _sqlite(present)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _sqlite(tables: list[str]) -> list[str]:
    return [
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_{event.lower()} BEFORE {event} ON {table}"
        f" BEGIN SELECT RAISE(ABORT, '{_WORDS}'); END"
        for table in tables
        for event in ("UPDATE", "DELETE")
    ]


def _postgresql(tables: list[str]) -> list[str]:
    function = (
        "CREATE OR REPLACE FUNCTION reporting_refuse_change() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{_WORDS}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    made = [function] if tables else []
    for table in tables:
        for name, event, each in (("change", "UPDATE OR DELETE", "ROW"), ("truncate", "TRUNCATE", "STATEMENT")):
            made.append(
                f"CREATE OR REPLACE TRIGGER {table}_no_{name} BEFORE {event} ON {table}"
                f" FOR EACH {each} EXECUTE FUNCTION reporting_refuse_change()"
            )
    return made
