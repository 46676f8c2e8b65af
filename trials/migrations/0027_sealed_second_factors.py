"""The secrets of second factors are encrypted (trialfinder.factor_secrets); there and back, any number of times."""

from collections.abc import Callable
from typing import Any

from django.db import migrations

from trialfinder.factor_secrets import each_secret, seal, unseal


def _change(apps: Any, change: Callable[[str], str]) -> None:
    factors = apps.get_model("mfa", "Authenticator").objects
    for factor in factors.filter(type__in=("totp", "recovery_codes")).select_for_update():
        factor.data = each_secret(factor.data, change)
        factor.save(update_fields=["data"])


def seal_all(apps: Any, _editor: Any) -> None:
    _change(apps, seal)


def unseal_all(apps: Any, _editor: Any) -> None:
    _change(apps, unseal)


class Migration(migrations.Migration):
    dependencies = [("trials", "0026_newest_events"), ("mfa", "0003_authenticator_type_uniq")]
    operations = [migrations.RunPython(seal_all, unseal_all)]
