from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('dossiers', '0001_schema'),
    ]

    operations = [
        migrations.AddField(
            model_name='dossier',
            name='identity_level',
            field=models.CharField(blank=True, editable=False, help_text="Of who handed it in by themselves, by a sign-on's word.", max_length=200),
        ),
    ]
