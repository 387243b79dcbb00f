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
        ('documents', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = at_once([
        migrations.CreateModel(
            name='Evaluation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('held_on', models.DateField()),
                ('looked_at', foundation.encrypted.EncryptedTextField()),
                ('strong', foundation.encrypted.EncryptedTextField()),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
            ],
            options={
                'indexes': [models.Index(fields=['setting', '-held_on'], name='evaluations_by_day')],
                'constraints': [foundation.constraints.NeverChanged(name='evaluation_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='Improvement',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('text', foundation.encrypted.EncryptedTextField()),
                ('due_on', models.DateField()),
                ('evaluation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='improvements', to='governance.evaluation')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('planned_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'indexes': [models.Index(fields=['setting', 'due_on'], name='improvements_by_day')],
                'constraints': [foundation.constraints.NeverChanged(name='improvement_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='ImprovementDone',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('left_out', models.BooleanField(default=False)),
                ('note', foundation.encrypted.EncryptedTextField()),
                ('done_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('improvement', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='done', to='governance.improvement')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'verbose_name_plural': 'improvements done',
                'constraints': [foundation.constraints.NeverChanged(name='improvement_done_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='Pack',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('as_of', models.DateTimeField()),
                ('form', models.CharField(choices=[('pdf', 'PDF, to read and print'), ('csv', 'A table for a spreadsheet'), ('json', 'JSON, for another program')], max_length=4)),
                ('recipient', foundation.encrypted.EncryptedTextField()),
                ('digest', models.CharField(max_length=64)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'indexes': [models.Index(fields=['setting', '-created_at'], name='packs_by_day')],
                'constraints': [foundation.constraints.NeverChanged(name='pack_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='PackPaper',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('content', foundation.encrypted.EncryptedJSONField()),
                ('stage', models.CharField(choices=[('counted', 'Counted. Waiting to be set on paper'), ('setting', 'Being set on paper'), ('ready', 'Ready'), ('stopped', 'It could not be made')], default='counted', max_length=10)),
                ('file', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile')),
                ('pack', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='paper', to='governance.pack')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='WordRequest',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('duty_id', models.CharField(max_length=40)),
                ('due_on', models.DateField()),
                ('asked', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'indexes': [models.Index(fields=['setting', 'duty_id', '-created_at'], name='requests_by_duty')],
                'constraints': [foundation.constraints.NeverChanged(name='word_request_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='Attestation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('duty_id', models.CharField(max_length=40)),
                ('holds', models.BooleanField()),
                ('text', foundation.encrypted.EncryptedTextField()),
                ('until', models.DateField()),
                ('do_next', foundation.encrypted.EncryptedTextField(blank=True)),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'indexes': [models.Index(fields=['setting', 'duty_id', '-created_at'], name='words_by_duty')],
                'constraints': [foundation.constraints.NeverChanged(name='attestation_is_written_once')],
            },
        ),
    ])
