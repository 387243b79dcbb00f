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
            name='Activity',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('title', models.CharField(max_length=160)),
                ('planned_for', models.DateField()),
                ('reaches', models.JSONField()),
                ('event', models.CharField(blank=True, max_length=120)),
                ('planned_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'verbose_name_plural': 'activities',
                'indexes': [models.Index(fields=['setting', 'planned_for'], name='activities_by_day')],
                'constraints': [foundation.constraints.NeverChanged(name='activity_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='ActivityAnswer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('because', foundation.encrypted.EncryptedTextField(blank=True)),
                ('held_on', models.DateField(null=True)),
                ('note', foundation.encrypted.EncryptedTextField(blank=True)),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='training.activity')),
                ('said_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('held_on__isnull', False), models.Q(('note', ''), _negated=True), _connector='OR'), name='left_out_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('because', ''), ('number', 1)), models.Q(('number__gt', 1), models.Q(('because', ''), _negated=True)), _connector='OR'), name='an_answer_put_right_says_why'), models.UniqueConstraint(fields=('setting', 'activity', 'number'), name='answers_of_an_activity_in_order'), foundation.constraints.NeverChanged(name='activity_answer_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='Induction',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('audience', models.CharField(max_length=10)),
                ('starts', models.DateField()),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inductions', to='people.member')),
                ('role_held', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.roleheld')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'indexes': [models.Index(fields=['setting', 'starts'], name='inductions_by_setting')],
                'constraints': [foundation.constraints.NeverChanged(name='induction_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='InductionItem',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('item', models.SlugField(max_length=60)),
                ('name', models.CharField(max_length=120)),
                ('text', models.CharField(max_length=600)),
                ('first_day', models.BooleanField()),
                ('by_app', models.CharField(blank=True, max_length=40)),
                ('again', models.PositiveSmallIntegerField(default=0)),
                ('induction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='training.induction')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'ordering': ['position', 'again'],
                'constraints': [models.UniqueConstraint(fields=('setting', 'induction', 'item', 'again'), name='shown_once_in_an_induction'), foundation.constraints.NeverChanged(name='induction_item_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='TickedByMistake',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('reason', models.CharField(max_length=500)),
                ('item', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='by_mistake', to='training.inductionitem')),
                ('said_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'verbose_name_plural': 'ticked by mistake',
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='ticked_by_mistake_has_a_reason'), foundation.constraints.NeverChanged(name='ticked_by_mistake_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='InductionLeftOut',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('reason', models.CharField(max_length=500)),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('induction', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='left_out', to='training.induction')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'constraints': [foundation.constraints.NeverChanged(name='induction_left_out_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='ItemDone',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('done_on', models.DateField()),
                ('item', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='done', to='training.inductionitem')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('presenter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('presenter__isnull', True), models.Q(('presenter', models.F('member')), _negated=True), _connector='OR'), name='nobody_shows_it_to_themselves'), foundation.constraints.NeverChanged(name='item_done_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='ItemSigned',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('item', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='signed', to='training.inductionitem')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('signed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
            ],
            options={
                'constraints': [foundation.constraints.NeverChanged(name='item_signed_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='OwnItem',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('slug', models.SlugField(max_length=60)),
                ('version', models.PositiveIntegerField(default=1)),
                ('name', models.CharField(max_length=120)),
                ('text', models.CharField(max_length=600)),
                ('audiences', models.JSONField()),
                ('first_day', models.BooleanField(default=False)),
                ('retired_because', models.CharField(blank=True, max_length=500)),
                ('retired', models.BooleanField(default=False)),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('setting', 'slug', 'version'), name='one_own_item_of_a_version'), models.CheckConstraint(condition=models.Q(('retired', False), models.Q(('retired_because', ''), _negated=True), _connector='OR'), name='retired_for_a_reason'), foundation.constraints.NeverChanged(name='own_item_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='OwnTopic',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('slug', models.SlugField(max_length=60)),
                ('version', models.PositiveIntegerField(default=1)),
                ('name', models.CharField(max_length=120)),
                ('about', models.CharField(max_length=500)),
                ('every', models.CharField(max_length=40)),
                ('removed', models.BooleanField(default=False)),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('setting', 'slug', 'version'), name='one_topic_of_a_version'), foundation.constraints.NeverChanged(name='topic_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('topic', models.SlugField(max_length=60)),
                ('until', models.DateField()),
                ('days_before', models.PositiveSmallIntegerField()),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('setting', 'member', 'topic', 'until', 'days_before'), name='reminded_once_of_a_stage'), foundation.constraints.NeverChanged(name='reminder_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='Requirement',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('topic', models.SlugField(max_length=60)),
                ('role', models.CharField(choices=[('lead', 'Designated safeguarding lead'), ('deputy', 'Deputy safeguarding lead'), ('manager', 'Manager'), ('deputy_manager', 'Deputy manager'), ('committee_lead', 'Committee lead for safeguarding'), ('committee', 'Committee member'), ('practitioner', 'Practitioner'), ('technical', 'Technical support'), ('parent', 'Parent or carer'), ('volunteer', 'Volunteer'), ('contractor', 'Contractor'), ('group_officer', 'Group officer')], max_length=30)),
                ('is_needed', models.BooleanField()),
                ('every', models.CharField(blank=True, max_length=40)),
                ('before_role', models.BooleanField(default=False)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('starts', models.DateField()),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'indexes': [models.Index(fields=['setting', 'starts'], name='requirements_by_setting')],
                'constraints': [models.CheckConstraint(condition=models.Q(('is_needed', True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='left_out_for_a_reason'), foundation.constraints.NeverChanged(name='requirement_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='RequirementTakenBack',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('requirement', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='taken_back', to='training.requirement')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('taken_back_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
            ],
            options={
                'verbose_name_plural': 'requirements taken back',
                'constraints': [foundation.constraints.NeverChanged(name='requirement_taken_back_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='Training',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('title', models.CharField(max_length=160)),
                ('done_on', models.DateField()),
                ('how', models.CharField(choices=[('talk', 'A talk or a team meeting here'), ('course', 'A course'), ('online', 'Learning on a screen'), ('reading', 'Reading or looking into it by oneself')], max_length=10)),
                ('provider', models.CharField(blank=True, max_length=160)),
                ('until', models.DateField(blank=True, null=True)),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'indexes': [models.Index(fields=['setting', '-done_on'], name='trainings_by_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('done_on')), _connector='OR'), name='training_counts_after_it_was'), foundation.constraints.NeverChanged(name='training_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('was_there', models.BooleanField(default=True)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='trainings', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('training', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='training.training')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('setting', 'training', 'member'), name='once_on_the_list_of_a_training'), foundation.constraints.NeverChanged(name='attendance_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='AttendanceConfirmed',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('attendance', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='confirmed', to='training.attendance')),
                ('confirmed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('member', models.F('confirmed_by')), _negated=True), name='nobody_confirms_their_own_training'), foundation.constraints.NeverChanged(name='attendance_confirmed_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='AttendanceCorrected',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('reason', foundation.encrypted.EncryptedTextField()),
                ('attendance', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='corrected', to='training.attendance')),
                ('corrected_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'constraints': [foundation.constraints.NeverChanged(name='attendance_corrected_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('attendance', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='training.attendance')),
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'constraints': [foundation.constraints.NeverChanged(name='certificate_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='TrainingTopic',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('topic', models.SlugField(max_length=60)),
                ('name', models.CharField(max_length=120)),
                ('points', models.JSONField(default=list)),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('training', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='topics', to='training.training')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('setting', 'training', 'topic'), name='one_topic_once_in_a_training'), foundation.constraints.NeverChanged(name='training_topic_is_written_once')],
            },
        ),
    ])
