"""The newest changes without reading all of them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("trials", "0025_staff_act")]
    operations = [
        migrations.AddIndex(
            model_name="trialevent",
            index=models.Index(models.F("at").desc(), models.F("id").desc(), name="trial_event_newest"),
        ),
        migrations.AddIndex(
            model_name="trialevent",
            index=models.Index(
                models.F("at").desc(),
                models.F("id").desc(),
                condition=~models.Q(kind="listed"),
                name="trial_event_newest_changes",
            ),
        ),
    ]
