from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from trials.choices import Registry
from trials.models import RegistrySource

pytestmark = pytest.mark.django_db


def source(*, late: bool) -> None:
    now = timezone.now()
    hours = timedelta(hours=-1 if late else 1)
    RegistrySource.objects.create(registry=Registry.CTGOV, last_good_at=now, expected_by=now + hours)
    RegistrySource.objects.create(registry=Registry.CTRI, last_good_at=now)  # paused: never late


def test_healthz_says_ok_before_anything_was_read(client: Client) -> None:
    answer = client.get("/healthz")
    expected = {"database": "ok", "imports": {"ctgov": "never", "ctri": "never"}}
    assert (answer.status_code, answer.json()) == (200, expected)


def test_healthz_tells_late_imports_and_stays_healthy(client: Client) -> None:
    source(late=True)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["imports"]) == (200, {"ctgov": "late", "ctri": "fresh"})


@pytest.mark.parametrize(("late", "status"), [(True, 503), (False, 200)])
def test_healthz_imports_fails_where_data_are_late(client: Client, late: bool, status: int) -> None:
    source(late=late)
    assert client.get("/healthz/imports").status_code == status


def test_healthz_imports_knows_files_from_a_reading(client: Client) -> None:
    at = datetime(2026, 11, 1, 6, 30, tzinfo=UTC)
    RegistrySource.objects.create(registry=Registry.CTGOV, files_at=at)
    answer = client.get("/healthz/imports")
    assert (answer.status_code, answer.json()["imports"]) == (503, {"ctgov": "files", "ctri": "never"})
    assert answer.json()["read"]["ctgov"] == {"registry": None, "files": "2026-11-01T06:30:00Z"}
