import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('search', '0001_initial'), ('search', '0002_words_picks_missed'), ('search', '0003_state_and_files'), ('search', '0005_rows_as_shipped'), ('search', '0006_terms_as_numbers'), ('search', '0007_why_found')]

    initial = True

    dependencies = [
        ('membership', '__first__'),
        ('wagtaildocs', '0014_alter_document_file_size'),
    ]

    operations = [
        migrations.CreateModel(
            name='FileText',
            fields=[
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='found_text', serialize=False, to='wagtaildocs.document')),
                ('digest', models.CharField(blank=True, max_length=40)),
                ('state', models.CharField(choices=[('waiting', 'Waiting to be read'), ('read', 'Read'), ('unreadable', 'Cannot be read')], default='waiting', max_length=12)),
                ('text', models.TextField(blank=True)),
                ('reason', models.CharField(blank=True, help_text='Why it cannot be read: too-large, too-slow …', max_length=60)),
                ('read_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'text of a file',
                'verbose_name_plural': 'texts of files',
            },
        ),
        migrations.CreateModel(
            name='IndexState',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('build', models.PositiveIntegerField(help_text='The tables that are searched: search_rows_<build> and its like.')),
                ('latest_build', models.PositiveIntegerField(help_text='The highest number ever given to a build.')),
                ('revision', models.PositiveBigIntegerField(default=0, help_text='The moment of the latest change.')),
                ('slots', models.PositiveIntegerField(default=0, help_text='Given out in this build, those taken away included.')),
                ('built_slots', models.PositiveIntegerField(default=0, help_text='Given out when it was built.')),
            ],
            options={
                'verbose_name': 'state of the index',
                'verbose_name_plural': 'states of the index',
            },
        ),
        migrations.CreateModel(
            name='TermGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('terms', models.TextField(help_text='One on each line, the usual one first; abbreviations in capitals. Several lines mean the same. A single line keeps its words together.', verbose_name='terms')),
                ('need_not_occur', models.BooleanField(default=False, help_text='Words such as “về” or “tài liệu”: they add to the rank, but a result may lack them.', verbose_name='small words')),
                ('is_in_use', models.BooleanField(default=True, help_text='Untick rather than delete: what was shipped would come back.', verbose_name='in use')),
                ('shipped_terms', models.TextField(blank=True, editable=False)),
                ('shipped_key', models.CharField(editable=False, max_length=120, null=True, unique=True)),
            ],
            options={
                'verbose_name': 'search terms',
                'verbose_name_plural': 'search terms',
                'ordering': ['terms'],
            },
        ),
        migrations.CreateModel(
            name='MissedSearch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(max_length=60, verbose_name='words')),
                ('day', models.DateField(verbose_name='day')),
                ('count', models.PositiveIntegerField(default=0, verbose_name='times')),
            ],
            options={
                'verbose_name': 'search without results',
                'verbose_name_plural': 'searches without results',
                'constraints': [models.UniqueConstraint(fields=('words', 'day'), name='missed_once_a_day')],
            },
        ),
        migrations.CreateModel(
            name='PendingChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('queue', models.CharField(choices=[('documents', 'documents'), ('elasticsearch', 'elasticsearch')], max_length=16)),
                ('subject', models.CharField(max_length=300)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('not_before', models.DateTimeField(null=True)),
                ('error', models.CharField(blank=True, help_text='The class of the latest error, no more.', max_length=200)),
            ],
            options={
                'verbose_name': 'change to be indexed',
                'verbose_name_plural': 'changes to be indexed',
                'indexes': [models.Index(fields=['queue', 'id'], name='pending_change_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Pick',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('queries', models.TextField(help_text='One on each line; with or without tone marks and with slips they are recognised.', verbose_name='queries')),
                ('reason', models.CharField(blank=True, help_text='One sentence for readers, such as “Begin here”.', max_length=200, verbose_name='why')),
                ('is_in_use', models.BooleanField(default=True, verbose_name='in use')),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.WAGTAIL_PAGE_MODEL, verbose_name='page')),
            ],
            options={
                'verbose_name': "editors' pick",
                'verbose_name_plural': "editors' picks",
                'ordering': ['queries', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SearchDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(help_text="The source's name and the object's, material:12.", max_length=100, unique=True)),
                ('kind', models.CharField(max_length=40)),
                ('object_id', models.CharField(max_length=40)),
                ('path', models.CharField(blank=True, db_index=True, help_text='In the page tree, for subtrees.', max_length=255)),
                ('scope', models.CharField(max_length=200)),
                ('url', models.CharField(max_length=500)),
                ('title', models.CharField(max_length=300)),
                ('summary', models.TextField(blank=True)),
                ('body', models.TextField(blank=True)),
                ('beside', models.TextField(blank=True, help_text='Leads here, shown only where nothing else says why: topics, issuing body, names.')),
                ('files', models.TextField(blank=True, help_text='The text of attached files.')),
                ('language', models.CharField(default='vi', max_length=8)),
                ('document_number', models.CharField(blank=True, max_length=60)),
                ('numbers', models.JSONField(default=list, help_text='The document number as canonical keys.')),
                ('facets', models.JSONField(default=dict, help_text='For each facet the values that hold.')),
                ('minutes', models.PositiveIntegerField(default=0)),
                ('date', models.DateField(help_text='Issued on, or first published.', null=True)),
                ('popularity', models.PositiveIntegerField(default=0, help_text='An aggregate count, of nobody in particular.')),
                ('fingerprint', models.CharField(help_text='Of all the above: unchanged documents are left alone.', max_length=64)),
                ('indexed_at', models.DateTimeField()),
                ('attached', models.ManyToManyField(help_text='The files whose text is in ``files``, or is to come.', related_name='found_in', to='search.filetext')),
            ],
            options={
                'verbose_name': 'search document',
                'verbose_name_plural': 'search documents',
            },
        ),
    ]
