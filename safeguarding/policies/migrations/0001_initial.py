import django.db.models.deletion
import foundation.constraints
import foundation.models
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Policy',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('slug', models.SlugField(max_length=60)),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'verbose_name_plural': 'policies',
                'constraints': [models.UniqueConstraint(fields=('setting', 'slug'), name='one_policy_of_a_slug'), foundation.constraints.NeverChanged(name='policy_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='DutyAdoption',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('duty_id', models.CharField(max_length=40)),
                ('clause_number', models.CharField(blank=True, max_length=20)),
                ('interval_days', models.PositiveIntegerField(null=True)),
                ('opted_out_because', models.CharField(blank=True, max_length=500)),
                ('adopted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('policy', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='policies.policy')),
            ],
            options={
                'indexes': [models.Index(fields=['setting', 'duty_id', '-created_at'], name='duties_by_setting')],
                'constraints': [foundation.constraints.NeverChanged(name='duty_adoption_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('title', models.CharField(max_length=200)),
                ('kind', models.CharField(max_length=10)),
                ('sha256', models.CharField(max_length=64)),
                ('source', models.JSONField()),
                ('begun_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('policy', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='drafts', to='policies.policy')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Alias',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('name', models.CharField(max_length=200)),
                ('has_ended', models.BooleanField(default=False)),
                ('named_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('policy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='aliases', to='policies.policy')),
            ],
            options={
                'verbose_name_plural': 'aliases',
                'constraints': [foundation.constraints.NeverChanged(name='alias_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='PolicyVersion',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('number', models.PositiveIntegerField()),
                ('title', models.CharField(max_length=200)),
                ('made', models.CharField(choices=[('imported', 'Brought in from a file'), ('built', 'Built from our own text'), ('written', 'Written here')], max_length=10)),
                ('change_note', models.CharField(blank=True, max_length=1000)),
                ('digest', models.CharField(max_length=64)),
                ('source_sha256', models.CharField(blank=True, max_length=64)),
                ('policy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='policies.policy')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('setting', 'policy', 'number'), name='one_version_of_a_number'), foundation.constraints.NeverChanged(name='policy_version_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='PolicyAnswers',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('text_id', models.CharField(max_length=60)),
                ('answers', models.JSONField()),
                ('answered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('version', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='policies.policyversion')),
            ],
            options={
                'indexes': [models.Index(fields=['setting', '-created_at'], name='answers_by_setting')],
                'constraints': [foundation.constraints.NeverChanged(name='policy_answers_are_written_once')],
            },
        ),
        migrations.CreateModel(
            name='Clause',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('position', models.PositiveIntegerField()),
                ('number', models.CharField(blank=True, max_length=20)),
                ('is_ours', models.BooleanField(default=False)),
                ('level', models.PositiveSmallIntegerField(default=1)),
                ('heading', models.CharField(blank=True, max_length=300)),
                ('text', models.TextField(blank=True)),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='clauses', to='policies.policyversion')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('setting', 'version', 'position'), name='one_clause_in_a_place'), foundation.constraints.NeverChanged(name='clause_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='Adoption',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('adopted_on', models.DateField()),
                ('digest', models.CharField(max_length=64)),
                ('minutes', models.CharField(blank=True, max_length=200)),
                ('adopted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('version', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='adoption', to='policies.policyversion')),
            ],
            options={
                'constraints': [foundation.constraints.NeverChanged(name='adoption_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='AcceptedLoss',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('duty_id', models.CharField(max_length=40)),
                ('clause_number', models.CharField(max_length=20)),
                ('moved_to', models.CharField(blank=True, max_length=20)),
                ('reason', models.CharField(blank=True, max_length=1000)),
                ('accepted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='accepted_losses', to='policies.policyversion')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('setting', 'version', 'duty_id', 'clause_number'), name='a_loss_is_accepted_once'), models.CheckConstraint(condition=models.Q(('moved_to', ''), ('reason', ''), _negated=True), name='an_accepted_loss_says_why_or_where'), foundation.constraints.NeverChanged(name='accepted_loss_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('digest', models.CharField(max_length=64)),
                ('note', models.CharField(blank=True, max_length=1000)),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='policies.policyversion')),
            ],
            options={
                'constraints': [foundation.constraints.NeverChanged(name='proposal_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='NamedApprover',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='approvers', to='policies.proposal')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('setting', 'proposal', 'member'), name='an_approver_is_named_once'), foundation.constraints.NeverChanged(name='named_approver_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='ProposalAnswer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('answer', models.CharField(choices=[('yes', 'Yes'), ('no', 'Not yet'), ('withdrawn', 'Taken back')], max_length=10)),
                ('digest', models.CharField(max_length=64)),
                ('reason', models.CharField(blank=True, max_length=1000)),
                ('answered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='policies.proposal')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('setting', 'proposal', 'answered_by'), name='one_answer_of_a_person'), models.CheckConstraint(condition=models.Q(('answer', 'no'), ('reason', ''), _negated=True), name='a_not_yet_has_a_reason'), foundation.constraints.NeverChanged(name='proposal_answer_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='DraftState',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('number', models.PositiveIntegerField()),
                ('pieces', models.JSONField()),
                ('draft', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='states', to='policies.draft')),
                ('left_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('setting', 'draft', 'number'), name='one_draft_state_of_a_number')],
            },
        ),
    ]
