from django.db import migrations

VERBS = ("begin", "order", "apply", "discard", "fail")


def rename(before, after):
    def run(apps, schema_editor):
        entries = apps.get_model("wagtailcore", "ModelLogEntry").objects
        for verb in VERBS:
            entries.filter(action=before % verb).update(action=after % verb)

    return run


class Migration(migrations.Migration):
    """What was done to imports is found in the log under the words of the engine."""

    dependencies = [
        ("assessments", "0011_imports_move_to_their_engine"),
        ("wagtailcore", "0069_log_entry_jsonfield"),
    ]

    operations = [
        migrations.RunPython(
            rename("assessments.%s_import", "intake.%s"), migrations.RunPython.noop, elidable=True
        ),
    ]
