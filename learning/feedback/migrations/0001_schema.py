import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('feedback', '0001_initial')]

    initial = True

    dependencies = [
        ('membership', '0001_schema'),
        ('membership', '__first__'),
        ('tracking', '0001_schema'),
    ]

    operations = [
        migrations.CreateModel(
            name='Enquiry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page_key', models.UUIDField(help_text='Translation key of the step, or of the course, at which it was asked.')),
                ('page_title', models.CharField(max_length=255)),
                ('text', models.TextField(verbose_name='question')),
                ('asked_at', models.DateTimeField()),
                ('can_be_shown', models.BooleanField(default=False, help_text='Whether the asker agrees to its being shown.')),
                ('answer', models.TextField(blank=True, verbose_name='answer of a trainer')),
                ('answered_at', models.DateTimeField(blank=True, help_text='When the answer got the words it has.', null=True)),
                ('is_for_all', models.BooleanField(default=False, help_text='Whether a trainer wants it to be shown.')),
                ('moderation', models.CharField(choices=[('open', 'nobody has reported it'), ('reported', 'reported: hidden until somebody looks at it'), ('kept', 'reported, looked at and shown again'), ('hidden', 'hidden for good')], default='open', max_length=8)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='enquiries', to='tracking.enrolment')),
            ],
            options={
                'verbose_name': 'question to the teacher',
                'verbose_name_plural': 'questions to the teacher',
                'indexes': [models.Index(fields=['page_key', 'asked_at'], name='enquiry_page')],
            },
        ),
        migrations.CreateModel(
            name='Opinion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_helpful', models.BooleanField()),
                ('word', models.CharField(blank=True, help_text='What was missing; asked only after a No.', max_length=300)),
                ('said_at', models.DateTimeField()),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='opinions', to=settings.WAGTAIL_PAGE_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='membership.person')),
            ],
            options={
                'verbose_name': 'opinion of a page',
                'verbose_name_plural': 'opinions of pages',
                'constraints': [models.UniqueConstraint(fields=('person', 'page'), name='opinion_once')],
            },
        ),
    ]
