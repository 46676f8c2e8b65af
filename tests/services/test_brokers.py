"""An import through a real worker, on each broker the product supports, into a PostgreSQL server."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from kombu import Connection, Exchange, Queue

from importers.models import ImportRun
from tests.studies import study, write_lines

ROOT = Path(__file__).resolve().parents[2]
BROKERS = {
    "redis": os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/15"),
    "rabbitmq": os.environ.get("TEST_AMQP_URL", "amqp://guest:guest@127.0.0.1:5672//"),
}
WORK_SECONDS = 60
pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=BROKERS)
def environment(request: pytest.FixtureRequest) -> dict[str, str]:
    """What programs of their own need in order to use this test's database and broker."""
    database = connection.settings_dict
    login = f"{quote(database['USER'])}:{quote(database['PASSWORD'])}@{quote(database['HOST'], safe='')}"
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "trialfinder.settings",
        "DATABASE_URL": f"postgres://{login}:{database['PORT'] or 5432}/{database['NAME']}",
        "CELERY_BROKER_URL": BROKERS[request.param],
    }


@pytest.fixture
def worker(environment: dict[str, str]) -> Iterator[None]:
    name = settings.CELERY_TASK_DEFAULT_QUEUE
    with Connection(environment["CELERY_BROKER_URL"]) as broker:
        queue = Queue(name, Exchange(name), routing_key=name)(broker.default_channel)
        queue.declare()
        queue.purge()  # what an earlier, broken run has left
    program = subprocess.Popen(
        [sys.executable, "-m", "trialfinder.launch", "worker"], cwd=ROOT, env=environment
    )
    yield
    program.terminate()
    program.wait(timeout=30)


def finished_run() -> ImportRun:
    """The only import there is, when the worker is through with it."""
    deadline = time.monotonic() + WORK_SECONDS
    while time.monotonic() < deadline:
        run = ImportRun.objects.get()
        if run.finished_at:
            return run
        time.sleep(0.1)
    raise AssertionError(f"still {run.status} after {WORK_SECONDS} s")


@pytest.mark.usefixtures("worker")
def test_background_import_is_carried_out_and_found(
    environment: dict[str, str], tmp_path: Path, client: Client
) -> None:
    studies = write_lines(tmp_path / "studies.jsonl", study("NCT99000001"), study("NCT99000002"))
    subprocess.run(
        [sys.executable, "manage.py", "import_trials", "ctgov", "--from", str(studies), "--background"],
        cwd=ROOT,
        env=environment,
        check=True,
    )
    run = finished_run()
    assert (run.status, run.seen, run.created, run.failed) == ("succeeded", 2, 2, 0)
    found = client.get("/api/v1/trials", {"q": "lymphoma"}).json()
    assert sorted(entry["registrations"][0]["id"] for entry in found["results"]) == [
        "NCT99000001",
        "NCT99000002",
    ]


def test_background_import_without_a_broker_fails_at_once(
    environment: dict[str, str], tmp_path: Path
) -> None:
    scheme = environment["CELERY_BROKER_URL"].partition("://")[0]
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "manage.py", "import_trials", "ctgov", "--background"],
        cwd=ROOT,
        env=environment | {"CELERY_BROKER_URL": f"{scheme}://127.0.0.1:9//"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert time.monotonic() - began < 10
