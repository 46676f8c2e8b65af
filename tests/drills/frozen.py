"""Processes that stand still for a while and then go on: a machine that slept, a server that hangs."""

import signal
import time
from collections.abc import Iterator
from functools import partial

from tests.drills import machine
from tests.drills.folders import Folders
from tests.drills.outcome import Outcome, strike
from tests.drills.site import Site, running
from tests.drills.waiting import promise

NIGHT = 75.0
"""Seconds that the machine sleeps: longer than the driver of an import may be silent (`lease.LEASE`)."""
HANG = 20.0
"""Seconds that one server hangs: longer than anybody waits for it."""


def sleep(folders: Folders) -> Iterator[Outcome]:
    with running(folders.filled()) as site:
        whole = partial(machine.of_folder, site.data_dir)
        yield strike(site, f"the machine sleeps {NIGHT:.0f} s", partial(stop, whole(), NIGHT), importing=True)
        for name, pids in {
            "PostgreSQL": [site.postmaster(), *machine.children(site.postmaster())],
            "Valkey": [site.queue()],
            "the worker": [site.part("worker"), *machine.children(site.part("worker"))],
            "a web worker": machine.children(site.part("web"))[:1],
        }.items():
            yield strike(site, f"{name} hangs {HANG:.0f} s", partial(stop, pids, HANG), importing=True)
            promise(len(queues(site)) == 1, f"{len(queues(site))} queues in one folder")


def stop(pids: list[int], seconds: float) -> float:
    """The moment at which they go on."""
    machine.send(pids, signal.SIGSTOP)
    time.sleep(seconds)
    machine.send(pids, signal.SIGCONT)
    return time.monotonic()


def queues(site: Site) -> list[str]:
    titles = [machine.title(pid) for pid in machine.of_folder(site.data_dir) if machine.lives(pid)]
    return [title for title in titles if "valkey-server" in title]
