import django.db.models.deletion
import foundation.models
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='LocalRule',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('setting_id', models.UUIDField()),
                ('set_by', models.UUIDField()),
                ('rule_id', models.CharField(max_length=60)),
                ('value', models.CharField(max_length=40)),
                ('reason', models.CharField(max_length=500)),
                ('starts', models.DateField()),
            ],
            options={
                'indexes': [models.Index(fields=['setting_id', 'rule_id', '-starts'], name='local_rules')],
            },
        ),
        migrations.CreateModel(
            name='TakenBack',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('setting_id', models.UUIDField()),
                ('rule', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='taken_back', to='law.localrule')),
            ],
            options={
                'verbose_name_plural': 'taken back',
            },
        ),
    ]
