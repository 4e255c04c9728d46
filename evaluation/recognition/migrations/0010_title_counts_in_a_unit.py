"""Every title counts somewhere. Apart from what fills it: PostgreSQL alters no table on which triggers wait."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("recognition", "0009_titles_of_earlier_years")]

    operations = [
        migrations.AlterField(
            "title",
            "unit",
            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="membership.unit"),
        ),
        migrations.AddConstraint(
            "title",
            models.CheckConstraint(
                condition=Q(dossier=None, total=None) | Q(dossier__isnull=False, total__isnull=False),
                name="title_total_of_dossier",
            ),
        ),
    ]
