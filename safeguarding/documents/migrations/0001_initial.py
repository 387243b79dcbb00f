import django.db.models.deletion
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
            name='StoredFile',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('name', foundation.encrypted.EncryptedTextField()),
                ('kind', models.CharField(max_length=10)),
                ('size', models.PositiveIntegerField()),
                ('wrapped_key', foundation.encrypted.EncryptedTextField(blank=True)),
                ('destroyed_at', models.DateTimeField(null=True)),
                ('waits_for_scan', models.BooleanField(default=False)),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('wrapped_key', ''), ('destroyed_at__isnull', True), _connector='XOR'), name='stored_file_has_its_key_or_lost_it'), models.CheckConstraint(condition=models.Q(('kind__in', ['pdf', 'txt', 'eml', 'docx', 'png', 'jpg']), ('size__gt', 0)), name='stored_file_of_a_known_kind')],
            },
        ),
        migrations.CreateModel(
            name='Scan',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('found_virus', models.BooleanField()),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scans', to='documents.storedfile')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('setting', 'file'), name='a_file_is_scanned_once')],
            },
        ),
    ])
