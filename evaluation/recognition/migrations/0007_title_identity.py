import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("recognition", "0006_dossiers_of_revoked_titles"), ("membership", "0004_move_sessions")]

    operations = [
        migrations.AddField(
            model_name="title",
            name="identity",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="membership.person",
            ),
        ),
    ]
