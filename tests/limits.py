"""Counts of requests in this process alone, all within one minute."""

from types import SimpleNamespace

import pytest
from django.core.cache import caches
from pytest_django import Settings

from trialfinder import rate_limit


def count_here(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    backend = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = settings.CACHES | {"limits": {"BACKEND": backend, "LOCATION": "limits"}}
    caches["limits"].clear()
    monkeypatch.setattr(rate_limit, "time", SimpleNamespace(time=lambda: 1_800_000_005.0))
