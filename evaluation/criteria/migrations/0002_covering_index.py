"""Scoring a province reads the ledger once, in this order, from the index alone. PostgreSQL only: SQLite serves one
unit, for which the ledger's own index is enough."""

from django.db import migrations

CREATE = """
    CREATE INDEX IF NOT EXISTS criteria_scoring ON evidence_evidence (person_id, occurred_at)
    INCLUDE (kind, verification, score, page_key, id, topics)
"""


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(CREATE)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS criteria_scoring")


class Migration(migrations.Migration):
    dependencies = [("criteria", "0001_schema"), ("evidence", "0001_schema")]
    replaces = [("criteria", "0003_covering_index")]

    operations = [migrations.RunPython(create, drop)]
