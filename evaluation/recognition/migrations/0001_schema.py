import django.db.models.deletion
import evaluation.recognition.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('recognition', '0001_initial'), ('recognition', '0002_print_run'), ('recognition', '0003_groups_and_register_year'), ('recognition', '0005_one_number_a_year'), ('recognition', '0006_dossiers_of_revoked_titles'), ('recognition', '0007_title_identity'), ('recognition', '0008_fill_title_identity'), ('recognition', '0009_one_title_a_year')]

    initial = True

    dependencies = [
        ('dossiers', '0001_schema'),
        ('membership', '0001_schema'),
        ('membership', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('number', models.CharField(blank=True, max_length=40, verbose_name='number')),
                ('signed_on', models.DateField(blank=True, null=True, verbose_name='signed on')),
                ('register_year', models.PositiveSmallIntegerField(blank=True, editable=False, null=True)),
                ('signer_name', models.CharField(blank=True, max_length=120, verbose_name='signed by')),
                ('signer_title', models.CharField(blank=True, max_length=120, verbose_name='position of the signer')),
                ('created_at', models.DateTimeField()),
                ('issued_at', models.DateTimeField(blank=True, null=True)),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='membership.unit')),
            ],
            options={
                'verbose_name': 'decision',
                'verbose_name_plural': 'decisions',
            },
        ),
        migrations.CreateModel(
            name='DecisionLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='recognition.decision')),
                ('dossier', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='decision_line', to='dossiers.dossier')),
            ],
        ),
        migrations.CreateModel(
            name='Grouping',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('family', 'Learning family'), ('clan', 'Learning clan'), ('community', 'Learning community'), ('unit', 'Learning unit')], max_length=9, verbose_name='kind')),
                ('name', models.CharField(max_length=160, verbose_name='name')),
                ('valid_from', models.DateField(verbose_name='from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='until')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='groupings', to='membership.unit')),
            ],
            options={
                'verbose_name': 'group that learns',
                'verbose_name_plural': 'groups that learn',
            },
        ),
        migrations.CreateModel(
            name='GroupingMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('grouping', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='recognition.grouping')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='groupings', to='membership.person')),
            ],
        ),
        migrations.CreateModel(
            name='GroupingRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('family', 'Learning family'), ('clan', 'Learning clan'), ('community', 'Learning community'), ('unit', 'Learning unit')], max_length=9, verbose_name='kind')),
                ('percent', models.DecimalField(decimal_places=2, max_digits=5, verbose_name='least share of members with the title, in percent')),
                ('source', models.CharField(max_length=200, verbose_name='where it is written')),
                ('valid_from', models.DateField(verbose_name='from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='until')),
            ],
            options={
                'ordering': ['kind', '-valid_from'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('valid_to', None)), fields=('kind',), name='grouping_rule_one_open'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='grouping_rule_period'), models.CheckConstraint(condition=models.Q(('percent__gt', 0), ('percent__lte', 100)), name='grouping_rule_percent')],
            },
        ),
        migrations.CreateModel(
            name='PrintRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('waiting', 'Waiting for a worker'), ('preparing', 'Preparing the certificates'), ('drawing', 'Drawing the pages'), ('ready', 'Ready'), ('failed', 'Failed')], default='waiting', max_length=10)),
                ('total', models.PositiveIntegerField()),
                ('done', models.PositiveIntegerField(default=0)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('file', models.FileField(blank=True, storage=evaluation.recognition.models.private_files, upload_to='certificates')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='print_runs', to='recognition.decision')),
            ],
        ),
        migrations.CreateModel(
            name='Title',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('number', models.CharField(max_length=50, verbose_name='certificate number')),
                ('code', models.CharField(max_length=14, unique=True, verbose_name='verification code')),
                ('total', models.DecimalField(decimal_places=1, max_digits=5)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('revoked_reason', models.TextField(blank=True)),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='titles', to='recognition.decision')),
                ('dossier', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='title', to='dossiers.dossier')),
                ('identity', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='membership.person')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='titles', to='membership.person')),
                ('revoked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'Learning Citizen title',
                'verbose_name_plural': 'Learning Citizen titles',
            },
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(condition=models.Q(('number', ''), _negated=True), fields=('unit', 'number', 'register_year'), name='decision_number_once'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(condition=models.Q(('issued_at', None)), fields=('unit', 'year'), name='decision_one_draft_a_year'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('issued_at', None), models.Q(models.Q(('number', ''), _negated=True), ('signed_on__isnull', False), ('register_year__isnull', False)), _connector='OR'), name='decision_signed'),
        ),
        migrations.AddConstraint(
            model_name='grouping',
            constraint=models.UniqueConstraint(condition=models.Q(('valid_to', None)), fields=('place', 'kind', 'name'), name='grouping_open_once'),
        ),
        migrations.AddConstraint(
            model_name='grouping',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='grouping_period'),
        ),
        migrations.AddConstraint(
            model_name='groupingmember',
            constraint=models.UniqueConstraint(condition=models.Q(('valid_to', None)), fields=('grouping', 'person'), name='grouping_member_once'),
        ),
        migrations.AddConstraint(
            model_name='groupingmember',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='grouping_member_period'),
        ),
        migrations.AddConstraint(
            model_name='printrun',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['waiting', 'preparing', 'drawing'])), fields=('decision',), name='print_run_one_at_work'),
        ),
        migrations.AddConstraint(
            model_name='title',
            constraint=models.UniqueConstraint(condition=models.Q(('revoked_at', None)), fields=('identity', 'year'), name='title_once_a_year'),
        ),
        migrations.AddConstraint(
            model_name='title',
            constraint=models.UniqueConstraint(fields=('decision', 'number'), name='title_number_once'),
        ),
        migrations.AddConstraint(
            model_name='title',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('revoked_at', None), ('revoked_by', None), ('revoked_reason', '')), models.Q(('revoked_at__isnull', False), ('revoked_by__isnull', False), models.Q(('revoked_reason', ''), _negated=True)), _connector='OR'), name='title_revoked_with_reason'),
        ),
    ]
