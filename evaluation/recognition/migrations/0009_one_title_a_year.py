import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("recognition", "0008_fill_title_identity")]

    operations = [
        migrations.AlterField(
            model_name="title",
            name="identity",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="membership.person",
            ),
        ),
        migrations.RemoveConstraint(model_name="title", name="title_once_a_year"),
        migrations.AddConstraint(
            model_name="title",
            constraint=models.UniqueConstraint(
                condition=models.Q(("revoked_at", None)), fields=("identity", "year"), name="title_once_a_year"
            ),
        ),
    ]
