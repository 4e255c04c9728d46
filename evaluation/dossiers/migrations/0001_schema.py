import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('dossiers', '0001_initial'), ('dossiers', '0002_bodies_in_time'), ('dossiers', '0003_points_in_closed_minutes'), ('dossiers', '0004_no_appeal_role'), ('dossiers', '0005_votes_that_decide'), ('dossiers', '0006_results_of_closed_minutes'), ('dossiers', '0007_revoked_seen_and_taken_back'), ('dossiers', '0008_only_what_is_new'), ('dossiers', '0009_anew_after_a_revocation'), ('dossiers', '0010_kinds_of_units')]

    initial = True

    dependencies = [
        ('criteria', '0001_schema'),
        ('evidence', '0001_schema'),
        ('membership', '0001_schema'),
        ('membership', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Dossier',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('group', models.CharField(choices=[('residents', 'Residents of the commune'), ('workers', 'Workers'), ('officials', 'Officials, employees, business people'), ('students', 'Pupils and students')], max_length=12, verbose_name='target group')),
                ('state', models.CharField(choices=[('draft', 'Being written'), ('in_review', 'In review'), ('returned', 'Returned to complete'), ('recognised', 'Recognised'), ('not_recognised', 'Not recognised'), ('revoked', 'Title revoked'), ('set_aside', 'Set aside: another dossier of the year counts')], default='draft', max_length=16, verbose_name='state')),
                ('is_assisted', models.BooleanField(default=False, verbose_name='entered by an officer')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('confirmed_how', models.CharField(blank=True, choices=[('code', 'by the code on the paper that the person signed'), ('second_officer', 'by a second officer')], max_length=16)),
                ('fingerprint', models.CharField(blank=True, editable=False, help_text='Of own scores and notes: identical dossiers share it.', max_length=32)),
                ('stale_since', models.DateTimeField(blank=True, help_text='When evidence came that a body which signed off had not seen.', null=True)),
                ('seen_at', models.DateTimeField(blank=True, help_text='When a body last looked at evidence that had come after a sign-off.', null=True)),
                ('opened_at', models.DateTimeField()),
                ('submitted_at', models.DateTimeField(blank=True, null=True)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('frozen', models.JSONField(blank=True, help_text='What the decision froze.', null=True)),
                ('assisted_by', models.ForeignKey(blank=True, help_text='Who last.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('criteria_set', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dossiers', to='criteria.criteriaset')),
                ('current_unit', models.ForeignKey(blank=True, help_text='The unit of the body it waits at, resolved when it came there.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='membership.unit')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dossiers', to='membership.person')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dossiers', to='membership.unit')),
            ],
            options={
                'verbose_name': 'dossier',
                'verbose_name_plural': 'dossiers',
            },
        ),
        migrations.CreateModel(
            name='IndicatorScore',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('self_points', models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True, verbose_name='own score')),
                ('self_note', models.TextField(blank=True, verbose_name='note')),
                ('self_saved_at', models.DateTimeField(blank=True, null=True)),
                ('suggested_points', models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True)),
                ('suggested_trace', models.JSONField(default=list)),
                ('reviewed_points', models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True)),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scores', to='dossiers.dossier')),
                ('evidence', models.ManyToManyField(blank=True, related_name='+', to='evidence.evidence')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='criteria.indicator')),
            ],
            options={
                'ordering': ['indicator__number'],
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
                ('drawn_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='membership.unit', verbose_name='unit')),
            ],
            options={
                'verbose_name': 'inspection sample',
                'verbose_name_plural': 'inspection samples',
                'ordering': ['-drawn_at', '-pk'],
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
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inspections', to='dossiers.dossier')),
                ('inspected_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sample', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='dossiers.inspectionsample')),
            ],
            options={
                'ordering': ['position'],
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
                ('called_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('chair', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='membership.person', verbose_name='chair of the meeting')),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('secretary', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='membership.person', verbose_name='secretary of the meeting')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='membership.unit', verbose_name='unit')),
            ],
            options={
                'verbose_name': 'meeting',
                'verbose_name_plural': 'meetings',
                'ordering': ['-held_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_present', models.BooleanField(default=False, verbose_name='present')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='membership.person')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendances', to='dossiers.meeting')),
            ],
            options={
                'ordering': ['person__sort_key', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='MeetingLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('votes_for', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='votes for')),
                ('votes_against', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='votes against')),
                ('abstained', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='abstained')),
                ('chair_is_for', models.BooleanField(blank=True, null=True, verbose_name='the chair voted for')),
                ('result', models.CharField(blank=True, choices=[('carried', 'Agreed to'), ('lost', 'Not agreed to'), ('short', 'No decision: too few who may judge it'), ('noted', 'Noted: the vote decides nothing')], max_length=8, verbose_name='result')),
                ('total', models.DecimalField(blank=True, decimal_places=1, max_digits=5, null=True, verbose_name='points')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meeting_lines', to='dossiers.dossier')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='dossiers.meeting')),
            ],
            options={
                'ordering': ['dossier__person__sort_key', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ReviewChain',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('group', models.CharField(choices=[('residents', 'Residents of the commune'), ('workers', 'Workers'), ('officials', 'Officials, employees, business people'), ('students', 'Pupils and students')], max_length=12, verbose_name='target group')),
                ('valid_from', models.DateField(verbose_name='from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='until')),
                ('preference', models.PositiveSmallIntegerField(default=1, help_text="Of a group's chains, the first whose bodies all exist is taken.", verbose_name='preference')),
                ('appeal_kind', models.CharField(choices=[('province', 'Province'), ('district', 'District (until 30/6/2025)'), ('commune', 'Commune'), ('association', 'Association'), ('chapter', 'Chapter'), ('agency', 'Agency'), ('school', 'School'), ('department', 'Department'), ('mass_body', 'Mass body')], default='province', max_length=12, verbose_name='where appeals go')),
                ('appeal_days', models.PositiveSmallIntegerField(default=30, help_text='Counted from the decision.', verbose_name='days to appeal')),
                ('answer_days', models.PositiveSmallIntegerField(default=30, help_text='Counted from the appeal.', verbose_name='days to answer an appeal')),
            ],
            options={
                'verbose_name': 'review chain',
                'verbose_name_plural': 'review chains',
                'ordering': ['group', 'preference', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('name', 'group', 'valid_from'), name='chain_once'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='chain_period')],
            },
        ),
        migrations.AddField(
            model_name='dossier',
            name='chain',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dossiers', to='dossiers.reviewchain'),
        ),
        migrations.CreateModel(
            name='ReviewStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(verbose_name='order')),
                ('name', models.CharField(max_length=200, verbose_name='body')),
                ('role', models.CharField(choices=[('member', 'Member'), ('trainer', 'Trainer'), ('chapter_officer', 'Chapter officer'), ('commune_officer', 'Commune association officer'), ('recogniser', 'Recogniser'), ('province_officer', 'Province officer'), ('auditor', 'Auditor')], max_length=16, verbose_name='role')),
                ('unit_kind', models.CharField(choices=[('province', 'Province'), ('district', 'District (until 30/6/2025)'), ('commune', 'Commune'), ('association', 'Association'), ('chapter', 'Chapter'), ('agency', 'Agency'), ('school', 'School'), ('department', 'Department'), ('mass_body', 'Mass body')], max_length=12, verbose_name='unit')),
                ('recognises', models.BooleanField(default=False, verbose_name='recognises the title')),
                ('quorum', models.PositiveSmallIntegerField(default=0, help_text='How many must be present at its meeting; 0: it decides without one.', verbose_name='quorum')),
                ('quorum_percent', models.PositiveSmallIntegerField(default=0, help_text='Two thirds: 66. 0: the number alone counts.', verbose_name='quorum, in percent of those invited')),
                ('majority_percent', models.PositiveSmallIntegerField(blank=True, default=50, help_text='Of those present who may judge the dossier, more than this share must agree: 50 is more than half. Empty: votes are noted in the minutes and decide nothing.', null=True, verbose_name='majority: more than, in percent')),
                ('majority_votes', models.PositiveSmallIntegerField(default=0, help_text='0: the share alone counts.', verbose_name='majority: at least so many votes')),
                ('tie', models.CharField(choices=[('lost', 'it is not agreed to'), ('chair', "the chair's vote decides"), ('carried', 'it is agreed to')], default='lost', max_length=8, verbose_name='where votes are equal')),
                ('due_month', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='done by: month')),
                ('due_day', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='done by: day')),
                ('reason_over', models.DecimalField(blank=True, decimal_places=1, help_text='Points by which the reviewed score may differ from the suggested one without a reason.', max_digits=4, null=True, verbose_name='a reason is needed beyond')),
                ('chain', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='dossiers.reviewchain')),
            ],
            options={
                'ordering': ['order'],
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(choices=[('forwarded', 'Forwarded'), ('returned', 'Returned'), ('recognised', 'Recognised'), ('not_recognised', 'Not recognised'), ('not_proposed', 'Not proposed')], max_length=16)),
                ('reason', models.TextField(blank=True)),
                ('seconds', models.PositiveIntegerField(blank=True, help_text='From opening the page to deciding, shared among those decided together.', null=True)),
                ('figures', models.JSONField(default=dict, help_text='Own and reviewed scores at that moment, as text, by indicator number.')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='dossiers.dossier')),
                ('meeting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='dossiers.meeting')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='membership.unit')),
                ('step', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='dossiers.reviewstep')),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='meeting',
            name='step',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='dossiers.reviewstep', verbose_name='body'),
        ),
        migrations.AddField(
            model_name='dossier',
            name='current_step',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='waiting_dossiers', to='dossiers.reviewstep'),
        ),
        migrations.CreateModel(
            name='ScoreChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('before', models.DecimalField(decimal_places=1, max_digits=4, null=True)),
                ('after', models.DecimalField(decimal_places=1, help_text='Empty: taken back.', max_digits=4, null=True)),
                ('reason', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('score', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='dossiers.indicatorscore')),
                ('step', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='dossiers.reviewstep')),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='StandIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField(verbose_name='reason')),
                ('appointed_at', models.DateTimeField()),
                ('appointed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('membership', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='membership.membership')),
            ],
            options={
                'verbose_name': 'stand-in',
                'verbose_name_plural': 'stand-ins',
                'ordering': ['-appointed_at'],
            },
        ),
        migrations.CreateModel(
            name='Deadline',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('last_day', models.DateField(verbose_name='last day')),
                ('set_at', models.DateTimeField()),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='membership.unit', verbose_name='unit')),
            ],
            options={
                'verbose_name': 'deadline',
                'verbose_name_plural': 'deadlines',
                'constraints': [models.UniqueConstraint(fields=('unit', 'year'), name='deadline_once')],
            },
        ),
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
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('filed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='membership.unit', verbose_name='unit')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appeals', to='dossiers.dossier')),
            ],
            options={
                'verbose_name': 'appeal',
                'verbose_name_plural': 'appeals',
                'ordering': ['due_on', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('outcome', '')), fields=('dossier',), name='appeal_one_open'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('answered_by', None), ('outcome', '')), models.Q(models.Q(('outcome', ''), _negated=True), models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='appeal_answered_with_reasons')],
            },
        ),
        migrations.AddConstraint(
            model_name='indicatorscore',
            constraint=models.UniqueConstraint(fields=('dossier', 'indicator'), name='indicator_score_once'),
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
            model_name='attendance',
            constraint=models.UniqueConstraint(fields=('meeting', 'person'), name='attendance_once'),
        ),
        migrations.AddConstraint(
            model_name='meetingline',
            constraint=models.UniqueConstraint(fields=('meeting', 'dossier'), name='meeting_line_once'),
        ),
        migrations.AddConstraint(
            model_name='reviewstep',
            constraint=models.UniqueConstraint(fields=('chain', 'order'), name='review_step_order_once'),
        ),
        migrations.AddConstraint(
            model_name='reviewstep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('due_day', None), ('due_month', None)), models.Q(('due_day__range', (1, 28)), ('due_month__range', (1, 12))), models.Q(('due_day__range', (29, 31)), ('due_month__in', (1, 3, 5, 7, 8, 10, 12))), models.Q(('due_day__range', (29, 30)), ('due_month__in', (4, 6, 9, 11))), _connector='OR'), name='review_step_due_day'),
        ),
        migrations.AddConstraint(
            model_name='reviewstep',
            constraint=models.CheckConstraint(condition=models.Q(('quorum_percent__lte', 100), models.Q(('majority_percent', None), ('majority_percent__lt', 100), _connector='OR')), name='review_step_shares'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('closed_by', None)), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False)), _connector='OR'), name='meeting_closed_by_whom'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('chair', models.F('secretary')), _negated=True), name='meeting_two_people'),
        ),
        migrations.AddIndex(
            model_name='dossier',
            index=models.Index(fields=['current_unit', 'current_step'], name='dossier_queue'),
        ),
        migrations.AddIndex(
            model_name='dossier',
            index=models.Index(fields=['year', 'unit', 'state'], name='dossier_year_unit'),
        ),
        migrations.AddConstraint(
            model_name='dossier',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['set_aside', 'revoked']), _negated=True), fields=('person', 'year'), name='dossier_once_a_year'),
        ),
        migrations.AddConstraint(
            model_name='dossier',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('current_step__isnull', False), ('current_unit__isnull', False), ('state', 'in_review')), models.Q(models.Q(('state', 'in_review'), _negated=True), ('current_step', None), ('current_unit', None)), _connector='OR'), name='dossier_step_in_review'),
        ),
    ]
