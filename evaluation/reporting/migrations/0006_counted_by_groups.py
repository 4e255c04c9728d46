"""Who is counted by groups is counted as a member: kept counts begin anew, and a year is counted in full until then."""

from django.db import migrations, models


def begin_anew(apps, schema_editor):
    for name in ("CountedYear", "PersonFigures", "UnitFigures"):
        apps.get_model("reporting", name).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("reporting", "0005_targets_by_reference"),
        ("recognition", "0006_dossiers_of_revoked_titles"),
    ]

    operations = [
        migrations.RunPython(begin_anew, migrations.RunPython.noop),
        migrations.RemoveField("personfigures", "is_resident"),
        migrations.RemoveField("personfigures", "is_staff"),
        migrations.RemoveField("unitfigures", "residents_titled"),
        migrations.RemoveField("unitfigures", "staff_titled"),
        *[
            migrations.AddField("personfigures", name, models.BooleanField(default=False))
            for name in ("is_grouped", "is_unit_staff", "has_title")
        ],
        *[
            migrations.AddField("unitfigures", name, models.PositiveIntegerField(default=0))
            for name in ("grouped", "grouped_titled", "unit_staff", "unit_staff_titled")
        ],
    ]
