from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("dossiers", "0008_only_what_is_new")]

    operations = [
        migrations.RemoveConstraint(model_name="dossier", name="dossier_once_a_year"),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["set_aside", "revoked"]), _negated=True),
                fields=("person", "year"),
                name="dossier_once_a_year",
            ),
        ),
    ]
