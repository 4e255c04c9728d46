import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('criteria', '0001_initial'),
        ('dossiers', '0001_initial'),
        ('membership', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Appeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField(verbose_name='what you do not accept, and why')),
                ('filed_at', models.DateTimeField()),
                ('due_on', models.DateField(verbose_name='to be answered by')),
                ('outcome', models.CharField(blank=True, choices=[('granted', 'Granted: the dossier is reviewed again'), ('dismissed', 'Dismissed: the decision stands')], max_length=10, verbose_name='answer')),
                ('answer', models.TextField(blank=True, verbose_name='reasons')),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('frozen', models.JSONField(blank=True, help_text='What the decision appealed against had frozen.', null=True)),
            ],
            options={
                'verbose_name': 'appeal',
                'verbose_name_plural': 'appeals',
                'ordering': ['due_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_present', models.BooleanField(default=False, verbose_name='present')),
            ],
            options={
                'ordering': ['person__sort_key', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Deadline',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('last_day', models.DateField(verbose_name='last day')),
                ('set_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'deadline',
                'verbose_name_plural': 'deadlines',
            },
        ),
        migrations.CreateModel(
            name='InspectedDossier',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(verbose_name='place in the draw')),
                ('finding', models.CharField(blank=True, choices=[('confirmed', 'The decision is borne out'), ('doubtful', 'The evidence does not bear out the scores')], max_length=10, verbose_name='finding')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('inspected_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='InspectionSample',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('seed', models.CharField(max_length=64, verbose_name='seed')),
                ('percent', models.PositiveSmallIntegerField(verbose_name='percent')),
                ('population', models.PositiveIntegerField(verbose_name='drawn from')),
                ('drawn_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'inspection sample',
                'verbose_name_plural': 'inspection samples',
                'ordering': ['-drawn_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('held_at', models.DateTimeField(verbose_name='held at')),
                ('place', models.CharField(max_length=200, verbose_name='place')),
                ('notes', models.TextField(blank=True, verbose_name='what was said and agreed')),
                ('called_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'meeting',
                'verbose_name_plural': 'meetings',
                'ordering': ['-held_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='MeetingLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('votes_for', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='votes for')),
                ('votes_against', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='votes against')),
            ],
            options={
                'ordering': ['dossier__person__sort_key', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='StandIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField(verbose_name='reason')),
                ('appointed_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'stand-in',
                'verbose_name_plural': 'stand-ins',
                'ordering': ['-appointed_at'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='dossier',
            name='dossier_once_a_year',
        ),
        migrations.AddField(
            model_name='dossier',
            name='assisted_by',
            field=models.ForeignKey(blank=True, help_text='Who last.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='dossier',
            name='confirmed_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='dossier',
            name='confirmed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='dossier',
            name='confirmed_how',
            field=models.CharField(blank=True, choices=[('code', 'by the code on the paper that the person signed'), ('second_officer', 'by a second officer')], max_length=16),
        ),
        migrations.AddField(
            model_name='dossier',
            name='fingerprint',
            field=models.CharField(blank=True, editable=False, help_text='Of own scores and notes: identical dossiers share it.', max_length=32),
        ),
        migrations.AddField(
            model_name='dossier',
            name='stale_since',
            field=models.DateTimeField(blank=True, help_text='When evidence came that a body which signed off had not seen.', null=True),
        ),
        migrations.AddField(
            model_name='review',
            name='seconds',
            field=models.PositiveIntegerField(blank=True, help_text='From opening the page to deciding, shared among those decided together.', null=True),
        ),
        migrations.AddField(
            model_name='reviewchain',
            name='answer_days',
            field=models.PositiveSmallIntegerField(default=30, help_text='Counted from the appeal.', verbose_name='days to answer an appeal'),
        ),
        migrations.AddField(
            model_name='reviewchain',
            name='appeal_days',
            field=models.PositiveSmallIntegerField(default=30, help_text='Counted from the decision.', verbose_name='days to appeal'),
        ),
        migrations.AddField(
            model_name='reviewchain',
            name='appeal_kind',
            field=models.CharField(choices=[('province', 'Province'), ('district', 'District (until 30/6/2025)'), ('commune', 'Commune'), ('association', 'Association'), ('chapter', 'Chapter'), ('agency', 'Agency'), ('school', 'School')], default='province', max_length=12, verbose_name='where appeals go'),
        ),
        migrations.AddField(
            model_name='reviewchain',
            name='appeal_role',
            field=models.CharField(choices=[('member', 'Member'), ('trainer', 'Trainer'), ('chapter_officer', 'Chapter officer'), ('commune_officer', 'Commune association officer'), ('recogniser', 'Recogniser'), ('province_officer', 'Province officer'), ('auditor', 'Auditor')], default='province_officer', max_length=16, verbose_name='who answers appeals'),
        ),
        migrations.AddField(
            model_name='reviewstep',
            name='due_day',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='done by: day'),
        ),
        migrations.AddField(
            model_name='reviewstep',
            name='due_month',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='done by: month'),
        ),
        migrations.AddField(
            model_name='reviewstep',
            name='quorum',
            field=models.PositiveSmallIntegerField(default=0, help_text='How many must be present at its meeting; 0: it decides without one.', verbose_name='quorum'),
        ),
        migrations.AddField(
            model_name='reviewstep',
            name='reason_over',
            field=models.DecimalField(blank=True, decimal_places=1, help_text='Points by which the reviewed score may differ from the suggested one without a reason.', max_digits=4, null=True, verbose_name='a reason is needed beyond'),
        ),
        migrations.AlterField(
            model_name='dossier',
            name='state',
            field=models.CharField(choices=[('draft', 'Being written'), ('in_review', 'In review'), ('returned', 'Returned to complete'), ('recognised', 'Recognised'), ('not_recognised', 'Not recognised'), ('set_aside', 'Set aside: another dossier of the year counts')], default='draft', max_length=16, verbose_name='state'),
        ),
        migrations.AddIndex(
            model_name='dossier',
            index=models.Index(fields=['year', 'unit', 'state'], name='dossier_year_unit'),
        ),
        migrations.AddConstraint(
            model_name='dossier',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'set_aside'), _negated=True), fields=('person', 'year'), name='dossier_once_a_year'),
        ),
        migrations.AddConstraint(
            model_name='reviewstep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('due_day', None), ('due_month', None)), models.Q(('due_day__range', (1, 28)), ('due_month__range', (1, 12))), models.Q(('due_day__range', (29, 31)), ('due_month__in', (1, 3, 5, 7, 8, 10, 12))), models.Q(('due_day__range', (29, 30)), ('due_month__in', (4, 6, 9, 11))), _connector='OR'), name='review_step_due_day'),
        ),
        migrations.AddField(
            model_name='appeal',
            name='answered_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='appeal',
            name='dossier',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appeals', to='dossiers.dossier'),
        ),
        migrations.AddField(
            model_name='appeal',
            name='filed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='appeal',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='membership.unit', verbose_name='unit'),
        ),
        migrations.AddField(
            model_name='attendance',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='membership.person'),
        ),
        migrations.AddField(
            model_name='deadline',
            name='set_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='deadline',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='membership.unit', verbose_name='unit'),
        ),
        migrations.AddField(
            model_name='inspecteddossier',
            name='dossier',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inspections', to='dossiers.dossier'),
        ),
        migrations.AddField(
            model_name='inspecteddossier',
            name='inspected_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='inspectionsample',
            name='drawn_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='inspectionsample',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='membership.unit', verbose_name='unit'),
        ),
        migrations.AddField(
            model_name='inspecteddossier',
            name='sample',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='dossiers.inspectionsample'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='called_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='meeting',
            name='chair',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='membership.person', verbose_name='chair of the meeting'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='closed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='meeting',
            name='secretary',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='membership.person', verbose_name='secretary of the meeting'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='step',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='dossiers.reviewstep', verbose_name='body'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='membership.unit', verbose_name='unit'),
        ),
        migrations.AddField(
            model_name='attendance',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendances', to='dossiers.meeting'),
        ),
        migrations.AddField(
            model_name='review',
            name='meeting',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='dossiers.meeting'),
        ),
        migrations.AddField(
            model_name='meetingline',
            name='dossier',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meeting_lines', to='dossiers.dossier'),
        ),
        migrations.AddField(
            model_name='meetingline',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='dossiers.meeting'),
        ),
        migrations.AddField(
            model_name='standin',
            name='appointed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='standin',
            name='membership',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='membership.membership'),
        ),
        migrations.AddConstraint(
            model_name='appeal',
            constraint=models.UniqueConstraint(condition=models.Q(('outcome', '')), fields=('dossier',), name='appeal_one_open'),
        ),
        migrations.AddConstraint(
            model_name='appeal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('answered_by', None), ('outcome', '')), models.Q(models.Q(('outcome', ''), _negated=True), models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='appeal_answered_with_reasons'),
        ),
        migrations.AddConstraint(
            model_name='deadline',
            constraint=models.UniqueConstraint(fields=('unit', 'year'), name='deadline_once'),
        ),
        migrations.AddConstraint(
            model_name='inspectionsample',
            constraint=models.UniqueConstraint(fields=('unit', 'year', 'seed'), name='sample_seed_once'),
        ),
        migrations.AddConstraint(
            model_name='inspectionsample',
            constraint=models.CheckConstraint(condition=models.Q(('percent__range', (1, 100))), name='sample_percent'),
        ),
        migrations.AddConstraint(
            model_name='inspecteddossier',
            constraint=models.UniqueConstraint(fields=('sample', 'dossier'), name='inspected_once'),
        ),
        migrations.AddConstraint(
            model_name='inspecteddossier',
            constraint=models.UniqueConstraint(fields=('sample', 'position'), name='inspected_position_once'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('closed_by', None)), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False)), _connector='OR'), name='meeting_closed_by_whom'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('chair', models.F('secretary')), _negated=True), name='meeting_two_people'),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.UniqueConstraint(fields=('meeting', 'person'), name='attendance_once'),
        ),
        migrations.AddConstraint(
            model_name='meetingline',
            constraint=models.UniqueConstraint(fields=('meeting', 'dossier'), name='meeting_line_once'),
        ),
    ]
