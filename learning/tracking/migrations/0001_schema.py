import django.core.validators
import django.db.models.deletion
import learning.tracking.models.statements
import papers.codes
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('tracking', '0001_initial'), ('tracking', '0002_learning_records'), ('tracking', '0004_attachments_by_use'), ('tracking', '0005_activities_and_plays'), ('tracking', '0006_limit_of_reports'), ('tracking', '0008_main_library'), ('tracking', '0009_doubted_scores'), ('tracking', '0010_course_certificates'), ('tracking', '0011_certificates_of_finished_courses'), ('tracking', '0012_notes_and_goals')]

    initial = True

    dependencies = [
        ('membership', '0001_schema'),
        ('membership', '__first__'),
        ('training_materials', '0001_schema'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='ActivityDefinition',
            fields=[
                ('key', models.UUIDField(help_text='Digest of the address.', primary_key=True, serialize=False)),
                ('iri', models.TextField()),
                ('definition', models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('sha256', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('length', models.PositiveBigIntegerField()),
                ('file', models.FileField(storage=learning.tracking.models.statements.private_storage, upload_to='xapi')),
            ],
        ),
        migrations.CreateModel(
            name='LearnerAlias',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='learner_alias', serialize=False, to='membership.person')),
                ('name', models.UUIDField(unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='StatementErasure',
            fields=[
                ('statement_id', models.UUIDField(primary_key=True, serialize=False)),
                ('erased_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='StatementTerm',
            fields=[
                ('pk', models.CompositePrimaryKey('term', 'stored', 'statement_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('term', models.UUIDField()),
                ('stored', models.DateTimeField()),
                ('statement_id', models.UUIDField()),
            ],
        ),
        migrations.CreateModel(
            name='Voiding',
            fields=[
                ('target_id', models.UUIDField(primary_key=True, serialize=False)),
                ('by_statement_id', models.UUIDField()),
            ],
        ),
        migrations.CreateModel(
            name='ActivityPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.TextField(blank=True, help_text='One sentence: what one learns here.', max_length=300, verbose_name='summary')),
                ('minutes', models.PositiveSmallIntegerField(default=5, help_text='How long this step takes, roughly; five to fifteen is best.', validators=[django.core.validators.MinValueValidator(1)], verbose_name='minutes')),
                ('is_required', models.BooleanField(default=True, help_text='The course is finished when all required steps are.', verbose_name='required')),
                ('introduction', models.TextField(blank=True, help_text='Read before the start. Leave a line empty to begin a paragraph.', verbose_name='introduction')),
                ('completion', models.CharField(choices=[('played', 'Playing it to the end'), ('passed', 'A score from the pass mark on, recomputed on the server')], default='played', max_length=8, verbose_name='what finishes it')),
                ('pass_mark', models.PositiveSmallIntegerField(default=80, help_text='Only if a score finishes it, and only for contents whose score this site can recompute.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='pass mark (%)')),
                ('package', models.ForeignKey(help_text='Its newest version plays. Who began with an older one keeps what they did.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='training_materials.package', verbose_name='interactive content')),
            ],
            options={
                'verbose_name': 'activity',
                'verbose_name_plural': 'activities',
            },
            bases=('wagtailcore.page', models.Model),
        ),
        migrations.CreateModel(
            name='Credential',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='The system that gets it, and who answers for it.', max_length=120, verbose_name='name')),
                ('key', models.CharField(editable=False, max_length=32, unique=True, verbose_name='key')),
                ('secret_digest', models.CharField(editable=False, max_length=64)),
                ('scopes', models.JSONField(default=list, verbose_name='may')),
                ('created_at', models.DateTimeField(editable=False, verbose_name='made')),
                ('revoked_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='revoked')),
                ('spoken_version', models.CharField(default='2.0.0', editable=False, help_text='In which the store answers when none is named.', max_length=5)),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'xAPI credential',
                'verbose_name_plural': 'xAPI credentials',
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Enrolment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('course_key', models.UUIDField(help_text='Translation key of the course page.')),
                ('course_title', models.CharField(max_length=255)),
                ('enrolled_at', models.DateTimeField()),
                ('completed_at', models.DateTimeField(blank=True, null=True)),
                ('course_revision', models.PositiveIntegerField(blank=True, help_text='The revision of the course that was completed.', null=True)),
                ('course', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='enrolments', to='training_materials.coursepage')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrolments', to='membership.person')),
            ],
            options={
                'verbose_name': 'enrolment',
                'verbose_name_plural': 'enrolments',
                'ordering': ['-enrolled_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='CourseCertificate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=papers.codes.new_code, editable=False, max_length=14, unique=True)),
                ('course_title', models.CharField(max_length=255)),
                ('minutes', models.PositiveIntegerField(default=0, help_text='How long the course takes, roughly.')),
                ('issued_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('enrolment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='certificates', to='tracking.enrolment')),
            ],
            options={
                'verbose_name': 'certificate of a course',
                'verbose_name_plural': 'certificates of courses',
            },
        ),
        migrations.CreateModel(
            name='Launch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step_key', models.UUIDField(help_text="Translation key of the step's page.", null=True)),
                ('activity', models.TextField(help_text="The activity's IRI.")),
                ('registration', models.UUIDField()),
                ('token_digest', models.CharField(max_length=64, unique=True)),
                ('started_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('enrolment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='launches', to='tracking.enrolment')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='launches', to='membership.person')),
            ],
            options={
                'verbose_name': 'launch',
                'verbose_name_plural': 'launches',
            },
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('step_key', models.UUIDField(help_text="Translation key of the step's page.")),
                ('step_title', models.CharField(max_length=255)),
                ('part', models.CharField(blank=True, max_length=64)),
                ('part_title', models.CharField(blank=True, max_length=255)),
                ('passage', models.TextField(blank=True)),
                ('text', models.TextField(blank=True)),
                ('made_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='tracking.enrolment')),
                ('step', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.WAGTAIL_PAGE_MODEL)),
            ],
            options={
                'verbose_name': 'note',
                'verbose_name_plural': 'notes',
                'ordering': ['made_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Play',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('activity_key', models.UUIDField(help_text="Translation key of the activity's page.")),
                ('activity_title', models.CharField(max_length=255)),
                ('version_key', models.UUIDField()),
                ('main_library', models.CharField(max_length=120)),
                ('started_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('best', models.DecimalField(blank=True, decimal_places=4, max_digits=5, null=True)),
                ('said', models.PositiveIntegerField(default=0, help_text='How many reports were taken: there is a limit to it.')),
                ('evidence_key', models.UUIDField(blank=True, help_text='The evidence that it became.', null=True)),
                ('activity', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='plays', to='tracking.activitypage')),
                ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='plays', to='tracking.enrolment')),
                ('version', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='plays', to='training_materials.packageversion')),
            ],
            options={
                'verbose_name': 'play of a content',
                'verbose_name_plural': 'plays of contents',
                'ordering': ['-started_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='PlayResult',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('received_at', models.DateTimeField()),
                ('verb', models.CharField(max_length=16)),
                ('verdict', models.CharField(choices=[('verified', 'verified'), ('unverified', 'unverified'), ('rejected', 'rejected')], max_length=12)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('score', models.FloatField(blank=True, null=True)),
                ('maximum', models.FloatField(blank=True, null=True)),
                ('responses', models.JSONField(default=list, help_text='The raw responses, part by part.')),
                ('play', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='results', to='tracking.play')),
            ],
            options={
                'verbose_name': 'result of a play',
                'verbose_name_plural': 'results of plays',
                'ordering': ['received_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PlayState',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sub_content', models.CharField(default='0', max_length=64)),
                ('field', models.CharField(max_length=64)),
                ('value', models.TextField()),
                ('taken', models.JSONField(default=list, help_text='The latest deliveries, so that a repeated one changes nothing.')),
                ('saved_at', models.DateTimeField()),
                ('play', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='states', to='tracking.play')),
            ],
        ),
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('stored', models.DateTimeField()),
                ('body', models.JSONField(help_text='The statement whole, with what the store added.')),
                ('target_id', models.UUIDField(help_text='The statement that this one is about.', null=True)),
                ('is_voiding', models.BooleanField(default=False)),
                ('credential', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='tracking.credential')),
                ('launch', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='tracking.launch')),
                ('person', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='membership.person')),
            ],
            options={
                'verbose_name': 'statement',
                'verbose_name_plural': 'statements',
                'ordering': ['-stored', '-id'],
            },
        ),
        migrations.CreateModel(
            name='StepProgress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step_key', models.UUIDField(help_text="Translation key of the step's page.")),
                ('step_title', models.CharField(max_length=255)),
                ('started_at', models.DateTimeField()),
                ('visited_at', models.DateTimeField(help_text='The latest visit: where to resume.')),
                ('part', models.CharField(blank=True, help_text='The anchor of the heading beneath which one read last.', max_length=60)),
                ('completed_at', models.DateTimeField(blank=True, null=True)),
                ('revision', models.PositiveIntegerField(blank=True, help_text='The revision that was completed.', null=True)),
                ('score', models.DecimalField(blank=True, decimal_places=4, help_text='The best, from 0 to 1.', max_digits=5, null=True)),
                ('is_doubted', models.BooleanField(default=False, help_text='A person has still to look at how the score was earned.')),
                ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='tracking.enrolment')),
                ('step', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.WAGTAIL_PAGE_MODEL)),
            ],
            options={
                'verbose_name': 'progress in a step',
                'verbose_name_plural': 'progress in steps',
            },
        ),
        migrations.CreateModel(
            name='WeeklyGoal',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='weekly_goal', serialize=False, to='membership.person')),
                ('days', models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(7)])),
                ('set_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'weekly goal',
                'verbose_name_plural': 'weekly goals',
                'constraints': [models.CheckConstraint(condition=models.Q(('days__lte', 7)), name='weekly_goal_within_a_week')],
            },
        ),
        migrations.CreateModel(
            name='AttachmentUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('statement_id', models.UUIDField()),
                ('sha2', models.CharField(max_length=128)),
                ('content_type', models.CharField(max_length=255)),
                ('attachment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uses', to='tracking.attachment')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('statement_id', 'sha2'), name='attachment_use_once')],
            },
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('key', models.UUIDField(help_text='Digest of all that names the document.', primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('state', 'State of an activity'), ('activity_profile', 'Profile of an activity'), ('agent_profile', 'Profile of an agent')], max_length=16)),
                ('scope', models.UUIDField(help_text='Digest of its activity and agent: what lists ask for.')),
                ('agent', models.UUIDField(db_index=True, help_text='Digest of what identifies the agent.', null=True)),
                ('activity', models.TextField(blank=True)),
                ('registration', models.UUIDField(null=True)),
                ('document_id', models.TextField()),
                ('content', models.BinaryField()),
                ('content_type', models.CharField(max_length=255)),
                ('etag', models.CharField(help_text='SHA-1 of the content.', max_length=40)),
                ('updated_at', models.DateTimeField()),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='xapi_documents', to='membership.person')),
            ],
            options={
                'verbose_name': 'document',
                'verbose_name_plural': 'documents',
                'indexes': [models.Index(fields=['scope', 'updated_at'], name='xapi_document_scope')],
            },
        ),
        migrations.AddIndex(
            model_name='enrolment',
            index=models.Index(fields=['course_key'], name='enrolment_course_key'),
        ),
        migrations.AddConstraint(
            model_name='enrolment',
            constraint=models.UniqueConstraint(fields=('person', 'course_key'), name='enrolment_once'),
        ),
        migrations.AddConstraint(
            model_name='coursecertificate',
            constraint=models.UniqueConstraint(condition=models.Q(('revoked_at', None)), fields=('enrolment',), name='one_standing_course_certificate'),
        ),
        migrations.AddIndex(
            model_name='launch',
            index=models.Index(fields=['registration'], name='launch_registration'),
        ),
        migrations.AddIndex(
            model_name='note',
            index=models.Index(fields=['enrolment', 'step_key'], name='note_of_step'),
        ),
        migrations.AddConstraint(
            model_name='note',
            constraint=models.CheckConstraint(condition=models.Q(('part', ''), ('passage', ''), ('text', ''), _negated=True), name='note_says_or_marks_something'),
        ),
        migrations.AddIndex(
            model_name='play',
            index=models.Index(fields=['activity_key'], name='play_activity_key'),
        ),
        migrations.AddConstraint(
            model_name='play',
            constraint=models.UniqueConstraint(fields=('enrolment', 'activity_key', 'version_key'), name='play_once'),
        ),
        migrations.AddConstraint(
            model_name='playstate',
            constraint=models.UniqueConstraint(fields=('play', 'sub_content', 'field'), name='play_state_once'),
        ),
        migrations.AddIndex(
            model_name='statement',
            index=models.Index(fields=['stored', 'id'], name='statement_stored'),
        ),
        migrations.AddIndex(
            model_name='statement',
            index=models.Index(condition=models.Q(('target_id__isnull', False)), fields=['target_id'], name='statement_target'),
        ),
        migrations.AddIndex(
            model_name='statement',
            index=models.Index(condition=models.Q(('person__isnull', False)), fields=['person', 'stored'], name='statement_person'),
        ),
        migrations.AddIndex(
            model_name='statement',
            index=models.Index(condition=models.Q(('launch__isnull', False)), fields=['launch'], name='statement_launch'),
        ),
        migrations.AddIndex(
            model_name='stepprogress',
            index=models.Index(fields=['step_key'], name='step_progress_key'),
        ),
        migrations.AddConstraint(
            model_name='stepprogress',
            constraint=models.UniqueConstraint(fields=('enrolment', 'step_key'), name='step_progress_once'),
        ),
    ]
