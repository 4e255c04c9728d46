"""Titles of earlier years have no dossier here; so each title says itself in which unit it counts, the others in that of
their dossier."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery

WAYS = [
    ("former", "former: issued before signed copies were asked for"),
    ("paper", "signed on paper; a second officer compared the scan"),
    ("digital", "signed digitally; the site verified the signatures"),
    (
        "text",
        "signed digitally as another file; the site compared its text, a second officer all the rest",
    ),
    ("earlier", "of an earlier year: entered from the register, without a dossier here"),
]


def count_where_the_dossier_belongs(apps, schema_editor):
    dossiers = apps.get_model("dossiers", "Dossier").objects.filter(pk=OuterRef("dossier"))
    apps.get_model("recognition", "Title").objects.update(unit=Subquery(dossiers.values("unit")[:1]))


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0007_body_links"),
        ("membership", "0009_unit_acts"),
        ("recognition", "0008_signed_as_another_file"),
    ]

    operations = [
        migrations.AddField(
            "decision",
            "issuer",
            models.CharField(
                blank=True,
                help_text="As it was called then, where it is another.",
                max_length=200,
                verbose_name="body that decided",
            ),
        ),
        migrations.AddField(
            "title",
            "unit",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="membership.unit"
            ),
        ),
        migrations.RunPython(count_where_the_dossier_belongs, migrations.RunPython.noop),
        migrations.AlterField(
            "decision",
            "way",
            models.CharField(blank=True, choices=WAYS, max_length=9, verbose_name="how it was signed"),
        ),
        migrations.AlterField("signedcopy", "way", models.CharField(choices=WAYS, max_length=9)),
        migrations.AlterField(
            "title",
            "dossier",
            models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="title",
                to="dossiers.dossier",
            ),
        ),
        migrations.AlterField(
            "title", "total", models.DecimalField(blank=True, decimal_places=1, max_digits=5, null=True)
        ),
    ]
