"""The register of breaches keeps what was entered, whoever asks: the database refuses to delete an entry or a notice, to
change a notice, and on PostgreSQL to truncate either.

A later migration that makes SQLite rebuild one of these tables drops their triggers: it must run ``install`` again.
tests/privacy/test_breaches.py fails otherwise.
"""

from django.db import migrations

REFUSED = {"breach": ("DELETE",), "breachnotice": ("DELETE", "UPDATE")}


def install(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for table, events in REFUSED.items():
        told = f"'privacy_{table} stays as it was entered'"
        if is_sqlite:
            act = f"BEGIN SELECT RAISE(ABORT, {told}); END"
        else:
            act = f"EXECUTE FUNCTION {table}_refuse_change()"
            schema_editor.execute(
                f"CREATE FUNCTION {table}_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$"
                f" BEGIN RAISE EXCEPTION {told} USING ERRCODE = 'integrity_constraint_violation'; END $$"
            )
        for event in (*events, *(() if is_sqlite else ("TRUNCATE",))):
            each = "" if is_sqlite else "FOR EACH STATEMENT" if event == "TRUNCATE" else "FOR EACH ROW"
            schema_editor.execute(
                f"CREATE TRIGGER {table}_refuse_{event.lower()} BEFORE {event} ON privacy_{table} {each} {act}"
            )


def remove(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for table, events in REFUSED.items():
        for event in (*events, *(() if is_sqlite else ("TRUNCATE",))):
            on = "" if is_sqlite else f" ON privacy_{table}"
            schema_editor.execute(f"DROP TRIGGER {table}_refuse_{event.lower()}{on}")
        if not is_sqlite:
            schema_editor.execute(f"DROP FUNCTION {table}_refuse_change")


class Migration(migrations.Migration):
    dependencies = [("privacy", "0005_retention")]

    operations = [migrations.RunPython(install, remove)]
