import django.db.models.deletion
import learning.tracking.models.statements
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tracking", "0003_refuse_changes_of_statements")]

    operations = [
        migrations.AddField(
            model_name="credential",
            name="spoken_version",
            field=models.CharField(
                default="2.0.0",
                editable=False,
                help_text="In which the store answers when none is named.",
                max_length=5,
            ),
        ),
        migrations.DeleteModel(name="AttachmentUse"),
        migrations.DeleteModel(name="Attachment"),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("sha256", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("length", models.PositiveBigIntegerField()),
                (
                    "file",
                    models.FileField(storage=learning.tracking.models.statements.private_storage, upload_to="xapi"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AttachmentUse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("statement_id", models.UUIDField()),
                ("sha2", models.CharField(max_length=128)),
                ("content_type", models.CharField(max_length=255)),
                (
                    "attachment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="uses", to="tracking.attachment"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("statement_id", "sha2"), name="attachment_use_once")
                ],
            },
        ),
    ]
