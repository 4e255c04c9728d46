from django.db import migrations

from evaluation.criteria.models.fields import TenthsField

THERE = "ALTER TABLE {table} ALTER COLUMN {column} TYPE smallint[] USING translate({column}::text, '[]', '{{}}')::smallint[]"
BACK = "ALTER TABLE {table} ALTER COLUMN {column} TYPE jsonb USING to_jsonb({column})"


class AlterToTenths(migrations.AlterField):
    """PostgreSQL does not turn JSON into an array by itself."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor != "postgresql":
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            return
        model = to_state.apps.get_model(app_label, self.model_name)
        field = model._meta.get_field(self.name)
        change = THERE if isinstance(field, TenthsField) else BACK
        schema_editor.execute(change.format(table=model._meta.db_table, column=field.column))


class Migration(migrations.Migration):
    dependencies = [("criteria", "0005_recomputed")]

    operations = [
        AlterToTenths("suggestedscores", "tenths", TenthsField()),
        AlterToTenths("previewline", "before", TenthsField(null=True)),
        AlterToTenths("previewline", "after", TenthsField()),
    ]
