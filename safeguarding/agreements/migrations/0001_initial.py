import django.db.models.deletion
import foundation.constraints
import foundation.encrypted
import foundation.models
import uuid
from foundation.migrating import at_once
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('approvals', '0001_initial'),
        ('documents', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = at_once([
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('audience', models.CharField(choices=[('staff', 'Staff'), ('visitor', 'Visitors, volunteers and contractors'), ('parent', 'Parents and carers'), ('social_media', 'Our social media'), ('committee', 'Committee')], max_length=12)),
                ('number', models.PositiveIntegerField()),
                ('title', models.CharField(max_length=200)),
                ('parts', models.JSONField()),
                ('questions', models.JSONField(default=list)),
                ('change_note', models.CharField(blank=True, max_length=500)),
                ('digest', models.CharField(max_length=64)),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('setting', 'audience', 'number'), name='one_agreement_of_a_number'), foundation.constraints.NeverChanged(name='agreement_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='Extension',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('until', models.DateTimeField()),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extensions', to='agreements.agreement')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('setting', 'agreement', 'member'), name='one_extension_of_a_version'), foundation.constraints.NeverChanged(name='extension_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='Grant',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('kind', models.CharField(max_length=30)),
                ('what', models.CharField(blank=True, max_length=120)),
                ('note', foundation.encrypted.EncryptedTextField(blank=True)),
                ('approval', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='grant', to='approvals.approval')),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'indexes': [models.Index(fields=['setting', 'kind'], name='grants_by_kind')],
                'constraints': [foundation.constraints.NeverChanged(name='grant_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='GrantEnded',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('why', models.CharField(choices=[('by_hand', 'Somebody ended it'), ('agreement', 'The agreement is not signed, or no longer'), ('role', 'The role it rests on has ended'), ('training', 'Training that it needs is not up to date'), ('care', 'They no longer care for a child here')], max_length=10)),
                ('note', foundation.encrypted.EncryptedTextField(blank=True)),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('grant', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='ended', to='agreements.grant')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'verbose_name_plural': 'grants ended',
                'constraints': [foundation.constraints.NeverChanged(name='grant_ended_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='Published',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('in_force_from', models.DateField()),
                ('old_counts_until', models.DateField()),
                ('digest', models.CharField(max_length=64)),
                ('agreement', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='published', to='agreements.agreement')),
                ('approval', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='agreement_published', to='approvals.approval')),
                ('published_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'verbose_name_plural': 'published',
                'constraints': [models.CheckConstraint(condition=models.Q(('old_counts_until__gte', models.F('in_force_from'))), name='old_counts_until_the_new_is_in_force'), foundation.constraints.NeverChanged(name='published_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('answer', models.CharField(choices=[('accepted', 'Accepted'), ('refused', 'Refused'), ('withdrawn', 'Withdrawn')], max_length=10)),
                ('how', models.CharField(choices=[('screen', 'On screen'), ('paper', 'On paper'), ('for_them', 'Written down for them')], max_length=10)),
                ('signed_on', models.DateField()),
                ('digest', models.CharField(max_length=64)),
                ('note', foundation.encrypted.EncryptedTextField(blank=True)),
                ('audience', models.CharField(choices=[('staff', 'Staff'), ('visitor', 'Visitors, volunteers and contractors'), ('parent', 'Parents and carers'), ('social_media', 'Our social media'), ('committee', 'Committee')], max_length=12)),
                ('number', models.PositiveIntegerField()),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='agreements.agreement')),
                ('follows', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followed_by', to='agreements.signature')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='people.member')),
                ('scan', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
            ],
            options={
                'indexes': [models.Index(fields=['member', 'audience'], name='signatures_by_person')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('follows__isnull', True)), fields=('setting', 'member', 'audience'), name='one_first_signature'), foundation.constraints.NeverChanged(name='signature_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='SpokenFor',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.child')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('signature', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='children', to='agreements.signature')),
            ],
            options={
                'verbose_name_plural': 'spoken for',
                'constraints': [models.UniqueConstraint(fields=('setting', 'signature', 'child'), name='a_child_once_in_a_signature'), foundation.constraints.NeverChanged(name='spoken_for_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='SwitchedOff',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('note', foundation.encrypted.EncryptedTextField(blank=True)),
                ('done_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('ended', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='switched_off', to='agreements.grantended')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'verbose_name_plural': 'switched off',
                'constraints': [foundation.constraints.NeverChanged(name='switched_off_is_written_once')],
            },
        ),
    ])
