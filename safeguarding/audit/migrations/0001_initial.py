import foundation.models
import uuid
from foundation.migrating import at_once
from django.db import migrations, models

from safeguarding.audit import triggers


def install_triggers(apps, schema_editor):
    triggers.install(schema_editor.connection)


def remove_triggers(apps, schema_editor):
    triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = at_once([
        migrations.CreateModel(
            name='ChainHead',
            fields=[
                ('setting_id', models.UUIDField(primary_key=True, serialize=False)),
                ('seq', models.PositiveBigIntegerField()),
                ('link', models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('v', models.PositiveSmallIntegerField()),
                ('setting_id', models.UUIDField()),
                ('seq', models.PositiveBigIntegerField()),
                ('at', models.DateTimeField()),
                ('event', models.CharField(max_length=60)),
                ('outcome', models.CharField(choices=[('allow', 'done'), ('deny', 'refused')], max_length=5)),
                ('key_id', models.CharField(max_length=8)),
                ('actor_id', models.UUIDField(null=True)),
                ('actor_name', models.CharField(max_length=200)),
                ('subject_type', models.CharField(max_length=60)),
                ('subject_id', models.UUIDField()),
                ('details', models.JSONField(default=dict)),
                ('commitment', models.CharField(blank=True, max_length=64)),
                ('prev', models.CharField(max_length=64)),
                ('link', models.CharField(max_length=64)),
                ('seal', models.CharField(max_length=64)),
            ],
            options={
                'verbose_name_plural': 'entries',
                'indexes': [models.Index(fields=['setting_id', 'subject_id'], name='audit_by_subject'), models.Index(fields=['setting_id', 'at'], name='audit_by_time')],
                'constraints': [models.UniqueConstraint(fields=('setting_id', 'seq'), name='an_entry_has_one_place_in_its_chain')],
            },
        ),
        migrations.CreateModel(
            name='Checkpoint',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveBigIntegerField(unique=True)),
                ('origin', models.CharField(max_length=60)),
                ('size', models.PositiveIntegerField()),
                ('root', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('public', models.CharField(max_length=64)),
                ('signature', models.CharField(max_length=128)),
                ('words', models.CharField(max_length=100, unique=True)),
                ('moved', models.JSONField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SigningKey',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('origin', models.CharField(max_length=60)),
                ('public', models.CharField(max_length=64, unique=True)),
                ('signed_by_last', models.CharField(blank=True, max_length=128)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Check',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('setting_id', models.UUIDField()),
                ('is_whole', models.BooleanField()),
                ('is_intact', models.BooleanField()),
                ('checkpoint', models.PositiveBigIntegerField(null=True)),
                ('layer', models.CharField(blank=True, max_length=12)),
                ('position', models.PositiveBigIntegerField(null=True)),
                ('wrong', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'indexes': [models.Index(fields=['setting_id', '-created_at'], name='checks_by_time')],
            },
        ),
        migrations.CreateModel(
            name='Salt',
            fields=[
                ('entry_id', models.UUIDField(primary_key=True, serialize=False)),
                ('setting_id', models.UUIDField()),
                ('of_type', models.CharField(max_length=60)),
                ('of_id', models.UUIDField()),
                ('salt', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'indexes': [models.Index(fields=['setting_id', 'of_id'], name='salts_of_a_record')],
            },
        ),
        migrations.RunPython(install_triggers, remove_triggers),
    ])
