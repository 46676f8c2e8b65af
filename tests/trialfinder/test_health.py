from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from trials.choices import Registry
from trials.models import RegistrySource

pytestmark = pytest.mark.django_db


def source(*, late: bool) -> None:
    hours = timedelta(hours=-1 if late else 1)
    RegistrySource.objects.create(registry=Registry.CTGOV, expected_by=timezone.now() + hours)
    RegistrySource.objects.create(registry=Registry.CTRI)  # by hand only: never late


def test_healthz_says_ok(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"database": "ok", "imports": {}})


def test_healthz_tells_late_imports_and_stays_healthy(client: Client) -> None:
    source(late=True)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["imports"]) == (200, {"ctgov": "late", "ctri": "fresh"})


@pytest.mark.parametrize(("late", "status"), [(True, 503), (False, 200)])
def test_healthz_imports_fails_where_data_are_late(client: Client, late: bool, status: int) -> None:
    source(late=late)
    assert client.get("/healthz/imports").status_code == status
