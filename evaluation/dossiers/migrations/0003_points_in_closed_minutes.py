"""Closed minutes keep the points that stood when they were closed. Those closed before keep what stands today."""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery, Sum


def keep_points(apps, schema_editor):
    scores = apps.get_model("dossiers", "IndicatorScore").objects.filter(dossier=OuterRef("dossier"))
    totals = scores.order_by().values("dossier").annotate(total=Sum("reviewed_points")).values("total")
    lines = apps.get_model("dossiers", "MeetingLine").objects
    lines.filter(meeting__closed_at__isnull=False).update(total=Subquery(totals))


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0002_bodies_in_time")]

    operations = [
        migrations.AddField(
            model_name="meetingline",
            name="total",
            field=models.DecimalField(blank=True, decimal_places=1, max_digits=5, null=True, verbose_name="points"),
        ),
        migrations.RunPython(keep_points, migrations.RunPython.noop),
    ]
