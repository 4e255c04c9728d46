"""Sessions have a room of their own: the table goes there as it is, with its rows."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("evidence", "0004_national_record")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.AlterModelTable("session", "learning_sessions_session")],
            state_operations=[migrations.DeleteModel("Session")],
        )
    ]
