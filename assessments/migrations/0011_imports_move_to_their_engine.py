from django.db import migrations


class Migration(migrations.Migration):
    """Dry runs live for days: those that are open are dropped, and the file is chosen again."""

    dependencies = [("assessments", "0010_kinds_by_reference")]

    operations = [
        migrations.DeleteModel(name="ImportLine"),
        migrations.DeleteModel(name="QuestionImport"),
    ]
