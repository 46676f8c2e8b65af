"""Real workers for tests: programs of their own, on the test's database and a broker of their own."""

import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from django.db import connection
from kombu import Connection
from kombu.exceptions import OperationalError

from tests.drills import machine
from trialfinder import embedded
from trialfinder.celery import app
from trialfinder.embedded import valkey

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 420.0
"""Seconds. A lost driver or message is noticed within two minutes (`lease.LEASE`, `start.FORGOTTEN`), and the
run that follows takes its time on a busy machine."""
CHANCE = random.Random(7)  # noqa: S311


def database_url() -> str:
    """The test's database, as another program is told of it."""
    database = connection.settings_dict
    login = f"{quote(database['USER'])}:{quote(database['PASSWORD'])}@{quote(database['HOST'], safe='')}"
    return f"postgres://{login}:{database['PORT'] or 5432}/{database['NAME']}"


class Workers:
    """A broker, and the workers that are told to hang on it."""

    def __init__(self, folder: Path, registry_url: str) -> None:
        self.folder = folder
        self.running: list[subprocess.Popen[bytes]] = []
        self.broker = embedded.valkey_url(folder)
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "trialfinder.settings",
            "DATABASE_URL": database_url(),
            "CELERY_BROKER_URL": self.broker,
            "CTGOV_API_URL": registry_url,
            "REGISTRY_MIN_INTERVAL": "0",
        }

    def start(self) -> None:
        """One more worker, with two processes of work, in a session of its own."""
        worker = subprocess.Popen(
            [sys.executable, "-m", "trialfinder.launch", "worker"],
            cwd=ROOT,
            env=self.environment,
            start_new_session=True,
            stderr=subprocess.DEVNULL,
        )
        self.running.append(worker)

    def keep(self) -> None:
        """Start a worker again that ended by itself, as the launcher, systemd and compose do.

        Celery's does when it loses its broker at a bad moment (kombu 5.7: `'NoneType' object has no attribute
        'hostname'` while it closes its channel), in about one of ten outages.
        """
        for worker in [worker for worker in self.running if worker.poll() is not None]:
            self.kill(worker)
            self.start()

    def kill(self, worker: subprocess.Popen[bytes]) -> None:
        """SIGKILL, to the worker and everything it started."""
        with suppress(ProcessLookupError):
            os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
        self.running.remove(worker)

    def kill_child(self) -> None:
        """SIGKILL to a process that does the only worker's tasks, as soon as there is one."""
        wait_for(lambda: self.running[0].poll() is not None or bool(machine.children(self.running[0].pid)))
        with suppress(ProcessLookupError, FileNotFoundError, IndexError):
            os.kill(CHANCE.choice(machine.children(self.running[0].pid)), signal.SIGKILL)
        self.keep()  # one that has not got going yet gives up

    def ask(self, task: str, *arguments: object) -> None:
        """Send a task; nothing happens where the broker is gone."""
        with suppress(OperationalError), Connection(self.broker) as broker:
            app.send_task(f"importers.tasks.{task}", arguments, connection=broker, retry=False)

    def go_on(self) -> None:
        """What a site does now and then: keeps its workers, and asks for what was left lying."""
        self.keep()
        self.ask("take_over")

    def stop(self) -> None:
        for worker in list(self.running):
            self.kill(worker)


@contextmanager
def workers(folder: Path, registry_url: str) -> Iterator[Workers]:
    """A broker in the folder, no worker yet; everything is gone afterwards."""
    valkey.start(folder)
    ours = Workers(folder, registry_url)
    try:
        yield ours
    finally:
        ours.stop()
        valkey.stop(folder)


def wait_for(happened: Callable[[], bool], often: Callable[[], object] = lambda: None) -> None:
    """Wait until it has happened; `often` is done now and then meanwhile."""
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline, "it did not happen"
        often()
        time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
