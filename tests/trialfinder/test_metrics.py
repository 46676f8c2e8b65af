"""Figures for Prometheus: right, without addresses, and closed to strangers."""

import re
from datetime import UTC, datetime

import pytest
from celery import Celery
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families
from pytest_django import Settings

from importers.models import ImportProblem, ImportRun, WorkerSeen
from importers.registries.slugs import Registry
from tests.builders import make_trial
from trialfinder import broker
from trials.models import RegistrySource

pytestmark = pytest.mark.django_db
READ = datetime(2026, 11, 28, 3, tzinfo=UTC)


def figures(client: Client) -> dict[str, float]:
    """`name{labels}`: value, of the site's own figures."""
    text = client.get("/metrics").content.decode()
    samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    named = {f"{one.name}{sorted(one.labels.values())}": one.value for one in samples}
    return {
        re.sub("^trialfinder_", "", name): value for name, value in named.items() if "trialfinder" in name
    }


def test_figures_say_what_stands_in_the_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(broker, "depth", lambda queue: {"trialfinder": 3}[queue])
    make_trial("NCT00000001")
    RegistrySource.objects.create(registry=Registry.CTGOV, last_good_at=READ, expected_by=READ)
    run = ImportRun.objects.create(registry=Registry.CTGOV, status=ImportRun.Status.PARTIAL)
    ImportProblem.objects.create(run=run, field="title")
    ImportProblem.objects.create(run=run, field="url", minor=True)
    WorkerSeen.objects.create(node="a@b", at=READ)
    told = {name: value for name, value in figures(client).items() if not name.startswith("answer")}
    assert told == {
        "listed_trials[]": 1,
        "registry_read_timestamp_seconds['ctgov']": READ.timestamp(),
        "registry_read_timestamp_seconds['ctri']": 0,
        "registry_late['ctgov']": 1,
        "registry_late['ctri']": 0,
        "import_runs['ctgov', 'partial']": 1,
        "import_problems[]": 1,
        "mails_waiting[]": 0,
        "worker_seen_timestamp_seconds[]": READ.timestamp(),
        "queue_up[]": 1,
        "queue_tasks[]": 3,
    }


def test_queue_that_is_away_is_a_figure_and_no_error(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(broker, "depth", lambda _queue: None)
    told = figures(client)
    assert (told["queue_up[]"], "queue_tasks[]" in told) == (0, False)


def test_tasks_that_wait_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CELERY_BROKER_URL")
    app = Celery(broker="memory://", set_as_current=False)
    assert broker.depth("for-this-test", app) == 0
    app.send_task("x", queue="for-this-test")
    assert broker.depth("for-this-test", app) == 1
    assert broker.depth("x", Celery(broker="redis://127.0.0.1:9/0", set_as_current=False)) is None


def test_answers_are_counted_by_page_and_never_by_address(client: Client) -> None:
    client.get("/trials/?q=my+leukaemia")
    client.get("/trials/my-leukaemia/")
    client.get("/no-such/my-leukaemia")
    text = client.get("/metrics").content.decode()
    assert 'trialfinder_answer_seconds_count{page="trials:list",status="2xx"}' in text
    assert 'trialfinder_answer_seconds_count{page="other",status="4xx"}' in text
    assert "leukaemia" not in text


@pytest.mark.parametrize(
    "headers", [{"X-Forwarded-For": "127.0.0.1"}, {"Forwarded": "for=127.0.0.1"}, {"X-Forwarded-For": ""}]
)
def test_what_a_proxy_passes_on_sees_nothing(client: Client, headers: dict[str, str]) -> None:
    assert client.get("/metrics", headers=headers).status_code == 404


@pytest.mark.parametrize("address", ["10.0.0.5", "8.8.8.8", "::2", "", "nonsense"])
def test_other_machines_see_nothing(client: Client, address: str) -> None:
    assert client.get("/metrics", REMOTE_ADDR=address).status_code == 404


def test_token_opens_from_anywhere_and_alone(client: Client, settings: Settings) -> None:
    settings.METRICS_TOKEN = "word"  # noqa: S105
    statuses = [
        client.get("/metrics", headers={"Authorization": given}, REMOTE_ADDR="10.0.0.5").status_code
        for given in ("Bearer word", "Bearer wörd", "word", "")
    ]
    assert (statuses, client.get("/metrics").status_code) == ([200, 404, 404, 404], 404)
