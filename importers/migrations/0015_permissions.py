from django.db import migrations

INSTEAD = {
    "change_importrun": ("run_imports", "Can run imports", "importrun"),
    "change_triallink": ("review_records", "Can decide what records mean", "triallink"),
}


def exchange_permissions(apps, schema_editor):
    """Who had the permission with the borrowed name gets the one of its own, groups and people alike."""
    content_types = apps.get_model("contenttypes", "ContentType").objects
    permissions = apps.get_model("auth", "Permission").objects
    for old in permissions.filter(codename__in=INSTEAD, content_type__app_label="importers"):
        holders = [*old.group_set.all(), *old.user_set.all()]
        if not holders:
            continue
        codename, name, model = INSTEAD[old.codename]
        content_type, _ = content_types.get_or_create(app_label="importers", model=model)
        new, _ = permissions.get_or_create(
            codename=codename, content_type=content_type, defaults={"name": name}
        )
        new.group_set.add(*old.group_set.all())
        new.user_set.add(*old.user_set.all())
        old.group_set.clear()
        old.user_set.clear()


class Migration(migrations.Migration):
    dependencies = [
        ("importers", "0014_registry_choices"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="importrun",
            options={"permissions": [INSTEAD["change_importrun"][:2]]},
        ),
        migrations.AlterModelOptions(
            name="triallink",
            options={"permissions": [INSTEAD["change_triallink"][:2]]},
        ),
        migrations.RunPython(exchange_permissions, migrations.RunPython.noop),
    ]
