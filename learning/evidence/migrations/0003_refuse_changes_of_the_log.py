"""The log is only appended to: the database refuses every other change of it, whoever asks.

Files go only with an erasure order, salts only after the content that they cover. A later migration
that makes SQLite rebuild one of these tables drops their triggers: it must run ``install`` again. tests/learning/evidence/test_triggers.py fails otherwise.
"""

from django.db import migrations

APPENDED = ("leaf", "node", "checkpoint", "ledgerkey", "erasure", "erasureorder")
FILE_ORDERED = (
    "EXISTS (SELECT 1 FROM evidence_erasureorder o JOIN evidence_evidence e ON e.person_id = o.person_id"
    " WHERE e.id = OLD.evidence_id)"
)
CONTENT_GONE = "NOT EXISTS (SELECT 1 FROM evidence_evidence WHERE id = OLD.entry_id)"


def install(apps, schema_editor):
    install_on = {"sqlite": _sqlite, "postgresql": _postgresql}[schema_editor.connection.vendor]
    for table in APPENDED:
        install_on(schema_editor, table, None)
    install_on(schema_editor, "evidencefile", FILE_ORDERED)
    install_on(schema_editor, "salt", CONTENT_GONE)


def remove(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for table in (*APPENDED, "evidencefile", "salt"):
        for name in (f"{table}_never_updated", f"{table}_never_deleted"):
            schema_editor.execute(f"DROP TRIGGER {name}" + ("" if is_sqlite else f" ON evidence_{table}"))
        if not is_sqlite:
            schema_editor.execute(f"DROP TRIGGER {table}_never_truncated ON evidence_{table}")
            schema_editor.execute(f"DROP FUNCTION {table}_refuse_change")


def _sqlite(schema_editor, table, delete_if):
    refuse = f"BEGIN SELECT RAISE(ABORT, 'evidence_{table} is only appended to'); END"
    when = f"WHEN NOT ({delete_if})" if delete_if else ""
    schema_editor.execute(f"CREATE TRIGGER {table}_never_updated BEFORE UPDATE ON evidence_{table} {refuse}")
    schema_editor.execute(f"CREATE TRIGGER {table}_never_deleted BEFORE DELETE ON evidence_{table} {when} {refuse}")


def _postgresql(schema_editor, table, delete_if):
    allow = f"IF TG_OP = 'DELETE' THEN IF {delete_if} THEN RETURN OLD; END IF; END IF;" if delete_if else ""
    schema_editor.execute(
        f"""
        CREATE FUNCTION {table}_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            {allow}
            RAISE EXCEPTION 'evidence_{table} is only appended to' USING ERRCODE = 'integrity_constraint_violation';
        END
        $$
        """
    )
    for name, event, each in (
        ("updated", "UPDATE", "ROW"),
        ("deleted", "DELETE", "ROW"),
        ("truncated", "TRUNCATE", "STATEMENT"),
    ):
        schema_editor.execute(
            f"CREATE TRIGGER {table}_never_{name} BEFORE {event} ON evidence_{table}"
            f" FOR EACH {each} EXECUTE FUNCTION {table}_refuse_change()"
        )


class Migration(migrations.Migration):
    dependencies = [("evidence", "0002_refuse_changes")]
    replaces = [("evidence", "0004_refuse_changes_of_the_log")]

    operations = [migrations.RunPython(install, remove)]
