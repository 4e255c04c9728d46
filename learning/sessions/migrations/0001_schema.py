"""The table comes from the ledger, with its rows."""

import django.db.models.deletion
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("evidence", "0005_sessions_move"),
        ("membership", "0001_schema"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Session",
                    fields=[
                        ("id", models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                        ("title", models.CharField(max_length=200, verbose_name="title")),
                        ("place", models.CharField(blank=True, max_length=200, verbose_name="place")),
                        ("starts_at", models.DateTimeField(verbose_name="begins")),
                        ("ends_at", models.DateTimeField(verbose_name="ends")),
                        ("topics", models.JSONField(blank=True, default=list, help_text="Topic slugs.")),
                        ("created_at", models.DateTimeField()),
                        ("created_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                        ("unit", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="sessions", to="membership.unit", verbose_name="held by")),
                    ],
                    options={
                        "verbose_name": "session",
                        "verbose_name_plural": "sessions",
                        "ordering": ["-starts_at", "-pk"],
                    },
                ),
                migrations.AddConstraint(
                    model_name="session",
                    constraint=models.CheckConstraint(condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="session_period"),
                ),
            ],
        ),
    ]
