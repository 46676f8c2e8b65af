from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from importers.registries.slugs import Registry
from trials.models import RegistrySource

pytestmark = pytest.mark.django_db


def source(registry: Registry, *, late: bool = False, **times: datetime) -> None:
    hours = timedelta(hours=-1 if late else 1)
    RegistrySource.objects.create(registry=registry, expected_by=timezone.now() + hours, **times)


def test_healthz_stays_healthy_where_nothing_was_read(client: Client) -> None:
    answer = client.get("/healthz")
    never = {"ctgov": "never", "ctri": "never"}
    assert (answer.status_code, answer.json()) == (200, {"database": "ok", "imports": never})


def test_healthz_tells_late_imports_and_stays_healthy(client: Client) -> None:
    source(Registry.CTGOV, late=True, last_good_at=timezone.now())
    source(Registry.CTRI, last_good_at=timezone.now())
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["imports"]) == (200, {"ctgov": "late", "ctri": "fresh"})


@pytest.mark.parametrize(
    ("late", "times", "word", "status"),
    [
        (False, ["last_good_at"], "fresh", 200),
        (False, ["last_good_at", "files_at"], "fresh", 200),
        (True, ["last_good_at"], "late", 503),
        (False, ["files_at"], "files", 200),
        (True, ["files_at"], "late", 503),
        (False, [], "never", 503),
        (True, [], "never", 503),
    ],
)
def test_healthz_imports_fails_where_a_registry_is_late_or_was_never_read(
    client: Client, late: bool, times: list[str], word: str, status: int
) -> None:
    source(Registry.CTGOV, late=late, **dict.fromkeys(times, timezone.now()))
    source(Registry.CTRI, last_good_at=timezone.now())
    answer = client.get("/healthz/imports")
    assert (answer.status_code, answer.json()["imports"]) == (status, {"ctgov": word, "ctri": "fresh"})


def test_healthz_imports_gives_each_fact_with_its_time(client: Client) -> None:
    at = timezone.now().replace(microsecond=0)
    source(Registry.CTRI, files_at=at)
    facts = client.get("/healthz/imports").json()["registries"]
    never = {"read": "never", "last_good_at": None, "files_at": None, "late": False, "page_by_page": False}
    files = {"read": "files", "files_at": at.isoformat().replace("+00:00", "Z"), "page_by_page": True}
    assert facts == {"ctgov": never, "ctri": never | files}
