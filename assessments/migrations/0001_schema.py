import assessments.kinds
import django.core.validators
import django.db.models.deletion
import modelcluster.fields
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('assessments', '0001_initial'), ('assessments', '0002_question_imports'), ('assessments', '0003_written_answers'), ('assessments', '0004_numbers_blanks_and_drafts'), ('assessments', '0005_quiz_rules'), ('assessments', '0006_written_marks'), ('assessments', '0007_figures'), ('assessments', '0008_draw_by_target_group'), ('assessments', '0009_figures_know_their_source'), ('assessments', '0010_kinds_by_reference'), ('assessments', '0011_imports_move_to_their_engine'), ('assessments', '0012_log_of_imports'), ('assessments', '0013_doubted_scores'), ('assessments', '0014_key_readers'), ('assessments', '0015_pools'), ('assessments', '0016_lessons_to_look_at_again')]

    initial = True

    dependencies = [
        ('membership', '0001_schema'),
        ('membership', '__first__'),
        ('tracking', '0001_schema'),
        ('training_materials', '0001_schema'),
        ('wagtailcore', '0098_apitoken'),
        ('wagtaildocs', '0014_alter_document_file_size'),
        ('wagtailimages', '0027_image_description'),
    ]

    operations = [
        migrations.CreateModel(
            name='QuizPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.TextField(blank=True, help_text='One sentence: what one learns here.', max_length=300, verbose_name='summary')),
                ('minutes', models.PositiveSmallIntegerField(default=5, help_text='How long this step takes, roughly; five to fifteen is best.', validators=[django.core.validators.MinValueValidator(1)], verbose_name='minutes')),
                ('is_required', models.BooleanField(default=True, help_text='The course is finished when all required steps are.', verbose_name='required')),
                ('introduction', models.TextField(blank=True, help_text='Read before the start. Leave a line empty to begin a paragraph.', verbose_name='introduction')),
                ('purpose', models.CharField(choices=[('graded', 'Graded: passing it becomes evidence'), ('practice', 'Practice: counts for nothing'), ('placement', 'Placement: a good result opens lessons at once')], default='graded', max_length=10, verbose_name='purpose')),
                ('pass_mark', models.PositiveSmallIntegerField(default=80, help_text='The share of all points from which the quiz is passed.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='pass mark (%)')),
                ('attempts_allowed', models.PositiveSmallIntegerField(default=0, help_text='How often one person may take the quiz. 0: no limit.', verbose_name='attempts allowed')),
                ('wait_minutes', models.PositiveIntegerField(default=0, help_text='0: none. A day has 1440. Time to read the lessons again.', verbose_name='wait between attempts, in minutes')),
                ('opens_at', models.DateTimeField(blank=True, help_text='Leave empty if it is always open.', null=True, verbose_name='opens')),
                ('closes_at', models.DateTimeField(blank=True, help_text='Attempts that are open then end then.', null=True, verbose_name='closes')),
                ('time_limit_minutes', models.PositiveSmallIntegerField(default=0, help_text='0: none. Many learners read slowly; set a limit only where it is really needed.', verbose_name='time limit in minutes')),
                ('shuffles_questions', models.BooleanField(default=False, help_text='Otherwise in the order of the draws.', verbose_name='shuffle questions')),
                ('shuffles_options', models.BooleanField(default=True, help_text='Lines to be matched or ordered are always shuffled.', verbose_name='shuffle options')),
                ('feedback', models.CharField(choices=[('full', 'Result, right answers and explanations'), ('result', 'Which answers were right'), ('none', 'The score only')], default='full', max_length=8, verbose_name='what learners see afterwards')),
                ('feedback_when', models.CharField(choices=[('at_once', 'straight after handing in'), ('done', 'once passed, or when no attempts are left'), ('closed', 'when the quiz has closed')], default='at_once', max_length=8, verbose_name='when they see it')),
            ],
            options={
                'verbose_name': 'quiz',
                'verbose_name_plural': 'quizzes',
            },
            bases=('wagtailcore.page', models.Model),
        ),
        migrations.CreateModel(
            name='Attempt',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('quiz_key', models.UUIDField(help_text="Translation key of the quiz's page.")),
                ('quiz_title', models.CharField(max_length=255)),
                ('quiz_revision', models.PositiveIntegerField(null=True)),
                ('number', models.PositiveSmallIntegerField()),
                ('purpose', models.CharField(choices=[('graded', 'Graded: passing it becomes evidence'), ('practice', 'Practice: counts for nothing'), ('placement', 'Placement: a good result opens lessons at once')], default='graded', max_length=10)),
                ('seed', models.BigIntegerField(help_text='What the draw and the shuffles followed from.', null=True)),
                ('pass_mark', models.PositiveSmallIntegerField()),
                ('feedback', models.CharField(choices=[('full', 'Result, right answers and explanations'), ('result', 'Which answers were right'), ('none', 'The score only')], max_length=8)),
                ('feedback_when', models.CharField(choices=[('at_once', 'straight after handing in'), ('done', 'once passed, or when no attempts are left'), ('closed', 'when the quiz has closed')], default='at_once', max_length=8)),
                ('started_at', models.DateTimeField()),
                ('due_at', models.DateTimeField(blank=True, null=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('is_settled', models.BooleanField(default=False)),
                ('points', models.DecimalField(blank=True, decimal_places=2, max_digits=7, null=True)),
                ('max_points', models.DecimalField(decimal_places=2, max_digits=7)),
                ('is_passed', models.BooleanField(null=True)),
                ('is_marked_anew', models.BooleanField(default=False, help_text='Earlier results stand beside it.')),
                ('device_mark', models.CharField(blank=True, max_length=16)),
                ('address_mark', models.CharField(blank=True, max_length=16)),
                ('is_watched', models.BooleanField(default=False, help_text='It was looked at for signals.')),
                ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attempts', to='tracking.enrolment')),
                ('quiz', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='attempts', to='assessments.quizpage')),
            ],
            options={
                'verbose_name': 'attempt',
                'verbose_name_plural': 'attempts',
            },
        ),
        migrations.CreateModel(
            name='ExtraTime',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('percent', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(300)], verbose_name='extra time (%)')),
                ('granted_at', models.DateTimeField()),
                ('granted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='extra_time', to='membership.person')),
            ],
            options={
                'verbose_name': 'extra time',
                'verbose_name_plural': 'extra time',
            },
        ),
        migrations.CreateModel(
            name='Figure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=48, unique=True)),
                ('drawn_from', models.CharField(blank=True, db_index=True, help_text='What identifies the file of which it is a copy.', max_length=40)),
                ('kept_at', models.DateTimeField()),
                ('document', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtaildocs.document')),
                ('image', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailimages.image')),
            ],
            options={
                'verbose_name': 'picture or sound of questions',
                'verbose_name_plural': 'pictures and sounds of questions',
            },
        ),
        migrations.CreateModel(
            name='Pool',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('course', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='pools', to='training_materials.coursepage', verbose_name='course')),
            ],
            options={
                'verbose_name': 'question pool',
                'verbose_name_plural': 'question pools',
                'ordering': ['course', 'name'],
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, unique=True, verbose_name='code')),
                ('difficulty', models.CharField(choices=[('easy', 'Easy'), ('medium', 'Medium'), ('hard', 'Hard')], default='medium', max_length=8, verbose_name='difficulty')),
                ('audience', models.CharField(choices=[('everyone', 'Everyone'), ('residents', 'Residents of the commune'), ('workers', 'Workers'), ('officials', 'Officials, employees, business people'), ('students', 'Pupils and students')], default='everyone', max_length=12, verbose_name='target group')),
                ('heading', models.CharField(blank=True, help_text='Its heading, as it stands in the lesson. Empty: the whole lesson.', max_length=200, verbose_name='part of that lesson')),
                ('draft', models.JSONField(editable=False, null=True)),
                ('retired_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='out of use since')),
                ('folded_text', models.TextField(default='', editable=False, help_text='Prompt and code as searches compare them.')),
                ('lesson', models.ForeignKey(blank=True, help_text='Learners of its course who miss the question find the way there beside their result.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='training_materials.lessonpage', verbose_name='lesson to look at again')),
                ('pool', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='assessments.pool', verbose_name='question pool')),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='training_materials.topic', verbose_name='topic')),
            ],
            options={
                'verbose_name': 'question',
                'verbose_name_plural': 'question bank',
            },
        ),
        migrations.CreateModel(
            name='QuestionVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=assessments.kinds.choices, max_length=16, verbose_name='kind')),
                ('prompt', models.TextField(verbose_name='question')),
                ('body', models.JSONField()),
                ('feedback', models.TextField(blank=True, verbose_name='explanation')),
                ('media', models.JSONField(default=list, help_text='Pictures and sounds, see assessments.media.')),
                ('created_at', models.DateTimeField()),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='assessments.question')),
            ],
        ),
        migrations.AddField(
            model_name='question',
            name='current',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assessments.questionversion'),
        ),
        migrations.CreateModel(
            name='KeyCorrection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=300, verbose_name='reason')),
                ('made_at', models.DateTimeField()),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('corrected', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assessments.questionversion')),
                ('version', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='correction', to='assessments.questionversion')),
            ],
            options={
                'verbose_name': 'corrected key',
                'verbose_name_plural': 'corrected keys',
            },
        ),
        migrations.CreateModel(
            name='QuizOpening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('mark', models.PositiveSmallIntegerField(default=80, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='from this result on (%)')),
                ('step', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.WAGTAIL_PAGE_MODEL, verbose_name='step')),
                ('quiz', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='openings', to='assessments.quizpage')),
            ],
            options={
                'verbose_name': 'opened lesson',
                'verbose_name_plural': 'opened lessons',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='QuizDraw',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('difficulty', models.CharField(blank=True, choices=[('easy', 'Easy'), ('medium', 'Medium'), ('hard', 'Hard')], max_length=8, verbose_name='difficulty')),
                ('audience', models.CharField(blank=True, choices=[('everyone', 'Everyone'), ('residents', 'Residents of the commune'), ('workers', 'Workers'), ('officials', 'Officials, employees, business people'), ('students', 'Pupils and students')], max_length=12, verbose_name='target group')),
                ('count', models.PositiveSmallIntegerField(default=5, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(50)], verbose_name='number of questions')),
                ('pool', models.ForeignKey(blank=True, help_text='Pools are made at the course: “Questions of this course”.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='draws', to='assessments.pool', verbose_name='from')),
                ('topic', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='training_materials.topic', verbose_name='topic')),
                ('quiz', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='draws', to='assessments.quizpage')),
            ],
            options={
                'verbose_name': 'draw',
                'verbose_name_plural': 'draws',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='QuizPick',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='assessments.question', verbose_name='question')),
                ('quiz', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='picks', to='assessments.quizpage')),
            ],
            options={
                'verbose_name': 'chosen question',
                'verbose_name_plural': 'chosen questions',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Response',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('order', models.JSONField(help_text='The shuffled order in which options were shown.')),
                ('answer', models.JSONField(blank=True, null=True)),
                ('sequence', models.PositiveBigIntegerField(default=0)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('is_late', models.BooleanField(default=False)),
                ('is_closed', models.BooleanField(default=False, help_text='Handed in: it changes no more.')),
                ('marks', models.JSONField(blank=True, null=True)),
                ('marked_at', models.DateTimeField(blank=True, null=True)),
                ('points', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True)),
                ('attempt', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='responses', to='assessments.attempt')),
                ('marked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='responses', to='assessments.questionversion')),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='Signal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('too_fast', 'Answered faster than one can read'), ('same_device', 'Several people on one device within minutes'), ('same_answers', "The same wrong answers as somebody else's"), ('late', 'Answers arrived after the time'), ('reads_keys', 'Taken by somebody who may read the keys')], max_length=12, verbose_name='signal')),
                ('details', models.JSONField(default=dict)),
                ('noticed_at', models.DateTimeField(verbose_name='noticed')),
                ('cleared_at', models.DateTimeField(blank=True, null=True)),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='note')),
                ('attempt', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='signals', to='assessments.attempt')),
                ('cleared_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'signal',
                'verbose_name_plural': 'signals',
            },
        ),
        migrations.CreateModel(
            name='WrittenMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('points', models.JSONField()),
                ('comment', models.TextField(blank=True, verbose_name='comment')),
                ('marked_at', models.DateTimeField()),
                ('marked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('response', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='written_marks', to='assessments.response')),
            ],
            options={
                'verbose_name': 'marking of a written answer',
                'verbose_name_plural': 'markings of written answers',
            },
        ),
        migrations.CreateModel(
            name='EarlierResult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('points', models.DecimalField(decimal_places=2, max_digits=7, null=True)),
                ('is_passed', models.BooleanField(null=True)),
                ('marks', models.JSONField()),
                ('replaced_at', models.DateTimeField()),
                ('reason', models.CharField(help_text='Why there is a newer one.', max_length=300)),
                ('attempt', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='earlier_results', to='assessments.attempt')),
            ],
            options={
                'verbose_name': 'earlier result',
                'verbose_name_plural': 'earlier results',
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('attempt', 'number'), name='earlier_result_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='pool',
            constraint=models.UniqueConstraint(fields=('course', 'name'), name='pool_once'),
        ),
        migrations.AddConstraint(
            model_name='questionversion',
            constraint=models.UniqueConstraint(fields=('question', 'number'), name='question_version_once'),
        ),
        migrations.AddIndex(
            model_name='attempt',
            index=models.Index(fields=['quiz_key', 'finished_at'], name='attempt_quiz_finished'),
        ),
        migrations.AddIndex(
            model_name='attempt',
            index=models.Index(condition=models.Q(('finished_at__isnull', False), ('is_watched', False)), fields=['finished_at'], name='attempt_to_watch'),
        ),
        migrations.AddConstraint(
            model_name='attempt',
            constraint=models.UniqueConstraint(fields=('enrolment', 'quiz_key', 'number'), name='attempt_number_once'),
        ),
        migrations.AddConstraint(
            model_name='attempt',
            constraint=models.UniqueConstraint(condition=models.Q(('finished_at', None)), fields=('enrolment', 'quiz_key'), name='attempt_one_open'),
        ),
        migrations.AddIndex(
            model_name='response',
            index=models.Index(condition=models.Q(('is_closed', True), ('points', None)), fields=['attempt'], name='response_to_mark'),
        ),
        migrations.AddConstraint(
            model_name='response',
            constraint=models.UniqueConstraint(fields=('attempt', 'position'), name='response_position_once'),
        ),
        migrations.AddConstraint(
            model_name='signal',
            constraint=models.UniqueConstraint(fields=('attempt', 'kind'), name='signal_once'),
        ),
        migrations.AddConstraint(
            model_name='writtenmark',
            constraint=models.UniqueConstraint(fields=('response', 'number'), name='written_mark_once'),
        ),
    ]
