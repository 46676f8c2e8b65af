"""What the workspace needs to find: the registries' word beside the one that counts, and limits of tries that all processes share."""

from django.core.management import call_command
from django.db import migrations
from django.db.models import F


def keep_the_registries_word(apps, schema_editor):
    apps.get_model("trials", "TrialSite").objects.update(registry_open=F("is_open"))


def make_cache_table(apps, schema_editor):
    call_command("createcachetable", verbosity=0, database=schema_editor.connection.alias)


class Migration(migrations.Migration):

    dependencies = [
        ("trials", "0007_workspace"),
    ]

    operations = [
        migrations.RunPython(keep_the_registries_word, migrations.RunPython.noop),
        migrations.RunPython(make_cache_table, migrations.RunPython.noop),
    ]
