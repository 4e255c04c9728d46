import django.contrib.auth.models
import django.contrib.auth.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('membership', '0001_initial'), ('membership', '0002_days_of_memberships'), ('membership', '0003_doors'), ('membership', '0004_move_sessions'), ('membership', '0006_birth_days_and_contacts'), ('membership', '0007_units_in_time'), ('membership', '0008_slips'), ('membership', '0009_possible_doubles')]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='ConsentText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.CharField(max_length=20, unique=True, verbose_name='version')),
                ('text', models.TextField(verbose_name='text')),
                ('published_at', models.DateTimeField(verbose_name='published')),
            ],
            options={
                'verbose_name': 'consent text',
                'verbose_name_plural': 'consent texts',
                'ordering': ['-published_at'],
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(help_text='Read aloud at a desk or on a form.', max_length=12, unique=True, verbose_name='code')),
                ('full_name', models.CharField(max_length=120, verbose_name='full name')),
                ('folded_name', models.CharField(db_index=True, editable=False, max_length=120)),
                ('sort_key', models.CharField(editable=False, max_length=800)),
                ('birth_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='birth year')),
                ('birth_day', models.DateField(blank=True, null=True, verbose_name='birth day')),
                ('citizen_id_hash', models.CharField(blank=True, editable=False, max_length=64)),
                ('erased_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('created_at', models.DateTimeField(editable=False)),
                ('merged_into', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_people', to='membership.person')),
            ],
            options={
                'verbose_name': 'person',
                'verbose_name_plural': 'people',
                'ordering': ['sort_key', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('phone', 'Phone'), ('email', 'E-mail'), ('address', 'Postal address')], max_length=8, verbose_name='kind')),
                ('value', models.CharField(db_index=True, max_length=200, verbose_name='number or address')),
                ('purpose', models.CharField(choices=[('notices', 'News and reminders'), ('sign_in', 'Signing in'), ('representative', 'Reaching a parent or guardian')], default='notices', max_length=16, verbose_name='purpose')),
                ('verified_at', models.DateTimeField(blank=True, editable=False, help_text='When somebody saw that it reaches this person.', null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='membership.person')),
            ],
            options={
                'verbose_name': 'contact',
                'verbose_name_plural': 'contacts',
                'ordering': ['kind', 'value'],
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('given_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('text', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='membership.consenttext')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='membership.person')),
            ],
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('first_name', models.CharField(blank=True, max_length=150, verbose_name='first name')),
                ('last_name', models.CharField(blank=True, max_length=150, verbose_name='last name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('sign_up', models.JSONField(blank=True, editable=False, null=True)),
                ('consent_withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                ('person', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='user', to='membership.person', verbose_name='person')),
            ],
            options={
                'verbose_name': 'user',
                'verbose_name_plural': 'users',
                'abstract': False,
                'swappable': 'AUTH_USER_MODEL',
            },
            managers=[
                ('objects', django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name='PossibleDouble',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('open', 'To be looked at'), ('asked', 'Asked of others'), ('merged', 'Merged'), ('apart', 'Found to be two people')], default='open', max_length=6, verbose_name='state')),
                ('probability', models.FloatField(verbose_name='likelihood')),
                ('reasons', models.JSONField(default=list)),
                ('found_at', models.DateTimeField()),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('one', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='membership.person')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='membership.person')),
                ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'possible double',
                'verbose_name_plural': 'possible doubles',
            },
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('session_key', models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name='session key')),
                ('session_data', models.TextField(verbose_name='session data')),
                ('expire_date', models.DateTimeField(db_index=True, verbose_name='expire date')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'session',
                'verbose_name_plural': 'sessions',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='TargetGroupPeriod',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('group', models.CharField(choices=[('residents', 'Residents of the commune'), ('workers', 'Workers'), ('officials', 'Officials, employees, business people'), ('students', 'Pupils and students')], max_length=12, verbose_name='target group')),
                ('valid_from', models.DateField(verbose_name='from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='until')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='target_groups', to='membership.person')),
            ],
            options={
                'ordering': ['valid_from'],
            },
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(max_length=255, unique=True)),
                ('depth', models.PositiveIntegerField()),
                ('numchild', models.PositiveIntegerField(default=0)),
                ('kind', models.CharField(choices=[('province', 'Province'), ('district', 'District (until 30/6/2025)'), ('commune', 'Commune'), ('association', 'Association'), ('chapter', 'Chapter'), ('agency', 'Agency'), ('school', 'School'), ('department', 'Department'), ('mass_body', 'Mass body')], max_length=12, verbose_name='kind')),
                ('code', models.CharField(max_length=32, verbose_name='code')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('folded_name', models.CharField(editable=False, max_length=200)),
                ('valid_from', models.DateField(verbose_name='from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='until')),
            ],
            options={
                'verbose_name': 'unit',
                'verbose_name_plural': 'units',
                'constraints': [models.UniqueConstraint(fields=('code', 'valid_from'), name='unit_code_once_from'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='unit_period')],
            },
        ),
        migrations.CreateModel(
            name='Slip',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code_hash', models.CharField(max_length=64, unique=True)),
                ('printed_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('is_renewal', models.BooleanField()),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('used_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(help_text='Replaced by a newer one, or tried too often.', null=True)),
                ('browser_hash', models.CharField(blank=True, max_length=64)),
                ('address_hash', models.CharField(blank=True, max_length=64)),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='slips', to='membership.person')),
                ('printed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(help_text='In whose name the slip was printed.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='membership.unit')),
            ],
            options={
                'verbose_name': 'slip',
                'verbose_name_plural': 'slips',
                'ordering': ['-printed_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('member', 'Member'), ('trainer', 'Trainer'), ('chapter_officer', 'Chapter officer'), ('commune_officer', 'Commune association officer'), ('recogniser', 'Recogniser'), ('province_officer', 'Province officer'), ('auditor', 'Auditor')], max_length=16, verbose_name='role')),
                ('is_self_declared', models.BooleanField(default=False, help_text='Said by the person when signing up, confirmed by no officer yet.', verbose_name='self-declared')),
                ('valid_from', models.DateField(verbose_name='from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='until')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='membership.person', verbose_name='person')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='membership.unit', verbose_name='unit')),
            ],
            options={
                'verbose_name': 'membership',
                'verbose_name_plural': 'memberships',
            },
        ),
        migrations.CreateModel(
            name='FormerName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('kind', models.CharField(choices=[('province', 'Province'), ('district', 'District (until 30/6/2025)'), ('commune', 'Commune'), ('association', 'Association'), ('chapter', 'Chapter'), ('agency', 'Agency'), ('school', 'School'), ('department', 'Department'), ('mass_body', 'Mass body')], max_length=12)),
                ('valid_to', models.DateField()),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_names', to='membership.unit')),
            ],
        ),
        migrations.CreateModel(
            name='FileAccess',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(max_length=40)),
                ('at', models.DateTimeField(db_index=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='file_accesses', to='membership.person')),
                ('unit', models.ForeignKey(help_text='In whose name the file was opened.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='membership.unit')),
            ],
            options={
                'ordering': ['-at'],
            },
        ),
        migrations.CreateModel(
            name='UnitSuccession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('extent', models.CharField(choices=[('whole', 'whole'), ('part', 'part')], max_length=5)),
                ('new', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='predecessors', to='membership.unit')),
                ('old', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='successions', to='membership.unit')),
            ],
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.UniqueConstraint(condition=models.Q(models.Q(('citizen_id_hash', ''), _negated=True), ('merged_into', None)), fields=('citizen_id_hash',), name='person_citizen_id_once'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('birth_day', None), ('birth_day__year', models.F('birth_year')), _connector='OR'), name='person_birth_day_in_year', violation_error_message='The birth day lies in another year than the birth year.'),
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.UniqueConstraint(fields=('person', 'kind', 'value'), name='contact_of_person_once'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('person', 'text'), name='consent_standing_once'),
        ),
        migrations.AddIndex(
            model_name='possibledouble',
            index=models.Index(condition=models.Q(('state__in', ['open', 'asked'])), fields=['-probability'], name='possible_double_waits'),
        ),
        migrations.AddConstraint(
            model_name='possibledouble',
            constraint=models.UniqueConstraint(fields=('one', 'other'), name='possible_double_once'),
        ),
        migrations.AddConstraint(
            model_name='possibledouble',
            constraint=models.CheckConstraint(condition=models.Q(('one__lt', models.F('other'))), name='possible_double_in_order'),
        ),
        migrations.AddConstraint(
            model_name='targetgroupperiod',
            constraint=models.UniqueConstraint(condition=models.Q(('valid_to', None)), fields=('person',), name='target_group_one_open'),
        ),
        migrations.AddConstraint(
            model_name='targetgroupperiod',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='target_group_period'),
        ),
        migrations.AddConstraint(
            model_name='slip',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None), ('used_at', None)), fields=('person',), name='slip_open_once'),
        ),
        migrations.AddConstraint(
            model_name='slip',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_by', None), models.Q(('confirmed_by', models.F('printed_by')), _negated=True), _connector='OR'), name='slip_confirmed_by_a_second'),
        ),
        migrations.AddIndex(
            model_name='membership',
            index=models.Index(fields=['valid_from'], name='membership_begun'),
        ),
        migrations.AddIndex(
            model_name='membership',
            index=models.Index(condition=models.Q(('valid_to__isnull', False)), fields=['valid_to'], name='membership_ended'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(condition=models.Q(('valid_to', None)), fields=('person', 'unit', 'role'), name='membership_open_once'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='membership_period'),
        ),
        migrations.AddConstraint(
            model_name='formername',
            constraint=models.UniqueConstraint(fields=('unit', 'valid_to'), name='former_name_once_until'),
        ),
        migrations.AddConstraint(
            model_name='unitsuccession',
            constraint=models.UniqueConstraint(fields=('old', 'new'), name='succession_once'),
        ),
    ]
