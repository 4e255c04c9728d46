from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('membership', '0004_restricted_and_objected'),
    ]

    operations = [
        migrations.AddField(
            model_name='membership',
            name='declined_at',
            field=models.DateTimeField(blank=True, editable=False, help_text='When the chapter that they named had declined them.', null=True),
        ),
    ]
