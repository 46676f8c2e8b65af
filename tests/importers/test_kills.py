"""Workers that are killed, brokers and databases that go away: the next run leads where it should."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import repeat
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Count, Q
from django.test import Client

from importers.fake.server import Fault
from importers.models import ImportRun
from importers.pipeline import start
from importers.registries.ctgov.fake import fake_ctgov
from importers.registries.slugs import Registry
from tests.importers.sweeps import sweep
from tests.state import catalogue_state
from tests.studies import study
from tests.workers import ROOT, Workers, wait_for, workers
from trialfinder.embedded import valkey
from trials.models import Registration, Trial

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SLOWLY = repeat(Fault(wait=0.05))
WHOLE_STUDIES = "pageSize=200"
OLD = [study(f"NCT99000{number:03}") for number in range(200)]
NEW = [
    *(study(f"NCT99000{number:03}", descriptionModule={"briefSummary": "CAR T."}) for number in range(100)),
    *OLD[100:],
    *(study(f"NCT99000{number:03}") for number in range(200, 210)),
]
"""More than one page of whole studies (`fetch.PAGE_SIZE`), and no more than that needs."""
KILLS = 16
LONGEST_STEP = 0.3
"""Seconds. Somewhere within a step of a run is where its process is killed."""
OUTAGE = 2.0
"""Seconds. The broker is away for so long: a worker must have noticed. It may give its task back at once."""
CHANCE = random.Random(7)  # noqa: S311


@pytest.fixture
def states() -> tuple[str, str]:
    """The catalogue with the old and with the new studies, as undisturbed sweeps make it. It is left old."""
    sweep(OLD)
    old = catalogue_state()
    with transaction.atomic():
        sweep(NEW, day=1)
        new = catalogue_state()
        transaction.set_rollback(True)
    return old, new


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Workers]:
    with fake_ctgov(NEW, faults=SLOWLY, when=WHOLE_STUDIES) as url, workers(tmp_path, url) as ours:
        yield ours


def begin(site: Workers) -> ImportRun:
    run = start.queue(Registry.CTGOV, ImportRun.Source.REGISTRY)
    site.ask("carry_out", run.pk)
    return run


def unfinished() -> bool:
    return ImportRun.objects.filter(finished_at=None).exists()


def converge(site: Workers) -> ImportRun:
    """Let everything that was begun end, as beat would, then sweep once more."""
    wait_for(lambda: not unfinished(), often=site.go_on)
    run = begin(site)
    wait_for(lambda: not unfinished(), often=site.go_on)
    run.refresh_from_db()
    return run


def steps() -> list[tuple[Any, ...]]:
    """How far each run has come: it moves on with every answer of the registry and every page read."""
    runs = ImportRun.objects.annotate(read=Count("run_pages", filter=~Q(run_pages__reading=None)))
    return list(runs.order_by("pk").values_list("pk", "status", "stage", "requests", "pages", "read"))


def next_step(site: Workers) -> None:
    """Wait until a run has come further, or has ended."""
    before = steps()
    wait_for(lambda: not unfinished() or steps() != before, often=site.go_on)


def test_killed_workers_never_leave_half_a_run(
    site: Workers, states: tuple[str, str], client: Client
) -> None:
    assert catalogue_state() == states[0]
    site.start()
    begin(site)
    for kill in range(KILLS):
        next_step(site)
        time.sleep(CHANCE.uniform(0, LONGEST_STEP))
        if kill % 4 == 3:  # the whole worker, with all it does
            site.kill(site.running[0])
            site.start()
        else:
            site.kill_child()
        assert catalogue_state() in states
        assert client.get("/trials/").status_code == 200
        site.go_on() if unfinished() else begin(site)
    assert converge(site).status == "succeeded"
    assert catalogue_state() == states[1]
    assert Registration.objects.count() == Trial.objects.count() == len(NEW)


def test_work_goes_on_when_the_broker_was_gone(
    site: Workers, states: tuple[str, str], tmp_path: Path
) -> None:
    site.start()
    run = begin(site)
    wait_for(lambda: ImportRun.objects.get(pk=run.pk).pages > 0)
    valkey.stop(tmp_path)
    time.sleep(OUTAGE)
    assert catalogue_state() in states
    valkey.start(tmp_path)
    assert converge(site).status == "succeeded"
    assert catalogue_state() == states[1]


def test_several_workers_share_a_sweep(site: Workers) -> None:
    site.start()
    site.start()
    run = begin(site)
    wait_for(lambda: not unfinished(), often=site.go_on)
    run.refresh_from_db()
    assert (run.status, run.seen, run.takeovers) == ("succeeded", len(NEW), 0)


def test_database_that_restarts_in_the_middle_of_a_sweep(tmp_path: Path, cluster: Path) -> None:
    """A site of its own, with a PostgreSQL of its own: killed, it comes up with the next program."""
    shutil.copytree(cluster, tmp_path / "data" / cluster.name)
    requests: list[str] = []
    with fake_ctgov(NEW, faults=SLOWLY, when=WHOLE_STUDIES, requests=requests) as url:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "trialfinder.settings",
            "TRIALFINDER_DATA_DIR": str(tmp_path / "data"),
            "DATABASE_URL": "",
            "CTGOV_API_URL": url,
            "REGISTRY_MIN_INTERVAL": "0",
        }

        def manage(*words: str) -> subprocess.Popen[str]:
            return subprocess.Popen(
                [sys.executable, "manage.py", *words],
                cwd=ROOT,
                env=environment,
                text=True,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
            )

        doomed = manage("import_trials", "ctgov")
        wait_for(lambda: any(WHOLE_STUDIES in request for request in requests))
        postmaster = tmp_path / "data/pg18/postmaster.pid"
        os.kill(int(postmaster.read_text().split()[0]), signal.SIGQUIT)
        doomed.communicate(timeout=60)
        again = manage("import_trials", "ctgov")
        told = again.communicate(timeout=60)[0]
    assert (doomed.returncode, again.returncode, told) == (1, 0, told)
    assert f"{len(NEW)} seen, {len(NEW)} created" in told
