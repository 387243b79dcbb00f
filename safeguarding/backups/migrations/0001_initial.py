import django.db.models.deletion
import foundation.constraints
import foundation.models
import uuid
from foundation.migrating import at_once
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
    ]

    operations = at_once([
        migrations.CreateModel(
            name='BackupSheet',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=8)),
                ('kept_by', models.CharField(max_length=200)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('setting', 'name'), name='one_sheet_a_name'), foundation.constraints.NeverChanged(name='sheet_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='RestoreDrill',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('done_on', models.DateField()),
                ('sheet', models.CharField(choices=[('1', 'Sheet 1'), ('2', 'Sheet 2'), ('both', 'Both, one after the other')], max_length=4)),
                ('went_well', models.BooleanField()),
                ('note', models.TextField(blank=True)),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'indexes': [models.Index(fields=['setting', '-done_on'], name='drills_by_day')],
            },
        ),
        migrations.CreateModel(
            name='SheetRead',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('opened_one', models.BooleanField()),
                ('read_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('sheet', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='read_back', to='backups.backupsheet')),
            ],
            options={
                'verbose_name_plural': 'sheets read',
            },
        ),
    ])
