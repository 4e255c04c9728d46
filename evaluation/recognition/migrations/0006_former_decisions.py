"""Decisions issued before signed copies were asked for are in effect since then, and say so. Nothing else of them is
touched: what the log sealed of them stays as it is."""

from django.db import migrations
from django.db.models import F


def name_former(apps, schema_editor):
    decisions = apps.get_model("recognition", "Decision").objects
    decisions.filter(issued_at__isnull=False).update(effective_at=F("issued_at"), way="former")


class Migration(migrations.Migration):
    dependencies = [("recognition", "0005_states_of_a_decision")]

    operations = [migrations.RunPython(name_former, migrations.RunPython.noop)]
