"""Roles and people keep what they may do when permissions get names of their own."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User

from trialfinder.permissions import May
from trials.workspace.rights import PERMISSIONS, give_role

pytestmark = pytest.mark.django_db


def names(group: Group) -> set[str]:
    return set(group.permissions.values_list("codename", flat=True))


def test_every_permission_exists_and_each_role_holds_its_own() -> None:
    assert Permission.objects.filter(codename__in=[may.codename for may in May]).count() == len(May)
    for role, allowed in PERMISSIONS.items():
        user = User.objects.create_user(role)
        give_role(user, role)
        assert {may for may in May if user.has_perm(may)} == set(allowed)


def test_groups_and_people_from_before_get_the_new_permissions() -> None:
    group = Group.objects.create(name="editor")
    user = User.objects.create_user("importer")
    group.permissions.add(Permission.objects.get(codename="change_triallink"))
    user.user_permissions.add(Permission.objects.get(codename="change_importrun"))
    import_module("trials.migrations.0014_permissions").give_roles_their_permissions(apps, None)
    import_module("importers.migrations.0015_permissions").exchange_permissions(apps, None)
    assert names(group) == {"keep_own_listings", "edit_all_listings", "review_records"}
    assert user.get_all_permissions() == {May.RUN_IMPORTS}
