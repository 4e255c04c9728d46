"""PostgreSQL keeps the terms of a build as numbers: what was built before is rewritten, SQLite has nothing to do."""

from django.db import migrations

from search.engines.database.dialects import number_of

_AT_ONCE = 500


def rewrite(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.columns WHERE table_schema = current_schema() "
            "AND table_name ~ '^search_terms_[0-9]+$' AND column_name = 'terms' AND udt_name = 'tsvector'"
        )
        for (table,) in cursor.fetchall():
            _rewrite(cursor, table)


def _rewrite(cursor, table):
    cursor.execute(f"ALTER TABLE {table} RENAME TO {table}_words")
    cursor.execute(f"DROP INDEX IF EXISTS {table}_gin")
    cursor.execute(f"CREATE TABLE {table} (slot integer PRIMARY KEY, terms bigint[] NOT NULL)")
    cursor.execute(f"ALTER TABLE {table} ALTER COLUMN terms SET STATISTICS 0")
    last = -1
    while True:
        cursor.execute(
            f"SELECT slot, tsvector_to_array(terms) FROM {table}_words WHERE slot > %s ORDER BY slot LIMIT %s",
            [last, _AT_ONCE],
        )
        rows = cursor.fetchall()
        if not rows:
            break
        cursor.executemany(
            f"INSERT INTO {table} (slot, terms) VALUES (%s, %s)",
            [(slot, list(map(number_of, terms))) for slot, terms in rows],
        )
        last = rows[-1][0]
    cursor.execute(f"DROP TABLE {table}_words")
    cursor.execute(f"CREATE INDEX {table}_gin ON {table} USING gin (terms)")


class Migration(migrations.Migration):
    dependencies = [("search", "0005_rows_as_shipped")]
    operations = [migrations.RunPython(rewrite, migrations.RunPython.noop)]
