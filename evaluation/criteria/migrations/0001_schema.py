import django.db.models.deletion
import evaluation.criteria.models.fields
import learning.evidence.kinds
import uuid
from decimal import Decimal
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('criteria', '0001_initial'), ('criteria', '0002_conditions_and_results'), ('criteria', '0004_topics_of_indicators'), ('criteria', '0005_recomputed'), ('criteria', '0006_tenths_as_arrays'), ('criteria', '0007_kinds_by_reference'), ('criteria', '0008_anchors')]

    initial = True

    dependencies = [
        ('membership', '0001_schema'),
    ]

    operations = [
        migrations.CreateModel(
            name='CriteriaSet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('version', models.CharField(max_length=20, verbose_name='version')),
                ('identifier', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('group', models.CharField(blank=True, choices=[('residents', 'Residents of the commune'), ('workers', 'Workers'), ('officials', 'Officials, employees, business people'), ('students', 'Pupils and students')], help_text='Empty: a frame for all groups, from which their sets descend; nobody is judged by it.', max_length=12, verbose_name='target group')),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('in_force', 'In force'), ('retired', 'Superseded')], default='draft', max_length=8, verbose_name='status')),
                ('is_sample', models.BooleanField(default=False, verbose_name='sample')),
                ('valid_from', models.DateField(verbose_name='from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='until')),
                ('threshold', models.DecimalField(decimal_places=1, default=Decimal('80'), max_digits=5, verbose_name='threshold')),
                ('floor', models.DecimalField(decimal_places=1, default=Decimal('5'), max_digits=4, verbose_name='floor')),
                ('step', models.DecimalField(decimal_places=1, default=Decimal('0.5'), max_digits=3, verbose_name='step')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='criteria.criteriaset', verbose_name='based on')),
                ('unit', models.ForeignKey(blank=True, help_text='Empty: the whole country.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='membership.unit', verbose_name='unit')),
            ],
            options={
                'verbose_name': 'criteria set',
                'verbose_name_plural': 'criteria sets',
                'ordering': ['group', '-valid_from', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Competency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('identifier', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('criteria_set', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='competencies', to='criteria.criteriaset', verbose_name='criteria set')),
            ],
            options={
                'verbose_name': 'competency',
                'verbose_name_plural': 'competencies',
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('identifier', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('name', models.CharField(max_length=250, verbose_name='name')),
                ('explanation', models.TextField(blank=True, verbose_name='in plain words')),
                ('examples', models.TextField(blank=True, help_text='One on each line.', verbose_name='examples')),
                ('topics', models.TextField(blank=True, help_text='Short names of topics, one on each line. What trainers tag with them counts as serving this indicator, also where no rule gives points for it.', verbose_name='topics that teach it')),
                ('maximum', models.DecimalField(decimal_places=1, default=Decimal('10'), max_digits=4, verbose_name='maximum')),
                ('evidence_cap', models.DecimalField(blank=True, decimal_places=1, help_text='Empty: up to the maximum.', max_digits=4, null=True, verbose_name='most that evidence suggests')),
                ('support', models.CharField(choices=[('yes', 'Learning evidence supports it'), ('partly', 'Learning evidence supports it in part'), ('no', 'Learning evidence cannot support it')], default='yes', max_length=6, verbose_name='support')),
                ('competency', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='indicators', to='criteria.competency', verbose_name='competency')),
                ('criteria_set', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='indicators', to='criteria.criteriaset', verbose_name='criteria set')),
            ],
            options={
                'verbose_name': 'indicator',
                'verbose_name_plural': 'indicators',
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='EvidenceRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('identifier', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=learning.evidence.kinds.choices, max_length=24, verbose_name='kind of evidence')),
                ('topic', models.CharField(blank=True, help_text='Empty: any topic.', max_length=60, verbose_name='topic')),
                ('topic_name', models.CharField(blank=True, help_text='How people read the topic.', max_length=120, verbose_name='topic in words')),
                ('page_key', models.UUIDField(blank=True, help_text='Empty: any page.', null=True, verbose_name='page')),
                ('issuer', models.CharField(blank=True, help_text='Exactly as on the certificate. Empty: any issuer.', max_length=200, verbose_name='issuer')),
                ('date_from', models.DateField(blank=True, null=True, verbose_name='happened from')),
                ('date_to', models.DateField(blank=True, help_text='This day included.', null=True, verbose_name='happened until')),
                ('within_days', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='at most this many days before the end of the year')),
                ('least_score', models.DecimalField(blank=True, decimal_places=4, help_text='From 0 to 1.', max_digits=5, null=True, verbose_name='least score')),
                ('least_verification', models.CharField(choices=[('none', 'not checked'), ('recomputed', 'recomputed from the answers'), ('document_seen', 'document seen'), ('server_marked', 'marked on the server'), ('signed', 'signed')], default='none', max_length=16, verbose_name='least verification')),
                ('points', models.DecimalField(decimal_places=1, max_digits=4, verbose_name='points for each')),
                ('cap', models.DecimalField(decimal_places=1, max_digits=4, verbose_name='capped at')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rules', to='criteria.indicator', verbose_name='indicator')),
            ],
            options={
                'verbose_name': 'evidence rule',
                'verbose_name_plural': 'evidence rules',
                'ordering': ['indicator__number', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Anchor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('points', models.DecimalField(decimal_places=1, max_digits=4, verbose_name='points')),
                ('text', models.TextField(help_text='One or two sentences, with an example.', verbose_name='what it looks like')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='anchors', to='criteria.indicator', verbose_name='indicator')),
            ],
            options={
                'verbose_name': 'anchor of a score',
                'verbose_name_plural': 'anchors of scores',
                'ordering': ['indicator__number', 'points'],
            },
        ),
        migrations.CreateModel(
            name='KindCap',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=learning.evidence.kinds.choices, max_length=24, verbose_name='kind of evidence')),
                ('cap', models.DecimalField(decimal_places=1, max_digits=4, verbose_name='capped at')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='kind_caps', to='criteria.indicator', verbose_name='indicator')),
            ],
            options={
                'verbose_name': 'cap for a kind of evidence',
                'verbose_name_plural': 'caps for kinds of evidence',
                'ordering': ['indicator__number', 'kind'],
            },
        ),
        migrations.CreateModel(
            name='Preview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fingerprint', models.CharField(help_text="Of the draft's rules as they were calculated.", max_length=64)),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('asked_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('people', models.PositiveIntegerField(default=0)),
                ('raised', models.PositiveIntegerField(default=0)),
                ('lowered', models.PositiveIntegerField(default=0)),
                ('moved_between', models.PositiveIntegerField(default=0, help_text='Same total, other indicators.')),
                ('sum_tenths', models.BigIntegerField(default=0, help_text='Of all differences.')),
                ('compared_with', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='criteria.criteriaset')),
                ('criteria_set', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='preview', to='criteria.criteriaset')),
            ],
        ),
        migrations.CreateModel(
            name='PreviewLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('before', evaluation.criteria.models.fields.TenthsField(null=True)),
                ('after', evaluation.criteria.models.fields.TenthsField()),
                ('difference_tenths', models.SmallIntegerField()),
                ('person', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='membership.person')),
                ('preview', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='criteria.preview')),
                ('unit', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='membership.unit')),
            ],
        ),
        migrations.CreateModel(
            name='ScoringRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('day', models.DateField(verbose_name='unit and group as of')),
                ('part', models.PositiveSmallIntegerField()),
                ('first', models.PositiveBigIntegerField(help_text='First person of the range.')),
                ('last', models.PositiveBigIntegerField(help_text='Last person of the range.')),
                ('reached', models.PositiveBigIntegerField(help_text='All people up to here are scored.')),
                ('rows', models.PositiveBigIntegerField(default=0)),
                ('started_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('year', 'part'), name='scoring_part_once')],
            },
        ),
        migrations.CreateModel(
            name='SuggestedScores',
            fields=[
                ('pk', models.CompositePrimaryKey('year', 'person', blank=True, editable=False, primary_key=True, serialize=False)),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('tenths', evaluation.criteria.models.fields.TenthsField()),
                ('total_tenths', models.PositiveSmallIntegerField()),
                ('criteria_set', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='criteria.criteriaset')),
                ('person', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='membership.person')),
                ('unit', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='membership.unit')),
            ],
        ),
        migrations.AddConstraint(
            model_name='criteriaset',
            constraint=models.UniqueConstraint(fields=('name', 'version', 'group'), name='criteria_version_once'),
        ),
        migrations.AddConstraint(
            model_name='criteriaset',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'in_force'), ('unit', None)), fields=('group',), name='criteria_national_in_force_once'),
        ),
        migrations.AddConstraint(
            model_name='criteriaset',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'in_force')), fields=('group', 'unit'), name='criteria_unit_in_force_once'),
        ),
        migrations.AddConstraint(
            model_name='criteriaset',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='criteria_period'),
        ),
        migrations.AddConstraint(
            model_name='criteriaset',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'retired'), _negated=True), ('valid_to__isnull', False), _connector='OR'), name='criteria_retired_has_end'),
        ),
        migrations.AddConstraint(
            model_name='criteriaset',
            constraint=models.CheckConstraint(condition=models.Q(('step__gt', 0)), name='criteria_step_positive'),
        ),
        migrations.AddConstraint(
            model_name='competency',
            constraint=models.UniqueConstraint(fields=('criteria_set', 'number'), name='competency_number_once'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.UniqueConstraint(fields=('criteria_set', 'number'), name='indicator_number_once'),
        ),
        migrations.AddConstraint(
            model_name='evidencerule',
            constraint=models.CheckConstraint(condition=models.Q(('cap__gte', models.F('points')), ('points__gt', 0)), name='rule_points_within_cap'),
        ),
        migrations.AddConstraint(
            model_name='evidencerule',
            constraint=models.CheckConstraint(condition=models.Q(('date_from', None), ('date_to', None), ('date_to__gte', models.F('date_from')), _connector='OR'), name='rule_window'),
        ),
        migrations.AddConstraint(
            model_name='anchor',
            constraint=models.UniqueConstraint(fields=('indicator', 'points'), name='anchor_once'),
        ),
        migrations.AddConstraint(
            model_name='anchor',
            constraint=models.CheckConstraint(condition=models.Q(('points__gte', 0)), name='anchor_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='kindcap',
            constraint=models.UniqueConstraint(fields=('indicator', 'kind'), name='kind_cap_once'),
        ),
        migrations.AddConstraint(
            model_name='kindcap',
            constraint=models.CheckConstraint(condition=models.Q(('cap__gte', 0)), name='kind_cap_not_negative'),
        ),
        migrations.AddIndex(
            model_name='previewline',
            index=models.Index(fields=['preview', 'difference_tenths', 'id'], name='preview_line_order'),
        ),
    ]
