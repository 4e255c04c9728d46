"""The database itself refuses what the store refuses: a statement is never deleted, and changes only when an erasure of
it stands; on PostgreSQL no TRUNCATE either.

A later migration that makes SQLite rebuild the table drops these triggers: it must run ``install`` again after it.
tests/learning/tracking/test_statement_triggers.py fails otherwise.
"""

from django.db import migrations

SQLITE = (
    """
    CREATE TRIGGER statement_changed_by_erasure BEFORE UPDATE ON tracking_statement
    WHEN NOT EXISTS (SELECT 1 FROM tracking_statementerasure WHERE statement_id = OLD.id)
    BEGIN
        SELECT RAISE(ABORT, 'a statement is never changed: void it');
    END
    """,
    """
    CREATE TRIGGER statement_never_deleted BEFORE DELETE ON tracking_statement
    BEGIN
        SELECT RAISE(ABORT, 'a statement is never deleted: void it');
    END
    """,
)
SQLITE_REMOVE = ("DROP TRIGGER statement_changed_by_erasure", "DROP TRIGGER statement_never_deleted")

POSTGRESQL = (
    """
    CREATE FUNCTION statement_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' THEN
            IF EXISTS (SELECT 1 FROM tracking_statementerasure WHERE statement_id = OLD.id) THEN
                RETURN NEW;
            END IF;
        END IF;
        RAISE EXCEPTION 'a statement is never changed nor deleted: void it'
            USING ERRCODE = 'integrity_constraint_violation';
    END
    $$
    """,
    """
    CREATE TRIGGER statement_refuse_row_change BEFORE UPDATE OR DELETE ON tracking_statement
    FOR EACH ROW EXECUTE FUNCTION statement_refuse_change()
    """,
    """
    CREATE TRIGGER statement_refuse_truncate BEFORE TRUNCATE ON tracking_statement
    FOR EACH STATEMENT EXECUTE FUNCTION statement_refuse_change()
    """,
)
POSTGRESQL_REMOVE = (
    "DROP TRIGGER statement_refuse_row_change ON tracking_statement",
    "DROP TRIGGER statement_refuse_truncate ON tracking_statement",
    "DROP FUNCTION statement_refuse_change",
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
    dependencies = [("tracking", "0001_schema")]
    replaces = [("tracking", "0003_refuse_changes_of_statements")]

    operations = [migrations.RunPython(install, remove)]
