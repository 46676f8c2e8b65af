from datetime import datetime, timedelta

import pytest
from celery import Celery
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from importers.models import WorkerSeen
from importers.registries.slugs import Registry
from importers.runs import heartbeat
from trialfinder import broker
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


@pytest.mark.parametrize("host", ["10.0.0.7", "not-allowed.example.org", "a b"])
def test_healthz_answers_whatever_the_host_name(client: Client, host: str) -> None:
    assert client.get("/healthz", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    ("ago", "queue", "worker", "status"),
    [(10, True, "ok", 200), (-10, True, "ok", 200), (200, True, "late", 503), (None, True, "never", 503),
     (10, False, "ok", 503), (-86_400, True, "late", 503)],
)  # fmt: skip
def test_readyz_fails_without_queue_or_worker(
    client: Client, monkeypatch: pytest.MonkeyPatch, ago: int | None, queue: bool, worker: str, status: int
) -> None:
    caches["memory"].delete("readyz-queue")
    monkeypatch.setattr(broker, "answers", lambda: queue)
    if ago is not None:
        WorkerSeen.objects.create(node="a@b", at=timezone.now() - timedelta(seconds=ago))
    answer = client.get("/readyz")
    words = {"queue": "ok" if queue else "unreachable", "worker": worker}
    never = {"ctgov": "never", "ctri": "never"}
    assert (answer.status_code, answer.json()) == (status, {"database": "ok", **words, "imports": never})


@pytest.mark.django_db(transaction=True)
def test_worker_says_that_it_lives_now_and_then_and_forgets_old_ones() -> None:
    WorkerSeen.objects.create(node="gone@host", at=timezone.now() - timedelta(days=2))
    heartbeat.alive("test-once@host")
    heartbeat.alive("test-once@host")
    assert list(WorkerSeen.objects.values_list("node", flat=True)) == ["test-once@host"]
    assert heartbeat.word() == "ok"


def test_queue_that_nobody_runs_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CELERY_BROKER_URL")  # Celery would take it before the address given here
    nobody = ("redis://127.0.0.1:9/0", "amqp://guest:guest@127.0.0.1:9//", "redis+socket:///tmp/nobody.sock")
    apps = [Celery(broker=url, set_as_current=False) for url in (*nobody, "memory://")]
    assert [broker.answers(app) for app in apps] == [False] * 3 + [True]
