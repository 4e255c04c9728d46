"""The database itself refuses what the ledger refuses, whoever asks: no update ever; no delete unless an erasure
order for that person stands; on PostgreSQL no TRUNCATE either.

A later migration that makes SQLite rebuild the table (most changes of a column) drops these triggers: it must run
``install`` again after it. tests/learning/evidence/test_triggers.py fails otherwise.
"""

from django.db import migrations

SQLITE = (
    """
    CREATE TRIGGER evidence_never_updated BEFORE UPDATE ON evidence_evidence
    BEGIN
        SELECT RAISE(ABORT, 'evidence is never updated: supersede it');
    END
    """,
    """
    CREATE TRIGGER evidence_deleted_by_order BEFORE DELETE ON evidence_evidence
    WHEN NOT EXISTS (SELECT 1 FROM evidence_erasureorder WHERE person_id = OLD.person_id)
    BEGIN
        SELECT RAISE(ABORT, 'evidence is not deleted without an erasure order');
    END
    """,
)
SQLITE_REMOVE = ("DROP TRIGGER evidence_never_updated", "DROP TRIGGER evidence_deleted_by_order")

POSTGRESQL = (
    """
    CREATE FUNCTION evidence_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            IF EXISTS (SELECT 1 FROM evidence_erasureorder WHERE person_id = OLD.person_id) THEN
                RETURN OLD;
            END IF;
            RAISE EXCEPTION 'evidence is not deleted without an erasure order'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RAISE EXCEPTION 'evidence is never updated nor truncated: supersede it'
            USING ERRCODE = 'integrity_constraint_violation';
    END
    $$
    """,
    """
    CREATE TRIGGER evidence_refuse_row_change BEFORE UPDATE OR DELETE ON evidence_evidence
    FOR EACH ROW EXECUTE FUNCTION evidence_refuse_change()
    """,
    """
    CREATE TRIGGER evidence_refuse_truncate BEFORE TRUNCATE ON evidence_evidence
    FOR EACH STATEMENT EXECUTE FUNCTION evidence_refuse_change()
    """,
)
POSTGRESQL_REMOVE = (
    "DROP TRIGGER evidence_refuse_row_change ON evidence_evidence",
    "DROP TRIGGER evidence_refuse_truncate ON evidence_evidence",
    "DROP FUNCTION evidence_refuse_change",
)


def install(apps, schema_editor):
    _execute(schema_editor, SQLITE, POSTGRESQL)


def remove(apps, schema_editor):
    _execute(schema_editor, SQLITE_REMOVE, POSTGRESQL_REMOVE)


def _execute(schema_editor, sqlite, postgresql):
    vendors = {"sqlite": sqlite, "postgresql": postgresql}
    for statement in vendors[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_schema")]

    operations = [migrations.RunPython(install, remove)]
