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
            name='Run',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('subject_id', models.UUIDField()),
                ('definition_id', models.CharField(max_length=60)),
                ('version', models.PositiveIntegerField()),
                ('title', models.CharField(max_length=200)),
                ('snapshot', models.JSONField()),
                ('digest', models.CharField(max_length=64)),
                ('own_changes', models.JSONField(default=list)),
                ('facts', models.JSONField(default=list)),
                ('aware_at', models.DateTimeField()),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('started_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('setting', 'subject_id', 'definition_id'), name='one_run_of_a_procedure')],
            },
        ),
        migrations.CreateModel(
            name='Outcome',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('number', models.PositiveIntegerField()),
                ('step', models.CharField(blank=True, max_length=60)),
                ('how', models.CharField(choices=[('done', 'Done'), ('decided_against', 'Decided not to'), ('does_not_apply', 'Does not apply'), ('set_aside', 'Begun by mistake')], max_length=20)),
                ('reason', foundation.encrypted.EncryptedTextField(blank=True)),
                ('answers', models.JSONField(default=dict)),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('settled_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outcomes', to='procedures.run')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('setting', 'run', 'number'), name='outcomes_of_a_run_in_order'), models.CheckConstraint(condition=models.Q(('how', 'done'), models.Q(('reason', ''), _negated=True), _connector='OR'), name='leaving_a_step_out_has_a_reason'), models.CheckConstraint(condition=models.Q(('how', 'set_aside'), models.Q(('step', ''), _negated=True), _connector='XOR'), name='only_the_whole_is_set_aside')],
            },
        ),
        migrations.CreateModel(
            name='Adaptation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('definition_id', models.CharField(max_length=60)),
                ('made_for', models.PositiveIntegerField()),
                ('kind', models.CharField(choices=[('adds', 'Adds a step'), ('sooner', 'Makes a deadline earlier'), ('ends', 'Ends an earlier change')], max_length=10)),
                ('step', models.CharField(max_length=60)),
                ('change', models.JSONField(default=dict)),
                ('reason', models.TextField()),
                ('ends', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ended', to='procedures.adaptation')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('kind', 'adds')), fields=('setting', 'definition_id', 'step'), name='one_own_step_of_a_name'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='an_adaptation_has_a_reason'), models.CheckConstraint(condition=models.Q(models.Q(('ends__isnull', False), ('kind', 'ends')), models.Q(models.Q(('kind', 'ends'), _negated=True), ('ends__isnull', True)), _connector='OR'), name='only_an_end_ends_something')],
            },
        ),
        migrations.CreateModel(
            name='TakenBack',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('outcome', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='taken_back', to='procedures.outcome')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('taken_back_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
            ],
            options={
                'verbose_name_plural': 'taken back',
                'constraints': [foundation.constraints.NeverChanged(name='taken_back_is_written_once')],
            },
        ),
    ])
