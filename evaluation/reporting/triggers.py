"""The database itself notes whose figures may have changed, whatever door a change came through.

Installed after every migration, for SQLite forgets triggers when it rebuilds a table. A note is a row of its own, so
that a count which is under way never takes away one that it has not seen.
"""

from typing import Any

from django.db import connections

_ALWAYS = ("INSERT", "UPDATE", "DELETE")
_NOTE = "INSERT INTO reporting_change (person_id) VALUES ({row}.%s);"
# Of a group that learns: those listed, or, where it takes all of its place, everybody there.
_NOTE_GROUP = (
    "INSERT INTO reporting_change (person_id) SELECT person_id FROM recognition_groupingmember"
    " WHERE grouping_id = {row}.id;"
    " INSERT INTO reporting_change (person_id) SELECT held.person_id FROM membership_membership held"
    " JOIN membership_unit home ON home.id = held.unit_id JOIN membership_unit place ON place.id = {row}.place_id"
    " WHERE {row}.kind = 'unit' AND substr(home.path, 1, length(place.path)) = place.path;"
)
# Of a unit that moves: everybody there; whether a group that learns takes them in, follows from where it stands.
_NOTE_MOVED = (
    "INSERT INTO reporting_change (person_id) SELECT person_id FROM membership_membership"
    " WHERE unit_id = {row}.id AND OLD.path <> NEW.path;"
)
# Table, how people are noted, and the events that matter.
WATCHED = (
    ("membership_membership", _NOTE % "person_id", _ALWAYS),
    ("membership_targetgroupperiod", _NOTE % "person_id", _ALWAYS),
    ("membership_unit", _NOTE_MOVED, ("UPDATE",)),
    ("membership_person", _NOTE % "id", ("UPDATE",)),
    ("evidence_evidence", _NOTE % "person_id", ("INSERT", "DELETE")),
    ("dossiers_dossier", _NOTE % "person_id", ("UPDATE",)),
    ("recognition_title", _NOTE % "person_id", _ALWAYS),
    ("recognition_groupingmember", _NOTE % "person_id", _ALWAYS),
    ("recognition_grouping", _NOTE_GROUP, _ALWAYS),
)


def install(sender: Any, using: str, **kwargs: Any) -> None:
    """Receives post_migrate. Idempotent."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    if "reporting_change" not in tables:
        return
    with connection.cursor() as cursor:
        for table, note, events in WATCHED:
            if table in tables:
                for event in events:
                    for statement in _statements(connection.vendor, table, note, event):
                        cursor.execute(statement)


def _statements(vendor: str, table: str, note: str, event: str) -> list[str]:
    name = f"reporting_{table}_{event.lower()}"
    rows = {"INSERT": ("NEW",), "UPDATE": ("NEW", "OLD"), "DELETE": ("OLD",)}[event]
    body = " ".join(note.format(row=row) for row in rows)
    if vendor == "postgresql":
        result = "OLD" if event == "DELETE" else "NEW"
        return [
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN {body} RETURN {result}; END $$",
            f"CREATE OR REPLACE TRIGGER {name} AFTER {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
        ]
    return [f"CREATE TRIGGER IF NOT EXISTS {name} AFTER {event} ON {table} BEGIN {body} END"]
