import django.db.models.deletion
import foundation.encrypted
import foundation.models
import uuid
from foundation.migrating import at_once
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('concerns', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = at_once([
        migrations.CreateModel(
            name='Pause',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('reason', models.CharField(max_length=300)),
                ('paused_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PauseEnded',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('ended_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
                ('pause', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='ended', to='portal.pause')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Teller',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('receipt', models.CharField(max_length=64)),
                ('concern', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='teller', to='concerns.concern')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('setting', 'receipt'), name='one_teller_a_receipt')],
            },
        ),
        migrations.CreateModel(
            name='SaidToBe',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('said', foundation.encrypted.EncryptedTextField()),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('teller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='said_to_be', to='portal.teller')),
            ],
            options={
                'verbose_name_plural': 'said to be',
            },
        ),
        migrations.CreateModel(
            name='ToldLater',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('tell_at', models.DateTimeField()),
                ('told_at', models.DateTimeField(null=True)),
                ('concern', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='concerns.concern')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'verbose_name_plural': 'told later',
                'indexes': [models.Index(condition=models.Q(('told_at__isnull', True)), fields=['tell_at'], name='reports_to_tell_of')],
            },
        ),
    ])
