from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('work', '0001_initial'), ('work', '0002_letters')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.EmailField(max_length=254, verbose_name='address')),
                ('content', models.BinaryField()),
                ('put_at', models.DateTimeField(db_index=True, verbose_name='put in')),
                ('tries', models.PositiveSmallIntegerField(default=0, verbose_name='tries')),
                ('next_try_at', models.DateTimeField(db_index=True, verbose_name='next try')),
            ],
            options={
                'verbose_name': 'letter',
                'verbose_name_plural': 'letters',
            },
        ),
        migrations.CreateModel(
            name='Slot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('begins_at', models.DateTimeField(verbose_name='due')),
                ('runner', models.CharField(max_length=100, verbose_name='runner')),
                ('started_at', models.DateTimeField(verbose_name='started')),
                ('finished_at', models.DateTimeField(null=True, verbose_name='finished')),
                ('is_done', models.BooleanField(default=False, verbose_name='came to a good end')),
                ('outcome', models.CharField(blank=True, max_length=300, verbose_name='outcome')),
            ],
            options={
                'verbose_name': 'run of recurring work',
                'verbose_name_plural': 'runs of recurring work',
                'constraints': [models.UniqueConstraint(fields=('name', 'begins_at'), name='work_slot_once')],
            },
        ),
    ]
