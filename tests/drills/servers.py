"""Servers of an operator's, which the site does not start itself, and which can be stopped and started."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol, TypeVar

from tests.drills import machine
from tests.drills.site import Site
from tests.drills.waiting import listens, wait_for
from tests.workers import free_port
from trialfinder import embedded
from trialfinder.embedded import postgres, valkey

RABBITMQ = "/usr/lib/rabbitmq/bin/rabbitmq-server"
"""Debian's program itself: the one on the path becomes another user, who may not write here."""


class Server(Protocol):
    url: str

    def start(self) -> None: ...

    def stop(self) -> None: ...


class Postgres:
    """That of a prepared site which does not run."""

    def __init__(self, site: Site) -> None:
        self.folder, self.settings, self.url = site.data_dir, site.database, site.database_url()

    def start(self) -> None:
        postgres.use(self.folder)

    def stop(self) -> None:
        """As `systemctl stop` does: no new connections, those that there are end at once."""
        noted = self.folder / f"pg{embedded.POSTGRES_MAJOR}/postmaster.pid"
        pid = int(noted.read_text().split()[0])
        machine.send([pid], signal.SIGINT)
        wait_for(lambda: not machine.lives(pid), "PostgreSQL ends")
        postgres.release(self.folder)


class Valkey:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.url = embedded.valkey_url(folder)

    def start(self) -> None:
        valkey.start(self.folder)

    def stop(self) -> None:
        valkey.stop(self.folder)


class RabbitMQ:
    """A node of its own in a folder, on a port of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"amqp://guest:guest@127.0.0.1:{self.port}//"
        self.program: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.folder.mkdir(exist_ok=True)
        words = {
            "HOME": str(self.folder),
            "RABBITMQ_NODENAME": f"drill{self.port}@localhost",
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODE_PORT": str(self.port),
            "RABBITMQ_DIST_PORT": str(free_port()),
            "RABBITMQ_MNESIA_BASE": str(self.folder),
            "RABBITMQ_LOG_BASE": str(self.folder),
            "RABBITMQ_CONFIG_FILE": str(self.folder / "none"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self.folder / "plugins"),
        }
        self.program = subprocess.Popen(
            [RABBITMQ], env=os.environ | words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        wait_for(lambda: listens(self.port), "RabbitMQ answers")

    def stop(self) -> None:
        assert self.program is not None
        self.program.terminate()
        self.program.wait(60)


Kind = TypeVar("Kind", bound=Server)


@contextmanager
def serving(server: Kind) -> Iterator[Kind]:
    server.start()
    try:
        yield server
    finally:
        server.stop()
