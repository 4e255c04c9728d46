"""What was there was announced as it was entered; what is over was held."""

from django.db import migrations
from django.utils import timezone


def say_states(apps, schema_editor):
    sessions = apps.get_model("learning_sessions", "Session").objects.using(schema_editor.connection.alias)
    sessions.filter(ends_at__lt=timezone.now()).update(state="held")
    sessions.filter(state="planned").update(state="announced")


class Migration(migrations.Migration):
    dependencies = [("learning_sessions", "0003_what_a_session_is")]

    operations = [migrations.RunPython(say_states, migrations.RunPython.noop)]
