"""Rows of the dictionary remember how they were shipped, so that untouched ones can follow what is shipped later."""

from django.db import migrations, models
from django.db.models import F


def remember(apps, schema_editor):
    """What no editor ever saved is as it was shipped."""
    saved = apps.get_model("wagtailcore", "ModelLogEntry").objects.filter(action="search.save_terms")
    rows = apps.get_model("search", "TermGroup").objects.filter(shipped_key__isnull=False)
    touched = [int(pk) for pk in saved.values_list("object_id", flat=True) if pk.isdecimal()]
    rows.exclude(pk__in=touched).update(shipped_terms=F("terms"))


class Migration(migrations.Migration):
    dependencies = [("search", "0004_first_build"), ("wagtailcore", "0066_collection_management_permissions")]
    operations = [
        migrations.AddField(
            model_name="termgroup",
            name="shipped_terms",
            field=models.TextField(blank=True, default="", editable=False),
            preserve_default=False,
        ),
        migrations.RunPython(remember, migrations.RunPython.noop),
    ]
