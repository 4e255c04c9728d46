"""The database itself notes whose figures may have changed, whatever door a change came through.

Installed after every migration, for SQLite forgets triggers when it rebuilds a table. A note is a row of its own, so
that a count which is under way never takes away one that it has not seen.
"""

from typing import Any

from django.db import connections

# Table, the column that names the person, and the events that matter.
WATCHED = (
    ("membership_membership", "person_id", ("INSERT", "UPDATE", "DELETE")),
    ("membership_person", "id", ("UPDATE",)),
    ("evidence_evidence", "person_id", ("INSERT", "DELETE")),
    ("dossiers_dossier", "person_id", ("UPDATE",)),
    ("recognition_title", "person_id", ("INSERT", "UPDATE", "DELETE")),
)
_NOTE = "INSERT INTO reporting_change (person_id) VALUES ({row}.{column});"


def install(sender: Any, using: str, **kwargs: Any) -> None:
    """Receives post_migrate. Idempotent."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    if "reporting_change" not in tables:
        return
    with connection.cursor() as cursor:
        for table, column, events in WATCHED:
            if table in tables:
                for event in events:
                    for statement in _statements(connection.vendor, table, column, event):
                        cursor.execute(statement)


def _statements(vendor: str, table: str, column: str, event: str) -> list[str]:
    name = f"reporting_{table}_{event.lower()}"
    rows = {"INSERT": ("NEW",), "UPDATE": ("NEW", "OLD"), "DELETE": ("OLD",)}[event]
    body = " ".join(_NOTE.format(row=row, column=column) for row in rows)
    if vendor == "postgresql":
        result = "OLD" if event == "DELETE" else "NEW"
        return [
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN {body} RETURN {result}; END $$",
            f"CREATE OR REPLACE TRIGGER {name} AFTER {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
        ]
    return [f"CREATE TRIGGER IF NOT EXISTS {name} AFTER {event} ON {table} BEGIN {body} END"]
