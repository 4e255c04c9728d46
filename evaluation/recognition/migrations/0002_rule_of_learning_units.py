"""The one rule that is known: what a learning unit must reach."""

import datetime
from decimal import Decimal

from django.db import migrations


def lay(apps, schema_editor):
    apps.get_model("recognition", "GroupingRule").objects.create(
        kind="unit", percent=Decimal(90), source="Thông tư 24/2023/TT-BGDĐT", valid_from=datetime.date(2025, 1, 1)
    )


class Migration(migrations.Migration):
    dependencies = [("recognition", "0001_schema")]
    replaces = [("recognition", "0004_fill_register_year")]
    operations = [migrations.RunPython(lay, migrations.RunPython.noop)]
