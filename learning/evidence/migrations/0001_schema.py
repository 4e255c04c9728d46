import django.db.models.deletion
import learning.evidence.kinds
import learning.evidence.models.evidence
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('evidence', '0001_initial'), ('evidence', '0003_sealed_log'), ('evidence', '0005_queues_in_order'), ('evidence', '0006_recomputed'), ('evidence', '0007_facts_told_early'), ('evidence', '0008_kinds_by_reference'), ('evidence', '0009_conclusions_are_sealed')]

    initial = True

    dependencies = [
        ('membership', '0001_schema'),
        ('membership', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('recorded_at', models.DateTimeField()),
                ('leaves', models.JSONField(help_text='Indices of the leaves.')),
            ],
        ),
        migrations.CreateModel(
            name='Leaf',
            fields=[
                ('index', models.PositiveBigIntegerField(help_text='From 0.', primary_key=True, serialize=False)),
                ('entry_id', models.UUIDField(unique=True)),
                ('kind', models.CharField(max_length=8)),
                ('recorded_at', models.DateTimeField()),
                ('digest', models.BinaryField(help_text='SHA-256 of the salt and the content.', max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name='Salt',
            fields=[
                ('entry_id', models.UUIDField(primary_key=True, serialize=False)),
                ('value', models.BinaryField(max_length=16)),
            ],
        ),
        migrations.CreateModel(
            name='ErasureOrder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ordered_at', models.DateTimeField()),
                ('ordered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='erasure_order', to='membership.person')),
            ],
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=learning.evidence.kinds.stored_choices, max_length=24, verbose_name='kind')),
                ('title', models.CharField(max_length=255, verbose_name='title')),
                ('occurred_at', models.DateTimeField(verbose_name='when')),
                ('recorded_at', models.DateTimeField()),
                ('score', models.DecimalField(blank=True, decimal_places=4, help_text='From 0 to 1.', max_digits=5, null=True, verbose_name='score')),
                ('page_key', models.UUIDField(blank=True, help_text='Translation key of the page it came from.', null=True)),
                ('page_revision', models.PositiveIntegerField(blank=True, null=True)),
                ('topics', models.JSONField(default=list, help_text='Topic slugs of the page at that time.')),
                ('source', models.CharField(choices=[('self', 'the person'), ('officer', 'an officer'), ('system', 'this site'), ('package', 'an interactive package'), ('external', 'an outside issuer')], max_length=12, verbose_name='source')),
                ('verification', models.CharField(choices=[('none', 'not checked'), ('recomputed', 'recomputed from the answers'), ('document_seen', 'document seen'), ('server_marked', 'marked on the server'), ('signed', 'signed')], max_length=16, verbose_name='verification')),
                ('entered_by', models.CharField(choices=[('own_account', 'from their own account'), ('assisted', 'by an officer on their behalf')], max_length=12, verbose_name='entered')),
                ('details', models.JSONField(default=dict)),
                ('source_key', models.CharField(help_text='The same key is the same fact.', max_length=120, unique=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='membership.person')),
                ('supersedes', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='superseded_by', to='evidence.evidence')),
                ('unit', models.ForeignKey(help_text='At that time.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='membership.unit')),
            ],
            options={
                'verbose_name': 'evidence',
                'verbose_name_plural': 'evidence',
                'ordering': ['-occurred_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='EvidenceFile',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('file', models.FileField(max_length=200, storage=learning.evidence.models.evidence.private_storage, upload_to='evidence/%Y/%m')),
                ('name', models.CharField(max_length=150, verbose_name='file name')),
                ('content_type', models.CharField(max_length=40)),
                ('size', models.PositiveIntegerField(help_text='In bytes.')),
                ('sha256', models.CharField(max_length=64)),
                ('is_scanned', models.BooleanField(default=False, help_text='A scanner looked at it and found nothing.')),
                ('evidence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='evidence.evidence')),
            ],
            options={
                'verbose_name': 'evidence file',
                'verbose_name_plural': 'evidence files',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='LedgerKey',
            fields=[
                ('key_id', models.CharField(max_length=16, primary_key=True, serialize=False)),
                ('public_key', models.CharField(help_text='32 bytes in base64.', max_length=44)),
                ('vouching', models.CharField(blank=True, help_text='Signature of the key before, over this key.', max_length=88)),
                ('since', models.DateTimeField()),
                ('vouched_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.ledgerkey')),
            ],
            options={
                'ordering': ['since'],
            },
        ),
        migrations.CreateModel(
            name='Checkpoint',
            fields=[
                ('number', models.PositiveBigIntegerField(help_text='From 1.', primary_key=True, serialize=False)),
                ('size', models.PositiveBigIntegerField(help_text='How many entries it seals, from the first.', unique=True)),
                ('root', models.CharField(max_length=64)),
                ('previous_root', models.CharField(max_length=64)),
                ('sealed_at', models.DateTimeField()),
                ('signature', models.CharField(max_length=88)),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.ledgerkey')),
            ],
            options={
                'ordering': ['-number'],
            },
        ),
        migrations.CreateModel(
            name='Node',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.PositiveSmallIntegerField(help_text='8, 16 or 24: it stands over 2 to that power leaves.')),
                ('position', models.PositiveBigIntegerField()),
                ('hash', models.BinaryField(max_length=32)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('level', 'position'), name='node_once')],
            },
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='place')),
                ('starts_at', models.DateTimeField(verbose_name='begins')),
                ('ends_at', models.DateTimeField(verbose_name='ends')),
                ('topics', models.JSONField(blank=True, default=list, help_text='Topic slugs.')),
                ('created_at', models.DateTimeField()),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='membership.unit', verbose_name='held by')),
            ],
            options={
                'verbose_name': 'session',
                'verbose_name_plural': 'sessions',
                'ordering': ['-starts_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Unsealed',
            fields=[
                ('entry_id', models.UUIDField(primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=8)),
                ('recorded_at', models.DateTimeField()),
                ('voucher', models.CharField(default='', help_text='Made by the key in the environment: the site itself put it here.', max_length=32)),
            ],
            options={
                'indexes': [models.Index(fields=['recorded_at', 'entry_id'], name='unsealed_order')],
            },
        ),
        migrations.AddIndex(
            model_name='evidence',
            index=models.Index(fields=['person', 'occurred_at'], name='evidence_person_when'),
        ),
        migrations.AddIndex(
            model_name='evidence',
            index=models.Index(condition=models.Q(('kind', 'external_certificate'), ('verification', 'none')), fields=['recorded_at', 'id'], name='evidence_to_verify'),
        ),
        migrations.AddIndex(
            model_name='evidence',
            index=models.Index(condition=models.Q(('occurred_at__gt', models.F('recorded_at'))), fields=['occurred_at'], name='evidence_told_early'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(('score', None), models.Q(('score__gte', 0), ('score__lte', 1)), _connector='OR'), name='evidence_score_range'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('source_key', ''), _negated=True), models.Q(('title', ''), _negated=True)), name='evidence_named'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='session_period'),
        ),
    ]
