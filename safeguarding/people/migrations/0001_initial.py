import django.core.validators
import django.db.models.deletion
import foundation.constraints
import foundation.encrypted
import foundation.models
import uuid
from django.conf import settings
from foundation.migrating import at_once
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = at_once([
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('email', models.EmailField(max_length=254, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('is_active', models.BooleanField(default=True)),
                ('sessions_round', models.PositiveIntegerField(default=0)),
                ('link_shown_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Group',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('name', models.CharField(max_length=120)),
                ('slug', models.SlugField(unique=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='HeldForm',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('page', models.CharField(max_length=300)),
                ('path', models.CharField(max_length=300)),
                ('sealed', models.BinaryField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='held_forms', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PersonKey',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('public', models.CharField(max_length=100)),
                ('wrapped', models.BinaryField()),
                ('salt', models.BinaryField()),
                ('rounds', models.PositiveSmallIntegerField()),
                ('memory', models.PositiveIntegerField()),
                ('lanes', models.PositiveSmallIntegerField()),
                ('follows', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followed_by', to='people.personkey')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='key_pairs', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Setting',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('name', models.CharField(max_length=120)),
                ('slug', models.SlugField(unique=True)),
                ('kind', models.CharField(choices=[('preschool', 'Pre-school'), ('nursery', 'Nursery'), ('childminder', 'Childminder'), ('school', 'School')], default='preschool', max_length=20)),
                ('local_area', models.CharField(default='england', max_length=60)),
                ('brand_colour', models.CharField(default='#0b5563', max_length=7, validators=[django.core.validators.RegexValidator('^#[0-9a-f]{6}$')])),
                ('group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='settings', to='people.group')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Family',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('name', models.CharField(max_length=120)),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'verbose_name_plural': 'families',
            },
        ),
        migrations.CreateModel(
            name='Room',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('name', models.CharField(max_length=60)),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('setting', 'name'), name='one_room_of_a_name')],
            },
        ),
        migrations.CreateModel(
            name='Child',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('known_as', models.CharField(max_length=80)),
                ('full_name', models.CharField(max_length=160)),
                ('born_on', models.DateField(blank=True, null=True)),
                ('left_on', models.DateField(blank=True, null=True)),
                ('family', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='people.family')),
                ('room', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='people.room')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'verbose_name_plural': 'children',
                'indexes': [models.Index(fields=['setting', 'known_as'], name='child_by_name')],
            },
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('name', models.CharField(max_length=120)),
                ('called_before', models.JSONField(blank=True, default=list)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('setting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='people.setting')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('setting', 'user'), name='one_membership_per_setting')],
            },
        ),
        migrations.CreateModel(
            name='Import',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('kind', models.CharField(choices=[('children', 'Children, families and rooms'), ('staff', 'Staff')], max_length=20)),
                ('started_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'indexes': [models.Index(fields=['setting', 'started_by'], name='import_by_member')],
            },
        ),
        migrations.CreateModel(
            name='ImportAsked',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('plan', models.CharField(max_length=64)),
                ('stage', models.CharField(choices=[('waiting', 'Waiting for its turn'), ('saving', 'Saving everything at once')], default='waiting', max_length=20)),
                ('lines', models.PositiveIntegerField(default=0)),
                ('of', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='asked', to='people.import')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Carer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('name', models.CharField(max_length=160)),
                ('relation', models.CharField(max_length=60)),
                ('family', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='carers', to='people.family')),
                ('member', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='carer_of', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='BreakGlass',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('code', models.CharField(choices=[('in_danger', 'A child may be in danger now'), ('agency', 'Police, social care or a hospital ask now'), ('nobody', 'Nobody who may read it can be reached')], max_length=20)),
                ('reason', models.TextField()),
                ('ends_at', models.DateTimeField()),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.child')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='glass', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'verbose_name_plural': 'break glass',
                'indexes': [models.Index(fields=['member', '-ends_at'], name='glass_by_person')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('created_at'))), name='glass_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='glass_has_a_reason'), foundation.constraints.NeverChanged(name='glass_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('starts', models.DateField()),
                ('ends', models.DateField()),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='absences', to='people.member')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'indexes': [models.Index(fields=['setting', 'ends'], name='absences_by_setting')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends__gte', models.F('starts'))), name='absence_ends_after_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='Relationship',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('kind', models.CharField(choices=[('relative', 'Relative'), ('household', 'Same household'), ('close', 'Partner or close friend')], max_length=20)),
                ('child', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='relationships_to', to='people.child')),
                ('declared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='relationships', to='people.member')),
                ('other_member', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='relationships_to', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('other_member__isnull', True), ('child__isnull', True), _connector='XOR'), name='relationship_is_to_one_person'), models.CheckConstraint(condition=models.Q(('member', models.F('other_member')), _negated=True), name='relationship_is_to_another')],
            },
        ),
        migrations.CreateModel(
            name='RoleHeld',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('role', models.CharField(choices=[('lead', 'Designated safeguarding lead'), ('deputy', 'Deputy safeguarding lead'), ('manager', 'Manager'), ('deputy_manager', 'Deputy manager'), ('committee_lead', 'Committee lead for safeguarding'), ('committee', 'Committee member'), ('practitioner', 'Practitioner'), ('technical', 'Technical support'), ('parent', 'Parent or carer'), ('volunteer', 'Volunteer'), ('contractor', 'Contractor'), ('group_officer', 'Group officer')], max_length=30)),
                ('starts', models.DateField()),
                ('ends', models.DateField(blank=True, null=True)),
                ('granted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='roles_held', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'indexes': [models.Index(fields=['setting', 'role'], name='role_by_setting')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends__isnull', True), ('ends__gte', models.F('starts')), _connector='OR'), name='role_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(models.Q(('role__in', ['contractor', 'volunteer']), _negated=True), ('ends__isnull', False), _connector='OR'), name='temporary_role_has_an_end')],
            },
        ),
        migrations.CreateModel(
            name='RoleTakenEarly',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('reason', foundation.encrypted.EncryptedTextField()),
                ('by_when', models.DateField()),
                ('missing', models.JSONField()),
                ('accepted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('role_held', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='taken_early', to='people.roleheld')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'verbose_name_plural': 'roles taken early',
                'constraints': [foundation.constraints.NeverChanged(name='role_taken_early_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='RoleEnded',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('reason', models.CharField(max_length=500)),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('role_held', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='endings', to='people.roleheld')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RoleEndConfirmed',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('ending', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='confirmed', to='people.roleended')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RoleConfirmed',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('role_held', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='confirmed', to='people.roleheld')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RelationshipEnded',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('reason', models.CharField(max_length=500)),
                ('ended_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('relationship', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='ended', to='people.relationship')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RelationshipConfirmed',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('confirmed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('relationship', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='confirmations', to='people.relationship')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('setting', 'relationship', 'confirmed_by'), name='one_word_each_on_a_tie')],
            },
        ),
        migrations.CreateModel(
            name='RecordKey',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('record_id', models.UUIDField()),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'indexes': [models.Index(fields=['record_id', '-created_at'], name='keys_of_a_record')],
            },
        ),
        migrations.CreateModel(
            name='Preference',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('about', models.CharField(choices=[('writing_coach', 'Suggestions on my words')], max_length=30)),
                ('wanted', models.BooleanField()),
                ('member', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='preferences', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'indexes': [models.Index(fields=['member', 'about', '-created_at'], name='newest_preference')],
            },
        ),
        migrations.CreateModel(
            name='PersonKeyConfirmed',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('confirmed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='confirmations', to='people.personkey')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'verbose_name_plural': 'person keys confirmed',
                'constraints': [models.UniqueConstraint(fields=('setting', 'key'), name='a_key_is_confirmed_once_here')],
            },
        ),
        migrations.CreateModel(
            name='EarlierAbout',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('name', models.CharField(max_length=120)),
                ('kind', models.CharField(choices=[('preschool', 'Pre-school'), ('nursery', 'Nursery'), ('childminder', 'Childminder'), ('school', 'School')], max_length=20)),
                ('brand_colour', models.CharField(max_length=7)),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='OpeningHours',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('weekday', models.PositiveSmallIntegerField()),
                ('opens', models.TimeField()),
                ('closes', models.TimeField()),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('setting', 'weekday'), name='one_opening_a_weekday'), models.CheckConstraint(condition=models.Q(('weekday__lte', 6)), name='weekday_is_real'), models.CheckConstraint(condition=models.Q(('closes__gt', models.F('opens'))), name='closes_after_opening')],
            },
        ),
        migrations.CreateModel(
            name='KeyCopy',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('sealed', models.TextField()),
                ('to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.personkey')),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='copies', to='people.recordkey')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'verbose_name_plural': 'key copies',
                'constraints': [models.UniqueConstraint(fields=('setting', 'key', 'to'), name='one_copy_a_person'), models.UniqueConstraint(condition=models.Q(('to__isnull', True)), fields=('setting', 'key'), name='one_waiting_copy')],
            },
        ),
        migrations.CreateModel(
            name='SentForm',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('digest', models.CharField(max_length=64)),
                ('led_to', models.CharField(blank=True, max_length=300)),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('setting', 'digest'), name='form_is_taken_once')],
            },
        ),
        migrations.CreateModel(
            name='ImportText',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('sealed', models.BinaryField()),
                ('of', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='text', to='people.import')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ImportStopped',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('reason', models.CharField(max_length=500)),
                ('asked', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='stopped', to='people.importasked')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ImportDone',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('added', models.PositiveIntegerField()),
                ('changed', models.PositiveIntegerField()),
                ('stayed', models.PositiveIntegerField()),
                ('left_out', models.PositiveIntegerField()),
                ('of', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='done', to='people.import')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ImportColumns',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('headings', models.CharField(max_length=64)),
                ('fields', models.JSONField()),
                ('day_first', models.BooleanField(default=True)),
                ('of', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='columns', to='people.import')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'indexes': [models.Index(fields=['setting', 'headings'], name='columns_by_headings')],
            },
        ),
        migrations.CreateModel(
            name='CarerEnded',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('reason', models.CharField(max_length=500)),
                ('carer', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='ended', to='people.carer')),
                ('ended_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='BreakGlassReview',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('was_right', models.BooleanField()),
                ('note', models.TextField()),
                ('glass', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='review', to='people.breakglass')),
                ('reviewed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('note', ''), _negated=True), name='glass_review_says_why'), foundation.constraints.NeverChanged(name='glass_review_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='AbsenceEnded',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('absence', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='ended', to='people.absence')),
                ('ended_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SettingKey',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('name', models.CharField(max_length=20)),
                ('wrapped', models.TextField()),
                ('public', models.CharField(max_length=100)),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('setting', 'name'), name='one_key_of_a_name')],
            },
        ),
        migrations.CreateModel(
            name='Term',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('name', models.CharField(max_length=60)),
                ('starts', models.DateField()),
                ('ends', models.DateField()),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('ends__gt', models.F('starts'))), name='term_ends_after_it_starts')],
            },
        ),
    ])
