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
            name='CalendarAddress',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('digest', models.CharField(max_length=64)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calendar_addresses', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'verbose_name_plural': 'calendar addresses',
                'indexes': [models.Index(fields=['member', '-created_at'], name='calendars_by_member')],
                'constraints': [models.UniqueConstraint(fields=('setting', 'digest'), name='one_calendar_an_address'), foundation.constraints.NeverChanged(name='calendar_address_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='CalendarAddressEnded',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('address', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='ended', to='notifications.calendaraddress')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'verbose_name_plural': 'calendar addresses ended',
                'constraints': [foundation.constraints.NeverChanged(name='calendar_end_is_written_once')],
            },
        ),
        migrations.CreateModel(
            name='Clock',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('subject_kind', models.CharField(max_length=30)),
                ('subject_id', models.UUIDField()),
                ('key', models.CharField(max_length=130)),
                ('text', foundation.encrypted.EncryptedTextField()),
                ('path', models.CharField(max_length=200)),
                ('rule_id', models.CharField(blank=True, max_length=60)),
                ('rule_text', models.CharField(blank=True, max_length=600)),
                ('started_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('overdue_at', models.DateTimeField()),
                ('stopped_at', models.DateTimeField(null=True)),
                ('escalate_at', models.DateTimeField(null=True)),
                ('rung', models.PositiveSmallIntegerField(default=0)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='clocks', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('stopped_at__isnull', True)), fields=['escalate_at'], name='clocks_running'), models.Index(condition=models.Q(('stopped_at__isnull', True)), fields=['owner', 'due_at'], name='clocks_by_owner')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('stopped_at__isnull', True)), fields=('setting', 'subject_id', 'key'), name='one_running_clock_for_a_thing')],
            },
        ),
        migrations.CreateModel(
            name='Notification',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('kind', models.CharField(max_length=60)),
                ('subject_id', models.UUIDField()),
                ('about_id', models.UUIDField()),
                ('path', models.CharField(max_length=200)),
                ('is_urgent', models.BooleanField(default=False)),
                ('seen_at', models.DateTimeField(null=True)),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notifications', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'indexes': [models.Index(fields=['recipient', '-created_at'], name='messages_by_person'), models.Index(condition=models.Q(('seen_at__isnull', True)), fields=['recipient', '-created_at'], name='messages_unseen')],
                'constraints': [models.UniqueConstraint(fields=('setting', 'recipient', 'kind', 'subject_id'), name='told_once_of_a_thing')],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('sent_at', models.DateTimeField(null=True)),
                ('next_try_at', models.DateTimeField()),
                ('given_up_at', models.DateTimeField(null=True)),
                ('problem', models.CharField(blank=True, max_length=60)),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('notification', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='delivery', to='notifications.notification')),
            ],
            options={
                'verbose_name_plural': 'deliveries',
                'indexes': [models.Index(condition=models.Q(('given_up_at__isnull', True), ('sent_at__isnull', True)), fields=['next_try_at'], name='deliveries_waiting'), models.Index(condition=models.Q(('given_up_at__isnull', False)), fields=['setting', '-given_up_at'], name='deliveries_given_up')],
            },
        ),
    ])
