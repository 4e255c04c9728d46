"""The hours in which the authority is told of a breach, from a secondary source."""

from django.db import migrations


def lay(apps, schema_editor):
    apps.get_model("privacy", "Term").objects.get_or_create(clock="breach", defaults={"number": 72})


class Migration(migrations.Migration):
    dependencies = [("privacy", "0003_breaches")]
    operations = [migrations.RunPython(lay, migrations.RunPython.noop)]
