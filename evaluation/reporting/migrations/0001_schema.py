import django.db.models.deletion
import evaluation.reporting.definitions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('reporting', '0001_initial'), ('reporting', '0002_kept_counts'), ('reporting', '0003_frozen_reports'), ('reporting', '0005_targets_by_reference'), ('reporting', '0006_counted_by_groups'), ('reporting', '0007_trained_for_the_set_in_force')]

    initial = True

    dependencies = [
        ('membership', '0001_schema'),
        ('membership', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person_id', models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='CountedYear',
            fields=[
                ('year', models.PositiveSmallIntegerField(primary_key=True, serialize=False, verbose_name='year')),
                ('day', models.DateField(verbose_name='counted up to')),
                ('criteria_topic', models.CharField(blank=True, max_length=60)),
                ('digital_topic', models.CharField(blank=True, max_length=60)),
                ('criteria_starts', models.TextField(blank=True, help_text='When each set in force began, as text.')),
            ],
        ),
        migrations.CreateModel(
            name='FrozenReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('number', models.PositiveSmallIntegerField(verbose_name='version')),
                ('day', models.DateField(verbose_name='counted up to')),
                ('paper_number', models.CharField(blank=True, max_length=40, verbose_name='number and symbol')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='why a new version')),
                ('content', models.TextField(verbose_name='figures')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256 of the figures')),
                ('frozen_at', models.DateTimeField()),
                ('frozen_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='frozen_reports', to='membership.unit')),
            ],
            options={
                'verbose_name': 'report version',
                'verbose_name_plural': 'report versions',
            },
        ),
        migrations.CreateModel(
            name='FrozenPaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=20)),
                ('kind', models.CharField(max_length=4)),
                ('content', models.BinaryField()),
                ('sha256', models.CharField(max_length=64)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='reporting.frozenreport')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='PersonFigures',
            fields=[
                ('pk', models.CompositePrimaryKey('year', 'person', blank=True, editable=False, primary_key=True, serialize=False)),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('has_studied', models.BooleanField(default=False)),
                ('is_grouped', models.BooleanField(default=False)),
                ('is_unit_staff', models.BooleanField(default=False)),
                ('has_title', models.BooleanField(default=False)),
                ('is_skilled', models.BooleanField(default=False)),
                ('is_self_updated', models.BooleanField(default=False)),
                ('member_unit', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='membership.unit')),
                ('person', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='membership.person')),
                ('title_unit', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='membership.unit')),
            ],
        ),
        migrations.CreateModel(
            name='ReportSending',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recipient', models.CharField(max_length=200, verbose_name='to whom')),
                ('way', models.CharField(choices=[('mail', 'By e-mail, from this site'), ('documents', 'Through the document system'), ('hand', 'On paper, by hand or by post')], max_length=10, verbose_name='how')),
                ('address', models.EmailField(blank=True, max_length=254, verbose_name='e-mail address')),
                ('sent_on', models.DateField(verbose_name='sent on')),
                ('noted_at', models.DateTimeField()),
                ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sendings', to='reporting.frozenreport')),
            ],
            options={
                'ordering': ['sent_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Target',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('measure', models.CharField(choices=evaluation.reporting.definitions.measures, max_length=20, verbose_name='measure')),
                ('until', models.PositiveSmallIntegerField(verbose_name='until the end of')),
                ('percent', models.PositiveSmallIntegerField(verbose_name='percent')),
                ('topic', models.SlugField(blank=True, help_text='The topic whose courses and certificates count.', max_length=60, verbose_name='topic')),
                ('source', models.CharField(max_length=200, verbose_name='source')),
            ],
            options={
                'verbose_name': 'target',
                'verbose_name_plural': 'targets',
                'ordering': ['until', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('measure', 'until'), name='target_once'), models.CheckConstraint(condition=models.Q(('percent__gt', 0), ('percent__lte', 100)), name='target_percent')],
            },
        ),
        migrations.CreateModel(
            name='UnitFigures',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('members', models.PositiveIntegerField(default=0)),
                ('studied', models.PositiveIntegerField(default=0)),
                ('grouped', models.PositiveIntegerField(default=0)),
                ('grouped_titled', models.PositiveIntegerField(default=0)),
                ('unit_staff', models.PositiveIntegerField(default=0)),
                ('unit_staff_titled', models.PositiveIntegerField(default=0)),
                ('titled', models.PositiveIntegerField(default=0)),
                ('skilled', models.PositiveIntegerField(default=0)),
                ('self_updated', models.PositiveIntegerField(default=0)),
                ('skilled_self_updated', models.PositiveIntegerField(default=0)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='membership.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Denominator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('measure', models.CharField(choices=evaluation.reporting.definitions.measures, max_length=20, verbose_name='measure')),
                ('value', models.PositiveIntegerField(verbose_name='number of people')),
                ('entered_at', models.DateTimeField()),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='denominators', to='membership.unit')),
            ],
            options={
                'verbose_name': 'denominator',
                'verbose_name_plural': 'denominators',
                'constraints': [models.UniqueConstraint(fields=('unit', 'year', 'measure'), name='denominator_once'), models.CheckConstraint(condition=models.Q(('value__gt', 0)), name='denominator_above_zero')],
            },
        ),
        migrations.AddConstraint(
            model_name='frozenreport',
            constraint=models.UniqueConstraint(fields=('unit', 'year', 'number'), name='frozen_report_once'),
        ),
        migrations.AddConstraint(
            model_name='frozenpaper',
            constraint=models.UniqueConstraint(fields=('report', 'name', 'kind'), name='frozen_paper_once'),
        ),
        migrations.AddConstraint(
            model_name='unitfigures',
            constraint=models.UniqueConstraint(fields=('year', 'unit'), name='unit_figures_once'),
        ),
    ]
