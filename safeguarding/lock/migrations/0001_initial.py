import django.db.models.deletion
import foundation.models
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('concerns', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='TakenIn',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('drop_id', models.CharField(max_length=32)),
                ('filed_at', models.DateTimeField()),
                ('concern', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='concerns.concern')),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
            ],
            options={
                'verbose_name_plural': 'taken in',
                'constraints': [models.UniqueConstraint(fields=('setting', 'drop_id'), name='a_drop_is_taken_in_once')],
            },
        ),
    ]
