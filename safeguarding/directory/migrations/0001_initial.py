import django.db.models.deletion
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
            name='Contact',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=foundation.models.now, editable=False)),
                ('slug', models.SlugField(max_length=60)),
                ('version', models.PositiveIntegerField(default=1)),
                ('name', models.CharField(max_length=120)),
                ('kind', models.CharField(choices=[('emergency', 'Immediate danger'), ('report', 'Report it'), ('advice', 'Ask for advice'), ('support', 'Support'), ('information', 'Information')], max_length=12)),
                ('level', models.CharField(choices=[('internal', 'In this setting'), ('local', 'In this area'), ('national', 'National')], max_length=10)),
                ('for_setting', models.BooleanField(default=False)),
                ('for_parents', models.BooleanField(default=False)),
                ('for_children', models.BooleanField(default=False)),
                ('phone', models.CharField(blank=True, max_length=40)),
                ('email', models.CharField(blank=True, max_length=254)),
                ('link', models.CharField(blank=True, max_length=500)),
                ('hours', models.CharField(blank=True, max_length=120)),
                ('when_to_use', models.CharField(max_length=300)),
                ('source', models.CharField(blank=True, max_length=200)),
                ('takes_referrals', models.BooleanField(default=False)),
                ('checked_on', models.DateField(blank=True, null=True)),
                ('superseded_by', models.SlugField(blank=True, max_length=60)),
                ('removed', models.BooleanField(default=False)),
                ('setting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.setting')),
                ('written_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.member')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('setting', 'slug', 'version'), name='one_contact_of_a_version'), models.CheckConstraint(condition=models.Q(('link', ''), ('link__startswith', 'https://'), ('link__startswith', 'http://'), _connector='OR'), name='contact_link_is_a_web_address')],
            },
        ),
    ]
