import datetime
from decimal import Decimal

from django.db import migrations
from django.db.models.functions import ExtractYear


def fill(apps, schema_editor):
    """The year of each signed decision; and the one rule that is known: what a learning unit must reach."""
    apps.get_model("recognition", "Decision").objects.filter(signed_on__isnull=False).update(
        register_year=ExtractYear("signed_on")
    )
    apps.get_model("recognition", "GroupingRule").objects.get_or_create(
        kind="unit",
        valid_to=None,
        defaults={
            "percent": Decimal(90),
            "source": "Thông tư 24/2023/TT-BGDĐT",
            "valid_from": datetime.date(2025, 1, 1),
        },
    )


class Migration(migrations.Migration):

    dependencies = [("recognition", "0003_groups_and_register_year")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
