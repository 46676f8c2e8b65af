from django.db import migrations

LISTINGS, INVITATIONS = "listingedit", "invitation"
KEEP = ("keep_own_listings", "Can keep the listings of their own hospitals", LISTINGS)
EDIT = ("edit_all_listings", "Can edit, review and hide any listing", LISTINGS)
PEOPLE = ("manage_people", "Can invite people and change their roles", INVITATIONS)
ROLES = {"coordinator": [KEEP], "editor": [KEEP, EDIT], "admin": [KEEP, EDIT, PEOPLE]}


def give_roles_their_permissions(apps, schema_editor):
    """Groups went by their name alone. Django makes new permissions only after all migrations."""
    content_types = apps.get_model("contenttypes", "ContentType").objects
    permissions = apps.get_model("auth", "Permission").objects
    for group in apps.get_model("auth", "Group").objects.filter(name__in=ROLES):
        for codename, name, model in ROLES[group.name]:
            content_type, _ = content_types.get_or_create(app_label="trials", model=model)
            permission, _ = permissions.get_or_create(
                codename=codename, content_type=content_type, defaults={"name": name}
            )
            group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("trials", "0013_registry_choices"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="invitation",
            options={"ordering": ["-at"], "permissions": [PEOPLE[:2]]},
        ),
        migrations.AlterModelOptions(
            name="listingedit",
            options={"ordering": ["-changed_at", "-id"], "permissions": [KEEP[:2], EDIT[:2]]},
        ),
        migrations.RunPython(give_roles_their_permissions, migrations.RunPython.noop),
    ]
