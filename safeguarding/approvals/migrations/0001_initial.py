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
        ('people', '0001_initial'),
    ]

    operations = at_once([
        migrations.CreateModel(
            name='Approval',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('kind', models.CharField(max_length=40)),
                ('arguments', foundation.encrypted.EncryptedJSONField()),
                ('digest', models.CharField(max_length=64)),
                ('about_id', models.UUIDField()),
                ('expires_at', models.DateTimeField()),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'indexes': [models.Index(fields=['setting', '-created_at'], name='approvals_by_time')],
                'constraints': [models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('created_at'))), name='approval_ends_after_it_begins'), foundation.constraints.NeverChanged(name='approval_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('answer', models.CharField(choices=[('yes', 'Yes'), ('no', 'No'), ('withdrawn', 'Taken back'), ('alone', 'Done alone, as nobody else is there')], max_length=10)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('answered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('approval', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='answer', to='approvals.approval')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('answer', 'no'), ('reason', ''), _negated=True), name='a_no_has_a_reason'), foundation.constraints.NeverChanged(name='answer_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='Spent',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('approval', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='spent', to='approvals.approval')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'verbose_name_plural': 'spent',
            },
        ),
        migrations.CreateModel(
            name='RanOut',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('approval', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='ran_out', to='approvals.approval')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'verbose_name_plural': 'ran out',
            },
        ),
        migrations.CreateModel(
            name='Widened',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('approval', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='widened', to='approvals.approval')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'abstract': False,
            },
        ),
    ])
