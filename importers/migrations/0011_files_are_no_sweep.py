from django.db import migrations

GOOD = ["succeeded", "partial"]


def part_files_from_sweeps(apps, _schema_editor):
    """A file no longer counts as a reading of its registry: both times are found again in the runs."""
    runs = apps.get_model("importers", "ImportRun").objects.filter(
        status__in=GOOD, dry_run=False, only_ids=[], finished_at__isnull=False
    )
    for source in apps.get_model("trials", "RegistrySource").objects.all():
        own = runs.filter(registry=source.registry).order_by("-finished_at")
        file = own.filter(source__in=["files", "upload"], seen__gt=0).first()
        source.files_at = file and file.finished_at
        if source.last_good_from == "files":
            sweep = own.filter(source="registry").first()
            source.files_at = source.files_at or source.last_good_at
            source.last_good_at = sweep and sweep.finished_at
            source.last_good_from = "registry" if sweep else ""
            source.data_timestamp = sweep.data_timestamp if sweep else ""
        source.save()


class Migration(migrations.Migration):

    dependencies = [
        ("importers", "0010_connection_tries"),
        ("trials", "0011_files_at"),
    ]

    operations = [migrations.RunPython(part_files_from_sweeps, migrations.RunPython.noop)]
