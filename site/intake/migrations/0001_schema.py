import django.db.models.deletion
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('intake', '0001_initial'), ('intake', '0002_more_outcomes')]

    initial = True

    dependencies = [
        ('membership', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Import',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=40)),
                ('scope', models.CharField(blank=True, max_length=64)),
                ('name', models.CharField(max_length=200, verbose_name='file')),
                ('details', models.JSONField(default=dict)),
                ('content', models.BinaryField(null=True)),
                ('state', models.CharField(choices=[('waiting', 'Being read'), ('unreadable', 'Cannot be read'), ('read', 'Dry run: nothing is changed yet'), ('ordered', 'Being imported'), ('applied', 'Imported'), ('undoing', 'Being undone'), ('undone', 'Undone')], default='waiting', max_length=12, verbose_name='state')),
                ('problem', models.TextField(blank=True)),
                ('cursor', models.PositiveIntegerField(default=0)),
                ('created_at', models.DateTimeField()),
                ('moved_at', models.DateTimeField()),
                ('applied_at', models.DateTimeField(null=True)),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'import of a file',
                'verbose_name_plural': 'imports of files',
            },
        ),
        migrations.CreateModel(
            name='ImportLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('line', models.PositiveIntegerField()),
                ('source', models.CharField(blank=True, max_length=200)),
                ('outcome', models.CharField(choices=[('create', 'New'), ('change', 'Changed'), ('move', 'Moved'), ('end', 'Gone'), ('same', 'As it is already'), ('doubt', 'Doubtful'), ('skip', 'Left out')], max_length=8)),
                ('code', models.CharField(blank=True, max_length=80)),
                ('excerpt', models.CharField(blank=True, max_length=250)),
                ('reasons', models.JSONField(default=list)),
                ('content', models.JSONField(null=True)),
                ('batch', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='intake.import')),
            ],
        ),
        migrations.AddIndex(
            model_name='import',
            index=models.Index(fields=['created_by', 'kind', 'scope', 'created_at'], name='imports_of_their_user'),
        ),
        migrations.AddIndex(
            model_name='importline',
            index=models.Index(fields=['batch', 'outcome', 'number'], name='lines_by_outcome'),
        ),
        migrations.AddConstraint(
            model_name='importline',
            constraint=models.UniqueConstraint(fields=('batch', 'number'), name='line_of_import_once'),
        ),
    ]
