import django.db.models.deletion
import django.db.models.expressions
import foundation.constraints
import foundation.encrypted
import foundation.likeness
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
        ('policies', '0001_initial'),
        ('procedures', '0001_initial'),
    ]

    operations = at_once([
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('reference', models.CharField(max_length=12)),
                ('title', foundation.encrypted.EncryptedTextField()),
                ('record_class', models.CharField(max_length=3)),
                ('opened_so_by_hand', models.BooleanField(default=False)),
                ('aware_at', models.DateTimeField()),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'indexes': [models.Index(fields=['setting', '-created_at'], name='cases_by_time')],
                'constraints': [models.UniqueConstraint(fields=('setting', 'reference'), name='one_case_a_reference'), models.CheckConstraint(condition=models.Q(('record_class__in', ['C1', 'C2', 'C3', 'C4'])), name='case_has_a_class')],
            },
        ),
        migrations.CreateModel(
            name='Closure',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('outcome', foundation.encrypted.EncryptedTextField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='closures', to='concerns.case')),
                ('closed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Concern',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('code', models.CharField(max_length=12)),
                ('key', models.UUIDField()),
                ('fingerprint', models.CharField(max_length=64)),
                ('told_as', models.CharField(blank=True, choices=[('parent', 'A parent or carer'), ('visitor', 'A visitor'), ('staff', 'Somebody who works or helps here'), ('child', 'A child'), ('other', 'Somebody who did not say')], max_length=10)),
                ('may_be_abuse', models.BooleanField(default=False)),
                ('record_class', models.CharField(max_length=3)),
                ('kind', models.CharField(max_length=60)),
                ('risk_area', models.CharField(choices=[('content', 'Content: something seen, read or heard online'), ('contact', 'Contact: someone making contact through the internet or a device'), ('conduct', 'Conduct: how someone behaved online'), ('commerce', 'Commerce: money, gambling, scams or adverts'), ('unsure', 'I am not sure')], max_length=10)),
                ('in_danger_now', models.BooleanField()),
                ('told_lead', models.CharField(blank=True, choices=[('yes', 'Yes, I have told them myself'), ('not_yet', 'Not yet, I will now'), ('cannot', 'I cannot reach them')], max_length=10)),
                ('happened_on', models.DateField(null=True)),
                ('happened_time', models.TimeField(null=True)),
                ('place', foundation.encrypted.EncryptedTextField(blank=True)),
                ('who', foundation.encrypted.EncryptedTextField(blank=True)),
                ('saw', foundation.encrypted.EncryptedTextField(blank=True)),
                ('heard', foundation.encrypted.EncryptedTextField(blank=True)),
                ('asked', foundation.encrypted.EncryptedTextField(blank=True)),
                ('did', foundation.encrypted.EncryptedTextField(blank=True)),
                ('think', foundation.encrypted.EncryptedTextField(blank=True)),
                ('web_address', foundation.encrypted.EncryptedTextField(blank=True)),
                ('device', foundation.encrypted.EncryptedTextField(blank=True)),
                ('place_like', foundation.likeness.LikenessField(blank=True, default='', max_length=32, of='place')),
                ('web_address_like', foundation.likeness.LikenessField(blank=True, default='', max_length=32, of='web_address')),
                ('device_like', foundation.likeness.LikenessField(blank=True, default='', max_length=32, of='device')),
                ('reported_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'indexes': [models.Index(fields=['setting', '-created_at'], name='concerns_by_time'), models.Index(fields=['reported_by', '-created_at'], name='concerns_by_reporter'), models.Index(condition=models.Q(('place_like', ''), _negated=True), fields=['setting', 'place_like'], name='by_place_like'), models.Index(condition=models.Q(('device_like', ''), _negated=True), fields=['setting', 'device_like'], name='by_device_like'), models.Index(condition=models.Q(('web_address_like', ''), _negated=True), fields=['setting', 'web_address_like'], name='by_web_address_like')],
                'constraints': [models.UniqueConstraint(fields=('setting', 'key'), name='sent_twice_stored_once'), models.UniqueConstraint(fields=('setting', 'code'), name='one_report_for_a_receipt'), models.CheckConstraint(condition=models.Q(('asked', ''), ('did', ''), ('heard', ''), ('saw', ''), ('think', ''), _negated=True), name='concern_has_words'), models.CheckConstraint(condition=models.Q(('reported_by__isnull', False), models.Q(('told_as', ''), _negated=True), _connector='XOR'), name='concern_has_one_source'), models.CheckConstraint(condition=models.Q(('reported_by__isnull', True), models.Q(('happened_on__isnull', False), ('may_be_abuse', False), models.Q(('told_lead', ''), _negated=True)), _connector='OR'), name='only_the_public_form_asks_less')],
            },
        ),
        migrations.CreateModel(
            name='Addendum',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('text', foundation.encrypted.EncryptedTextField()),
                ('fingerprint', models.CharField(max_length=64)),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('concern', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='addenda', to='concerns.concern')),
            ],
            options={
                'verbose_name_plural': 'addenda',
                'constraints': [models.UniqueConstraint(fields=('setting', 'concern', 'fingerprint'), name='added_twice_stored_once')],
            },
        ),
        migrations.CreateModel(
            name='CustodyItem',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('number', models.CharField(max_length=12)),
                ('what', foundation.encrypted.EncryptedTextField()),
                ('whose', models.CharField(choices=[('ours', 'This setting’s'), ('child', 'A child’s'), ('family', 'A parent’s or carer’s'), ('adult_here', 'Somebody’s who works or helps here'), ('other', 'Somebody else’s, or not known')], max_length=12)),
                ('owner', foundation.encrypted.EncryptedTextField(blank=True)),
                ('taken_from', foundation.encrypted.EncryptedTextField()),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('setting', 'number'), name='one_item_a_custody_number')],
            },
        ),
        migrations.CreateModel(
            name='CaseItem',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='custody', to='concerns.case')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('item', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='of_case', to='concerns.custodyitem')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='TakenOut',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('gathered_at', models.DateTimeField()),
                ('reasons', foundation.encrypted.EncryptedTextField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='taken_out', to='concerns.case')),
                ('concern', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='taken_out', to='concerns.concern')),
                ('gathered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('taken_out_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
            ],
            options={
                'verbose_name_plural': 'taken out',
                'constraints': [models.CheckConstraint(condition=models.Q(('reasons', ''), _negated=True), name='taken_out_has_reasons'), foundation.constraints.NeverChanged(name='taken_out_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('kind', models.CharField(choices=[('note', 'Note'), ('call', 'Telephone call'), ('meeting', 'Meeting'), ('childs_words', "The child's own words"), ('correction', 'Correction'), ('in_error', 'Recorded in error'), ('answers', 'Questions answered'), ('decision', 'Decision'), ('outcome', 'Outcome'), ('referral', 'Referral'), ('reply', 'Reply from an agency'), ('advice', 'Advice taken'), ('parents_informed', 'Parents and carers'), ('support', 'Support given'), ('file', 'File added'), ('frozen', 'File frozen'), ('thawed', 'File opened again'), ('destroyed', 'File destroyed'), ('not_destroyed', 'File not destroyed'), ('marks', 'Marks on the body'), ('risk_assessment', 'Risk assessment'), ('custody', 'Device secured'), ('containment', 'Technical step'), ('viewing', 'Viewing'), ('deletion', 'Deletion'), ('review', 'How it was handled'), ('left_out', 'Step left out'), ('set_aside', 'Procedure set aside'), ('no_picture', 'About no picture'), ('opened', 'Case opened'), ('gathered', 'Report added'), ('taken_out', 'Report taken out'), ('letter', 'Letter to whoever told us'), ('told_again', 'What they wrote again'), ('person', 'Person added'), ('access', 'Who may read'), ('class', 'Class changed'), ('closed', 'Case closed'), ('reopened', 'Case reopened')], max_length=20)),
                ('happened_at', models.DateTimeField()),
                ('time_known', models.BooleanField(default=True)),
                ('text', foundation.encrypted.EncryptedTextField()),
                ('details', foundation.encrypted.EncryptedJSONField(default=list)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='concerns.case')),
                ('corrects', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='concerns.entry')),
                ('left_with', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='concerns.takenout')),
                ('of_report', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='concerns.concern')),
                ('outcome', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='procedures.outcome')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('written_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
            ],
            options={
                'verbose_name_plural': 'entries',
                'indexes': [models.Index(fields=['case', 'happened_at', 'created_at'], name='chronology')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind', 'told_again'), ('written_by__isnull', False), _connector='XOR'), name='entry_has_a_writer'), models.UniqueConstraint(condition=models.Q(('kind', 'in_error')), fields=('setting', 'corrects'), name='recorded_in_error_once')],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('to_act', models.BooleanField()),
                ('reasons', foundation.encrypted.EncryptedTextField()),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='concerns.entry')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('reasons', ''), _negated=True), name='decision_has_reasons')],
            },
        ),
        migrations.CreateModel(
            name='CaseFile',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='case_file', to='concerns.entry')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='BodyMark',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('area', models.CharField(max_length=40)),
                ('size', foundation.encrypted.EncryptedTextField(blank=True)),
                ('colour', foundation.encrypted.EncryptedTextField(blank=True)),
                ('shape', foundation.encrypted.EncryptedTextField(blank=True)),
                ('words', foundation.encrypted.EncryptedTextField(blank=True)),
                ('whose', foundation.encrypted.EncryptedTextField(blank=True)),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('concern', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='concerns.concern')),
                ('entry', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='concerns.entry')),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.CheckConstraint(condition=models.Q(('concern__isnull', True), ('entry__isnull', True), _connector='XOR'), name='mark_of_one_report_or_entry'), models.CheckConstraint(condition=models.Q(('area__in', ['front-forehead', 'front-right-eye', 'front-left-eye', 'front-right-ear', 'front-left-ear', 'front-right-cheek', 'front-left-cheek', 'front-nose', 'front-mouth', 'front-chin', 'front-neck', 'front-right-shoulder', 'front-left-shoulder', 'front-chest', 'front-right-upper-arm', 'front-left-upper-arm', 'front-right-forearm', 'front-left-forearm', 'front-right-hand', 'front-left-hand', 'front-tummy', 'front-right-hip', 'front-left-hip', 'front-nappy', 'front-right-thigh', 'front-left-thigh', 'front-right-knee', 'front-left-knee', 'front-right-shin', 'front-left-shin', 'front-right-foot', 'front-left-foot', 'back-head', 'back-right-ear', 'back-left-ear', 'back-neck', 'back-right-shoulder', 'back-left-shoulder', 'back-upper', 'back-right-upper-arm', 'back-left-upper-arm', 'back-right-elbow', 'back-left-elbow', 'back-right-forearm', 'back-left-forearm', 'back-right-hand', 'back-left-hand', 'back-lower', 'back-bottom', 'back-right-thigh', 'back-left-thigh', 'back-right-calf', 'back-left-calf', 'back-right-heel', 'back-left-heel', 'elsewhere'])), name='mark_has_a_place'), models.UniqueConstraint(fields=('setting', 'concern', 'number'), name='marks_of_a_report_in_order'), models.UniqueConstraint(fields=('setting', 'entry', 'number'), name='marks_of_an_entry_in_order')],
            },
        ),
        migrations.CreateModel(
            name='FileFrozen',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('code', models.CharField(max_length=12)),
                ('reason', foundation.encrypted.EncryptedTextField()),
                ('case_file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='freezings', to='concerns.casefile')),
                ('frozen_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'verbose_name_plural': 'files frozen',
                'constraints': [models.UniqueConstraint(fields=('setting', 'code'), name='one_frozen_file_a_code')],
            },
        ),
        migrations.CreateModel(
            name='Destruction',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('bound_to', models.CharField(max_length=64)),
                ('officer', foundation.encrypted.EncryptedTextField(blank=True)),
                ('force', foundation.encrypted.EncryptedTextField(blank=True)),
                ('reference', foundation.encrypted.EncryptedTextField(blank=True)),
                ('instructed_at', models.DateTimeField(null=True)),
                ('instruction', foundation.encrypted.EncryptedTextField(blank=True)),
                ('approves', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='approved', to='concerns.destruction')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('frozen', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='destructions', to='concerns.filefrozen')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('setting', 'id', 'frozen', 'bound_to', 'by'), name='destruction_link'), foundation.constraints.PointsTo(fields={'approves': 'id', 'bound_to': 'bound_to', 'frozen': 'frozen', 'recorded_by': 'by', 'setting': 'setting'}, name='destruction_of_this_very_file'), models.CheckConstraint(condition=models.Q(models.Q(('approves__isnull', True), ('instructed_at__isnull', False), ('recorded_by__isnull', True), models.Q(('officer', ''), _negated=True), models.Q(('force', ''), _negated=True), models.Q(('reference', ''), _negated=True), models.Q(('instruction', ''), _negated=True)), models.Q(('approves__isnull', False), ('recorded_by__isnull', False), models.Q(('by', models.F('recorded_by')), _negated=True)), _connector='OR'), name='the_police_say_and_two_people_do')],
            },
        ),
        migrations.CreateModel(
            name='DestructionDeclined',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('reason', foundation.encrypted.EncryptedTextField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('destruction', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='declined', to='concerns.destruction')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'verbose_name_plural': 'destructions declined',
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='a_no_to_destroying_has_a_reason'), foundation.constraints.NeverChanged(name='no_to_destroying_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='FilesCleared',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('reason', foundation.encrypted.EncryptedTextField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files_cleared', to='concerns.case')),
                ('cleared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'verbose_name_plural': 'files cleared',
            },
        ),
        migrations.CreateModel(
            name='FileThawed',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('reason', foundation.encrypted.EncryptedTextField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('frozen', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='thawed', to='concerns.filefrozen')),
                ('second', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'verbose_name_plural': 'files thawed',
                'constraints': [models.CheckConstraint(condition=models.Q(('by', models.F('second')), _negated=True), name='two_people_thaw_a_file'), foundation.constraints.NeverChanged(name='thawing_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='Gathered',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='gathered', to='concerns.case')),
                ('concern', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='gathered', to='concerns.concern')),
                ('gathered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'verbose_name_plural': 'gathered',
            },
        ),
        migrations.CreateModel(
            name='Involvement',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('part', models.CharField(choices=[('harmed', 'May have been harmed'), ('alleged', 'Said to have done it'), ('witness', 'Saw or heard it'), ('sibling', 'Brother or sister'), ('other', 'Involved in another way')], max_length=10)),
                ('name', foundation.encrypted.EncryptedTextField(blank=True)),
                ('name_like', foundation.likeness.LikenessField(blank=True, default='', max_length=32, of='name')),
                ('works_here', models.BooleanField(default=False)),
                ('in_error', models.BooleanField(default=False)),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('case', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='involvements', to='concerns.case')),
                ('child', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.child')),
                ('concern', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='involvements', to='concerns.concern')),
                ('member', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'indexes': [models.Index(fields=['member', 'part'], name='involvement_of_member'), models.Index(fields=['child', 'part'], name='involvement_of_child'), models.Index(condition=models.Q(('name_like', ''), _negated=True), fields=['setting', 'name_like'], name='involvement_by_name')],
                'constraints': [models.CheckConstraint(condition=models.Q(('added_by__isnull', False), ('concern__isnull', False), _connector='OR'), name='involvement_was_added_by_somebody'), models.CheckConstraint(condition=models.Q(('concern__isnull', True), ('case__isnull', True), _connector='XOR'), name='involved_in_one_thing'), models.CheckConstraint(condition=models.Q(models.Q(('child__isnull', False), ('member__isnull', True), ('name', '')), models.Q(('child__isnull', True), ('member__isnull', False), ('name', '')), models.Q(('child__isnull', True), ('member__isnull', True), models.Q(('name', ''), _negated=True)), _connector='OR'), name='involvement_names_one_person')],
            },
        ),
        migrations.CreateModel(
            name='NamedInError',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('reason', foundation.encrypted.EncryptedTextField()),
                ('involvement', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='said_in_error', to='concerns.involvement')),
                ('said_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'verbose_name_plural': 'named in error',
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='named_in_error_has_a_reason'), foundation.constraints.NeverChanged(name='named_in_error_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='InErrorOnCase',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='concerns.entry')),
                ('involvement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='in_error_on', to='concerns.involvement')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'verbose_name_plural': 'in error on cases',
                'constraints': [foundation.constraints.NeverChanged(name='in_error_on_case_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='DeviceCorrected',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('what', foundation.encrypted.EncryptedTextField()),
                ('whose', models.CharField(choices=[('ours', 'This setting’s'), ('child', 'A child’s'), ('family', 'A parent’s or carer’s'), ('adult_here', 'Somebody’s who works or helps here'), ('other', 'Somebody else’s, or not known')], max_length=12)),
                ('owner', foundation.encrypted.EncryptedTextField(blank=True)),
                ('taken_from', foundation.encrypted.EncryptedTextField()),
                ('seal', foundation.encrypted.EncryptedTextField(blank=True)),
                ('reason', foundation.encrypted.EncryptedTextField()),
                ('corrected_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='concerns.custodyitem')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'verbose_name_plural': 'devices corrected',
                'constraints': [models.UniqueConstraint(fields=('setting', 'item', 'number'), name='corrections_of_a_device_in_order'), foundation.constraints.NeverChanged(name='device_corrected_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='KeptOn',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('reason', foundation.encrypted.EncryptedTextField()),
                ('look_again_on', models.DateField()),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='kept_on', to='concerns.custodyitem')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'verbose_name_plural': 'kept on',
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('text', foundation.encrypted.EncryptedTextField()),
                ('fingerprint', models.CharField(max_length=64)),
                ('concern', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='concerns.concern')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('setting', 'concern', 'fingerprint'), name='written_twice_sent_once')],
            },
        ),
        migrations.CreateModel(
            name='NeedToKnow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('reason', foundation.encrypted.EncryptedTextField()),
                ('until', models.DateField(blank=True, null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='need_to_know', to='concerns.case')),
                ('granted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'verbose_name_plural': 'need to know',
                'indexes': [models.Index(fields=['member', 'case'], name='need_to_know_by_person')],
            },
        ),
        migrations.CreateModel(
            name='NeedToKnowEnded',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('shut_out', models.BooleanField(default=False)),
                ('reason', foundation.encrypted.EncryptedTextField()),
                ('ended_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('need_to_know', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='ended', to='concerns.needtoknow')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='NotTakenForward',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('reasons', foundation.encrypted.EncryptedTextField()),
                ('before', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='put_aside_before', to='concerns.concern')),
                ('concern', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='not_taken_forward', to='concerns.concern')),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'verbose_name_plural': 'not taken forward',
                'constraints': [models.CheckConstraint(condition=models.Q(('reasons', ''), _negated=True), name='not_taken_forward_has_reasons'), models.CheckConstraint(condition=models.Q(('concern__isnull', True), ('before__isnull', True), _connector='XOR'), name='not_taken_forward_is_of_one_report')],
            },
        ),
        migrations.CreateModel(
            name='Offer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('outside_name', foundation.encrypted.EncryptedTextField(blank=True)),
                ('outside_of', foundation.encrypted.EncryptedTextField(blank=True)),
                ('outside_number', foundation.encrypted.EncryptedTextField(blank=True)),
                ('instead', foundation.encrypted.EncryptedTextField(blank=True)),
                ('purpose', models.CharField(choices=[('keep', 'To somebody here, to keep it'), ('police', 'To the police'), ('owner', 'Back to its owner')], max_length=10)),
                ('place', foundation.encrypted.EncryptedTextField()),
                ('seal', foundation.encrypted.EncryptedTextField(blank=True)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='concerns.custodyitem')),
                ('offered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('witness', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('outside_name', ''), ('purpose', 'keep'), ('to__isnull', False), ('witness__isnull', True)), models.Q(('purpose__in', ['police', 'owner']), ('to__isnull', True), ('witness__isnull', False), models.Q(('outside_name', ''), _negated=True)), _connector='OR'), name='offer_to_one_with_a_second_person'), models.CheckConstraint(condition=models.Q(models.Q(('to__isnull', True), models.Q(('to', models.F('offered_by')), _negated=True), _connector='OR'), models.Q(('witness__isnull', True), models.Q(('witness', models.F('offered_by')), _negated=True), _connector='OR')), name='nobody_hands_over_to_themselves')],
            },
        ),
        migrations.CreateModel(
            name='Handover',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('outside_name', foundation.encrypted.EncryptedTextField(blank=True)),
                ('outside_of', foundation.encrypted.EncryptedTextField(blank=True)),
                ('outside_number', foundation.encrypted.EncryptedTextField(blank=True)),
                ('number', models.PositiveSmallIntegerField()),
                ('began_at', models.DateTimeField()),
                ('follows', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('follows_from', models.DateTimeField(blank=True, null=True)),
                ('place', foundation.encrypted.EncryptedTextField()),
                ('seal', foundation.encrypted.EncryptedTextField(blank=True)),
                ('holder', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='handovers', to='concerns.custodyitem')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('witness', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('offer', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='accepted', to='concerns.offer')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('setting', 'item', 'number'), name='custody_in_order'), models.UniqueConstraint(fields=('setting', 'item', 'number', 'began_at'), name='custody_link'), foundation.constraints.PointsTo(fields={'follows': 'number', 'follows_from': 'began_at', 'item': 'item', 'setting': 'setting'}, name='custody_without_a_gap'), models.CheckConstraint(condition=models.Q(models.Q(('follows__isnull', True), ('follows_from__isnull', True), ('number', 1), ('offer__isnull', True)), models.Q(('began_at__gte', models.F('follows_from')), ('follows_from__isnull', False), ('number', django.db.models.expressions.CombinedExpression(models.F('follows'), '+', models.Value(1))), ('offer__isnull', False)), _connector='OR'), name='custody_follows_the_one_before'), models.CheckConstraint(condition=models.Q(models.Q(('holder__isnull', False), ('outside_name', '')), models.Q(('holder__isnull', True), ('witness__isnull', False), models.Q(('outside_name', ''), _negated=True)), _connector='OR'), name='custody_of_one_person')],
            },
        ),
        migrations.CreateModel(
            name='CustodyEnd',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('kind', models.CharField(choices=[('police', 'Handed to the police'), ('owner', 'Given back to its owner'), ('destroyed', 'Destroyed by the police, or as they directed'), ('never', 'Never in our custody'), ('twice', 'Recorded twice')], max_length=10)),
                ('officer', foundation.encrypted.EncryptedTextField(blank=True)),
                ('reference', foundation.encrypted.EncryptedTextField(blank=True)),
                ('text', foundation.encrypted.EncryptedTextField(blank=True)),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ends', to='concerns.custodyitem')),
                ('handover', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='end', to='concerns.handover')),
                ('same_as', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='concerns.custodyitem')),
                ('second', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('setting', 'item', 'kind'), name='custody_ends_once'), models.CheckConstraint(condition=models.Q(('handover__isnull', False), models.Q(models.Q(('officer', ''), _negated=True), models.Q(('reference', ''), _negated=True)), models.Q(('kind__in', ['never', 'twice']), ('second__isnull', False), models.Q(('text', ''), _negated=True)), _connector='OR'), name='custody_ends_by_hand_or_by_police'), models.CheckConstraint(condition=models.Q(models.Q(('handover__isnull', True), ('kind', 'never'), ('same_as__isnull', True)), models.Q(('handover__isnull', True), ('kind', 'twice'), ('same_as__isnull', False)), models.Q(('kind__in', ['police', 'owner', 'destroyed']), ('same_as', None), ('second', None)), _connector='OR'), name='custody_by_mistake_ends_by_two'), models.CheckConstraint(condition=models.Q(models.Q(('second__isnull', True), models.Q(('second', models.F('recorded_by')), _negated=True), _connector='OR'), models.Q(('same_as__isnull', True), models.Q(('same_as', models.F('item')), _negated=True), _connector='OR')), name='custody_by_mistake_of_another')],
            },
        ),
        migrations.CreateModel(
            name='OfferClosed',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('reason', foundation.encrypted.EncryptedTextField()),
                ('closed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('offer', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='closed', to='concerns.offer')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'verbose_name_plural': 'offers closed',
            },
        ),
        migrations.CreateModel(
            name='Origin',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('concern', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='origin', to='concerns.concern')),
                ('from_case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='concerns.case')),
                ('from_concern', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='concerns.concern')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('from_case__isnull', True), ('from_concern__isnull', True), _connector='XOR'), name='origin_is_one_record')],
            },
        ),
        migrations.CreateModel(
            name='PaperCopy',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('code', models.CharField(max_length=12)),
                ('recipient', foundation.encrypted.EncryptedTextField()),
                ('purpose', foundation.encrypted.EncryptedTextField()),
                ('digest', models.CharField(max_length=64)),
                ('hidden', foundation.encrypted.EncryptedJSONField(default=list)),
                ('approval', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='paper', to='approvals.approval')),
                ('case', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='concerns.case')),
                ('child', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.child')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'verbose_name_plural': 'paper copies',
                'constraints': [models.UniqueConstraint(fields=('setting', 'code'), name='one_paper_of_a_code'), models.CheckConstraint(condition=models.Q(('case__isnull', True), ('child__isnull', True), _connector='XOR'), name='paper_of_one_thing'), models.CheckConstraint(condition=models.Q(models.Q(('recipient', ''), _negated=True), models.Q(('purpose', ''), _negated=True)), name='paper_says_for_whom_and_why')],
            },
        ),
        migrations.CreateModel(
            name='PaperCopyPart',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('case', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='concerns.case')),
                ('concern', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='concerns.concern')),
                ('copy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='concerns.papercopy')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('case__isnull', True), ('concern__isnull', True), _connector='XOR'), name='paper_holds_part_of_one_thing')],
            },
        ),
        migrations.CreateModel(
            name='ParentsInformed',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('were_told', models.BooleanField()),
                ('who', foundation.encrypted.EncryptedTextField(blank=True)),
                ('told_by', foundation.encrypted.EncryptedTextField(blank=True)),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='parents_informed', to='concerns.entry')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'verbose_name_plural': 'parents informed',
                'constraints': [models.CheckConstraint(condition=models.Q(('were_told', False), models.Q(('who', ''), _negated=True), _connector='OR'), name='telling_parents_says_whom')],
            },
        ),
        migrations.CreateModel(
            name='PicturesChoice',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('takes', models.BooleanField()),
                ('reason', models.CharField(max_length=300)),
                ('chosen_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'indexes': [models.Index(fields=['setting', '-created_at'], name='pictures_by_setting')],
                'constraints': [foundation.constraints.NeverChanged(name='pictures_choice_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='PolicyPrompt',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='policy_prompts', to='concerns.case')),
                ('policy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='policies.policy')),
                ('request', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='of_a_case', to='policies.reviewrequest')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('setting', 'case', 'policy'), name='a_case_prompts_a_policy_once'), foundation.constraints.NeverChanged(name='policy_prompt_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='Quarantine',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('reason', foundation.encrypted.EncryptedTextField()),
                ('item', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='quarantine', to='concerns.custodyitem')),
                ('placed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='QuarantineLifted',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('officer', foundation.encrypted.EncryptedTextField()),
                ('force', foundation.encrypted.EncryptedTextField()),
                ('reference', foundation.encrypted.EncryptedTextField()),
                ('advised_at', models.DateTimeField()),
                ('advice', foundation.encrypted.EncryptedTextField()),
                ('quarantine', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='lifted', to='concerns.quarantine')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'verbose_name_plural': 'quarantines lifted',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('officer', ''), _negated=True), models.Q(('force', ''), _negated=True), models.Q(('reference', ''), _negated=True), models.Q(('advice', ''), _negated=True)), name='only_the_police_lift_a_quarantine')],
            },
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('concern', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='concerns.concern')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('setting', 'concern', 'member'), name='first_reading_of_a_person')],
            },
        ),
        migrations.CreateModel(
            name='Recipient',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('why', models.CharField(max_length=100)),
                ('concern', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recipients', to='concerns.concern')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('setting', 'concern', 'member'), name='one_recipient_row_a_person')],
            },
        ),
        migrations.CreateModel(
            name='Reclassification',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('changed_from', models.CharField(max_length=3)),
                ('changed_to', models.CharField(max_length=3)),
                ('by_hand', models.BooleanField()),
                ('reason', foundation.encrypted.EncryptedTextField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reclassifications', to='concerns.case')),
                ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Referral',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('agency_slug', models.CharField(max_length=60)),
                ('agency', models.CharField(max_length=160)),
                ('route', models.CharField(max_length=160)),
                ('person', foundation.encrypted.EncryptedTextField(blank=True)),
                ('reference', foundation.encrypted.EncryptedTextField(blank=True)),
                ('reply_due', models.DateTimeField(blank=True, null=True)),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='referral', to='concerns.entry')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ReferralReply',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='reply', to='concerns.entry')),
                ('referral', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='concerns.referral')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'verbose_name_plural': 'referral replies',
            },
        ),
        migrations.CreateModel(
            name='Reopening',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('reason', foundation.encrypted.EncryptedTextField()),
                ('closure', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='reopening', to='concerns.closure')),
                ('reopened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ReporterNote',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('text', foundation.encrypted.EncryptedTextField()),
                ('concern', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='concerns.concern')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
            ],
            options={
                'ordering': ['created_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='note_has_words')],
            },
        ),
        migrations.CreateModel(
            name='ReviewAction',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('text', foundation.encrypted.EncryptedTextField()),
                ('due_on', models.DateField()),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='concerns.entry')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='review_actions', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ActionDone',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('note', foundation.encrypted.EncryptedTextField()),
                ('done_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('action', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='done', to='concerns.reviewaction')),
            ],
            options={
                'verbose_name_plural': 'actions done',
            },
        ),
        migrations.CreateModel(
            name='Support',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('for_whom', foundation.encrypted.EncryptedTextField(blank=True)),
                ('child', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.child')),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='support', to='concerns.entry')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Undecided',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('concern', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='undecided', to='concerns.concern')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'verbose_name_plural': 'undecided',
                'indexes': [models.Index(fields=['setting', 'created_at'], name='undecided_by_time')],
            },
        ),
        migrations.CreateModel(
            name='WorkHandover',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('reason', foundation.encrypted.EncryptedTextField()),
                ('stops_reading', models.BooleanField()),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('to', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('to', models.F('given_by')), _negated=True), name='work_goes_to_another')],
            },
        ),
        migrations.CreateModel(
            name='HandedReport',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('concern', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='concerns.concern')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('handover', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='concerns.workhandover')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('setting', 'handover', 'concern'), name='a_report_once_in_a_handover')],
            },
        ),
        migrations.CreateModel(
            name='HandedCase',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('note', foundation.encrypted.EncryptedTextField(blank=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='concerns.case')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('handover', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='concerns.workhandover')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('setting', 'handover', 'case'), name='a_case_once_in_a_handover')],
            },
        ),
        migrations.CreateModel(
            name='WorkKept',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('reason', foundation.encrypted.EncryptedTextField()),
                ('closed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('handover', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='kept', to='concerns.workhandover')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'verbose_name_plural': 'work kept',
            },
        ),
        migrations.CreateModel(
            name='WorkTaken',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('handover', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='taken', to='concerns.workhandover')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'verbose_name_plural': 'work taken',
            },
        ),
    ])
