"""A copy of the database opens no account: what makes a second factor's codes is encrypted in it."""

from importlib import import_module
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.apps import apps
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from tests.desk import SECRET, code_of
from trialfinder.factor_secrets import TOKEN, seal, unseal

pytestmark = pytest.mark.django_db
SEED = "0123456789abcdef" * 5
MIGRATION: Any = import_module("trials.migrations.0027_sealed_second_factors")


@pytest.fixture
def user() -> User:
    cache.clear()
    return User.objects.create_user("asha", "asha@example.org", "a long enough phrase")


def stored() -> dict[str, dict[str, Any]]:
    return dict(Authenticator.objects.values_list("type", "data"))


def answer(user: User, code: str) -> int:
    """The status after the password and this code."""
    client = Client()
    client.post("/accounts/login/", {"login": user.email, "password": "a long enough phrase"})
    return int(client.post("/accounts/2fa/authenticate/", {"code": code}).status_code)


def test_secrets_stand_encrypted_in_the_database(user: User) -> None:
    TOTP.activate(user, SECRET)
    codes = RecoveryCodes.activate(user).get_unused_codes()
    data = stored()
    assert [data["totp"]["secret"][:5], data["recovery_codes"]["seed"][:5]] == [TOKEN, TOKEN]
    assert unseal(data["totp"]["secret"]) == SECRET
    assert [answer(user, code_of()), answer(user, codes[3])] == [302, 302]


def test_another_key_opens_nothing_and_is_logged(
    user: User, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    TOTP.activate(user, SECRET)
    settings.FOLLOW_KEY = "another"
    assert answer(user, code_of()) == 200
    assert [record.getMessage() for record in caplog.records] == [
        "A second factor cannot be read: FOLLOW_KEY is another than when it was set up.",
        f"A second factor of account {user.pk} was refused.",
    ]


def test_migration_encrypts_what_there_is_and_leads_back(user: User) -> None:
    for kind, data in {
        "totp": {"secret": SECRET},
        "recovery_codes": {"seed": SEED, "used_mask": 5, "migrated_codes": ["12345678"]},
        "webauthn": {"name": "My phone", "credential": {}},
    }.items():
        Authenticator.objects.create(user=user, type=kind, data=data)
    before = stored()
    MIGRATION.seal_all(apps, None)
    sealed = stored()
    assert (sealed["webauthn"], sealed["recovery_codes"]["used_mask"]) == (before["webauthn"], 5)
    assert sealed["totp"]["secret"].startswith(TOKEN)
    assert sealed["recovery_codes"]["seed"].startswith(TOKEN)
    assert unseal(sealed["recovery_codes"]["migrated_codes"][0]) == "12345678"
    MIGRATION.seal_all(apps, None)
    assert stored() == sealed
    MIGRATION.unseal_all(apps, None)
    assert stored() == before


def test_nothing_is_encrypted_twice() -> None:
    assert seal(seal(SECRET)).startswith(TOKEN)
    assert unseal(seal(seal(SECRET))) == SECRET
