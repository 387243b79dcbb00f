import uuid
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

    operations = [
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
                ('actor_id', models.UUIDField(null=True)),
                ('actor_name', models.CharField(max_length=200)),
                ('subject_type', models.CharField(max_length=60)),
                ('subject_id', models.UUIDField()),
                ('details', models.JSONField(default=dict)),
                ('prev', models.CharField(max_length=64)),
                ('link', models.CharField(max_length=64)),
            ],
            options={
                'verbose_name_plural': 'entries',
                'indexes': [models.Index(fields=['setting_id', 'subject_id'], name='audit_by_subject'), models.Index(fields=['setting_id', 'at'], name='audit_by_time')],
                'constraints': [models.UniqueConstraint(fields=('setting_id', 'seq'), name='an_entry_has_one_place_in_its_chain')],
            },
        ),
        migrations.RunPython(install_triggers, remove_triggers),
    ]
