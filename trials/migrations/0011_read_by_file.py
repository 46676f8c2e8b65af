from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F


def part(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """A reading that came from files was no reading of the registry."""
    by_file = apps.get_model("trials", "RegistrySource").objects.filter(last_good_from="files")
    by_file.update(files_at=F("last_good_at"), last_good_at=None)


class Migration(migrations.Migration):
    dependencies = [
        ("trials", "0010_stale_words"),
    ]

    operations = [
        migrations.AddField(
            model_name="registrysource",
            name="files_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunPython(part, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name="registrysource",
            name="last_good_from",
        ),
    ]
