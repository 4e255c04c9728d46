"""Dossiers whose title was revoked say so themselves."""

from django.db import migrations


def mark_revoked(apps, schema_editor):
    revoked = apps.get_model("recognition", "Title").objects.filter(revoked_at__isnull=False)
    dossiers = apps.get_model("dossiers", "Dossier").objects.filter(pk__in=revoked.values("dossier"))
    dossiers.filter(state="recognised").update(state="revoked")


class Migration(migrations.Migration):
    dependencies = [
        ("recognition", "0005_one_number_a_year"),
        ("dossiers", "0007_revoked_seen_and_taken_back"),
    ]

    operations = [migrations.RunPython(mark_revoked, migrations.RunPython.noop)]
