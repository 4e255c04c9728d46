"""The database itself refuses changes of frozen reports, whoever asks: no update, no delete, no TRUNCATE.

A later migration that makes SQLite rebuild one of these
tables drops them: it must run ``install`` again. tests/evaluation/reporting/test_frozen_reports.py fails otherwise.
"""

from django.db import migrations

TABLES = ("reporting_frozenreport", "reporting_frozenpaper", "reporting_reportsending")
WORDS = "a frozen report is never changed: freeze the next version"


def install(apps, schema_editor):
    install_on = {"sqlite": _sqlite, "postgresql": _postgresql}[schema_editor.connection.vendor]
    for table in TABLES:
        install_on(schema_editor, table)


def remove(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for table in TABLES:
        for name in ("update", "delete") if is_sqlite else ("change", "truncate"):
            schema_editor.execute(f"DROP TRIGGER {table}_no_{name}" + ("" if is_sqlite else f" ON {table}"))
    if not is_sqlite:
        schema_editor.execute("DROP FUNCTION reporting_refuse_change")


def _sqlite(schema_editor, table):
    for event in ("update", "delete"):
        schema_editor.execute(
            f"CREATE TRIGGER IF NOT EXISTS {table}_no_{event} BEFORE {event} ON {table}"
            f" BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
        )


def _postgresql(schema_editor, table):
    schema_editor.execute(
        "CREATE OR REPLACE FUNCTION reporting_refuse_change() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    for name, event, each in (("change", "UPDATE OR DELETE", "ROW"), ("truncate", "TRUNCATE", "STATEMENT")):
        schema_editor.execute(
            f"CREATE OR REPLACE TRIGGER {table}_no_{name} BEFORE {event} ON {table}"
            f" FOR EACH {each} EXECUTE FUNCTION reporting_refuse_change()"
        )


class Migration(migrations.Migration):
    dependencies = [("reporting", "0001_schema")]
    replaces = [("reporting", "0004_refuse_changes")]

    operations = [migrations.RunPython(install, remove)]
