import trials.registries
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('importers', '0012_ctri_nights'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='triallink', name='trial_link_pair'),
        migrations.RenameField(model_name='triallink', old_name='ctgov_id', new_name='first_id'),
        migrations.RenameField(model_name='triallink', old_name='ctri_id', new_name='second_id'),
        migrations.AddField(
            model_name='triallink',
            name='first_registry',
            field=models.CharField(choices=trials.registries.choices, default='ctgov', max_length=20),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='triallink',
            name='second_registry',
            field=models.CharField(choices=trials.registries.choices, default='ctri', max_length=20),
            preserve_default=False,
        ),
    ]
