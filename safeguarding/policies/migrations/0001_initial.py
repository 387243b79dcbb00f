import django.db.models.deletion
import foundation.codes
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
            name='KnownReview',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('reviewed_on', models.DateField()),
                ('source', models.CharField(max_length=300)),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('policy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='known_reviews', to='policies.policy')),
            ],
            options={
                'constraints': [foundation.constraints.NeverChanged(name='known_review_is_written_once')],
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
            name='PlannedDuty',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('duty_id', models.CharField(max_length=40)),
                ('clause_number', models.CharField(blank=True, max_length=20)),
                ('opted_out_because', models.CharField(blank=True, max_length=500)),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='planned', to='policies.policyversion')),
            ],
            options={
                'verbose_name_plural': 'planned duties',
                'constraints': [models.UniqueConstraint(fields=('setting', 'version', 'duty_id'), name='a_duty_is_planned_once'), foundation.constraints.NeverChanged(name='planned_duty_is_written_once')],
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
                'constraints': [models.UniqueConstraint(condition=models.Q(('answer', 'withdrawn'), _negated=True), fields=('setting', 'proposal', 'answered_by'), name='one_answer_of_a_person'), models.CheckConstraint(condition=models.Q(('answer', 'no'), ('reason', ''), _negated=True), name='a_not_yet_has_a_reason'), foundation.constraints.NeverChanged(name='proposal_answer_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('why', models.CharField(choices=[('yearly', 'It is due'), ('guidance', 'Guidance or local procedures changed'), ('concern', 'A concern showed something'), ('technical', 'Devices, filters or systems changed'), ('incident', 'Something went wrong'), ('other', 'Another reason')], max_length=10)),
                ('input_until', models.DateField()),
                ('due_on', models.DateField()),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('policy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='policies.policy')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='policies.policyversion')),
            ],
            options={
                'indexes': [models.Index(fields=['setting', '-created_at'], name='reviews_by_time')],
                'constraints': [models.CheckConstraint(condition=models.Q(('due_on__gte', models.F('input_until'))), name='views_before_the_outcome'), foundation.constraints.NeverChanged(name='review_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='ReviewOutcome',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('kind', models.CharField(choices=[('no_change', 'Nothing changes'), ('new_version', 'A new version was adopted'), ('withdrawn', 'The policy is withdrawn')], max_length=12)),
                ('considered', foundation.encrypted.EncryptedTextField()),
                ('took_part', models.CharField(max_length=300)),
                ('decided_on', models.DateField()),
                ('next_review_on', models.DateField(null=True)),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('review', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='outcome', to='policies.review')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('version', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='policies.policyversion')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'new_version'), ('version__isnull', False)), models.Q(models.Q(('kind', 'new_version'), _negated=True), ('version__isnull', True)), _connector='OR'), name='a_new_version_is_named'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'withdrawn'), ('next_review_on__isnull', True)), models.Q(models.Q(('kind', 'withdrawn'), _negated=True), ('next_review_on__isnull', False)), _connector='OR'), name='what_stays_is_reviewed_again'), foundation.constraints.NeverChanged(name='review_outcome_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='ReviewTask',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('kind', models.CharField(choices=[('read', 'Read the policy clause by clause'), ('contacts', 'Check every contact and link in it'), ('guidance', 'Check each guidance document it names'), ('technical', 'Ask for the technical view'), ('staff', 'Hear everyone who works here'), ('parents', 'Hear parents and carers'), ('children', 'Hear the children, at their own level'), ('decide', 'Write the new version, or settle that nothing changes'), ('propose', 'Propose it to the committee')], max_length=10)),
                ('due_on', models.DateField()),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='policies.review')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('setting', 'review', 'kind'), name='one_task_of_a_kind'), foundation.constraints.NeverChanged(name='review_task_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='ReviewTaskDone',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('left_out', models.BooleanField(default=False)),
                ('note', foundation.encrypted.EncryptedTextField(blank=True)),
                ('done_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('task', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='done', to='policies.reviewtask')),
            ],
            options={
                'verbose_name_plural': 'review tasks done',
                'constraints': [foundation.constraints.NeverChanged(name='review_task_done_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='TechnicalChange',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('kind', models.CharField(choices=[('filter', 'The filter, or how use is watched over'), ('devices', 'Tablets, computers, cameras or telephones'), ('accounts', 'Accounts, passwords, or who may use what'), ('services', 'An app, a website, or where pictures are kept'), ('network', 'The internet connection or the wireless network')], max_length=10)),
                ('changed_on', models.DateField()),
                ('text', foundation.encrypted.EncryptedTextField()),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
            ],
            options={
                'constraints': [foundation.constraints.NeverChanged(name='technical_change_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='ReviewRequest',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('why', models.CharField(choices=[('yearly', 'It is due'), ('guidance', 'Guidance or local procedures changed'), ('concern', 'A concern showed something'), ('technical', 'Devices, filters or systems changed'), ('incident', 'Something went wrong'), ('other', 'Another reason')], max_length=10)),
                ('reason', foundation.encrypted.EncryptedTextField(blank=True)),
                ('prompt', models.CharField(blank=True, max_length=80)),
                ('is_close', models.BooleanField(default=False)),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('policy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='review_requests', to='policies.policy')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('change', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='prompted', to='policies.technicalchange')),
            ],
            options={
                'indexes': [models.Index(fields=['setting', '-created_at'], name='review_requests_by_time')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('prompt', ''), _negated=True), fields=('setting', 'policy', 'prompt'), name='a_policy_is_prompted_once'), models.CheckConstraint(condition=models.Q(models.Q(('asked_by__isnull', False), ('is_close', False), ('prompt', '')), models.Q(('asked_by__isnull', True), models.Q(('prompt', ''), _negated=True)), _connector='OR'), name='somebody_asks_or_something_prompts'), foundation.constraints.NeverChanged(name='review_request_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='RequestDecision',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('reason', foundation.encrypted.EncryptedTextField(blank=True)),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('review', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='requests_decided', to='policies.review')),
                ('request', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='policies.reviewrequest')),
            ],
            options={
                'constraints': [foundation.constraints.NeverChanged(name='request_decision_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='WayIn',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('code', models.CharField(default=foundation.codes.readable_code, max_length=9)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ways_in', to='policies.review')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'verbose_name_plural': 'ways in',
                'constraints': [models.UniqueConstraint(fields=('setting', 'code'), name='one_way_in_of_a_code'), foundation.constraints.NeverChanged(name='way_in_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='Voice',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('whose', models.CharField(choices=[('staff', 'Somebody who works or helps here'), ('technical', 'Technical support'), ('parent', 'A parent or carer'), ('children', 'Children'), ('committee', 'The committee')], max_length=10)),
                ('how', models.CharField(choices=[('written', 'Written here'), ('talk', 'In a talk'), ('meeting', 'At a meeting or in a circle'), ('play', 'In play, with pictures or a story'), ('paper', 'On paper'), ('letter', 'With the code from a letter')], max_length=10)),
                ('people', models.PositiveSmallIntegerField(default=1)),
                ('text', foundation.encrypted.EncryptedTextField(blank=True)),
                ('is_their_own', models.BooleanField(default=True)),
                ('form', models.UUIDField(null=True)),
                ('may_be_abuse', models.BooleanField(default=False)),
                ('shown_from', models.DateTimeField(null=True)),
                ('clause', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='policies.clause')),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='voices', to='policies.review')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('written_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('way_in', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='voices', to='policies.wayin')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('people__gte', 1)), name='a_voice_is_of_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('may_be_abuse', False), ('way_in__isnull', True), ('written_by__isnull', False)), models.Q(('form__isnull', False), ('way_in__isnull', False), ('written_by__isnull', True)), _connector='OR'), name='a_voice_is_written_by_somebody_or_comes_by_letter'), models.UniqueConstraint(fields=('setting', 'form'), name='one_voice_of_a_form'), foundation.constraints.NeverChanged(name='voice_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='VoiceAnswer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('did', models.CharField(choices=[('changed', 'The policy changes'), ('kept', 'The policy stays as it is'), ('elsewhere', 'It is dealt with in another way')], max_length=10)),
                ('said', foundation.encrypted.EncryptedTextField()),
                ('text', foundation.encrypted.EncryptedTextField()),
                ('answered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('voice', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='answer', to='policies.voice')),
            ],
            options={
                'constraints': [foundation.constraints.NeverChanged(name='voice_answer_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='WayInClosed',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('closed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('way_in', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='closed', to='policies.wayin')),
            ],
            options={
                'verbose_name_plural': 'ways in closed',
                'constraints': [foundation.constraints.NeverChanged(name='way_in_closed_is_written_once')],
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
        migrations.CreateModel(
            name='SavedByMistake',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('reason', models.CharField(max_length=500)),
                ('policy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mistakes', to='policies.policy')),
                ('said_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'verbose_name_plural': 'saved by mistake',
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='a_mistake_says_why'), foundation.constraints.NeverChanged(name='saved_by_mistake_is_written_once')],
            },
        ),
    ])
