"""What was granted on sessions and what was logged of them comes with them."""

from django.db import migrations


def take_over(apps, schema_editor):
    """The content type is the same row under its new name, so permissions and log entries stay with it."""
    kinds = apps.get_model("contenttypes", "ContentType").objects.using(schema_editor.connection.alias)
    old = kinds.filter(app_label="evidence", model="session").first()
    if old is None or kinds.filter(app_label="learning_sessions", model="session").exists():
        return
    old.app_label = "learning_sessions"
    old.save(update_fields=["app_label"])
    entries = apps.get_model("wagtailcore", "ModelLogEntry").objects.using(schema_editor.connection.alias)
    for name in ("hold_session", "note_attendance", "say_training"):
        entries.filter(action=f"evidence.{name}").update(action=f"sessions.{name}")


class Migration(migrations.Migration):
    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("learning_sessions", "0001_schema"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(take_over, migrations.RunPython.noop)]
