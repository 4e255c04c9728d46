"""A page of statements is a few entries of the terms' index, read in the order of time until it is full. The planner of
PostgreSQL takes two terms for independent, expects one row, and would let three processes read both whole.
"""

from django.db import migrations


def read_alone(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE tracking_statementterm SET (parallel_workers = 0)")


def read_together(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE tracking_statementterm RESET (parallel_workers)")


class Migration(migrations.Migration):
    dependencies = [("tracking", "0002_refuse_changes_of_statements")]
    replaces = [("tracking", "0007_terms_are_read_in_order")]

    operations = [migrations.RunPython(read_alone, read_together)]
