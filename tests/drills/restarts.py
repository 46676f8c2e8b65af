"""A site on servers of the operator's, which are restarted below it."""

import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tests.drills.folders import Folders
from tests.drills.outcome import Outcome, strike
from tests.drills.servers import RABBITMQ, Postgres, RabbitMQ, Server, Valkey, serving
from tests.drills.site import Site, running

AWAY = 10.0
"""Seconds that a server is away, as during an upgrade of its package."""


def servers(folders: Folders) -> Iterator[Outcome]:
    with (
        serving(Postgres(folders.filled())) as database,
        serving(Valkey(folders.folder())) as broker,
        running(on(folders, database, broker)) as site,
    ):
        yield from restarts(site, "PostgreSQL", database)
        yield from restarts(site, "Valkey", broker)


def rabbitmq(folders: Folders) -> Iterator[Outcome]:
    if not Path(RABBITMQ).exists():
        yield Outcome("restart of RabbitMQ", skipped="apt-get install rabbitmq-server")
        return
    with (
        serving(Postgres(folders.filled())) as database,
        serving(RabbitMQ(folders.folder())) as broker,
        running(on(folders, database, broker)) as site,
    ):
        yield from restarts(site, "RabbitMQ", broker)


def restarts(site: Site, name: str, server: Server) -> Iterator[Outcome]:
    yield strike(site, f"restart of the operator's {name}", partial(restart, server), importing=True)
    yield strike(site, f"{name} away for {AWAY:.0f} s", partial(restart, server, AWAY), importing=True)


def on(folders: Folders, database: Postgres, broker: Server) -> Site:
    """A site on these servers, with a folder of its own."""
    site = folders.new_one(DATABASE_URL=database.url, CELERY_BROKER_URL=broker.url)
    site.database, site.broker = database.settings, broker.url
    return site


def restart(server: Server, seconds: float = 0.0) -> float:
    server.stop()
    time.sleep(seconds)
    server.start()
    return time.monotonic()
