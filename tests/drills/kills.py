"""Every process of a running site is killed, then asked to end, one after the other."""

import signal
from collections.abc import Callable, Iterator
from functools import partial

from tests.drills import machine
from tests.drills.folders import Folders
from tests.drills.outcome import Outcome, strike
from tests.drills.site import Site, running
from tests.drills.waiting import happens, promise

LONGEST_END = 10.0
PROCESSES: dict[str, Callable[[Site], int]] = {
    "a web worker": lambda site: machine.children(site.part("web"))[0],
    "the web master": lambda site: site.part("web"),
    "a process of the worker": lambda site: machine.children(site.part("worker"))[-1],
    "the worker": lambda site: site.part("worker"),
    "beat": lambda site: site.part("beat"),
    "watch": lambda site: site.part("watch"),
    "a connection of PostgreSQL": lambda site: backend(site),
    "PostgreSQL": lambda site: site.postmaster(),
    "Valkey": lambda site: site.queue(),
}


def kill(folders: Folders) -> Iterator[Outcome]:
    yield from blows(folders, signal.SIGKILL)


def terminate(folders: Folders) -> Iterator[Outcome]:
    yield from blows(folders, signal.SIGTERM)


def blows(folders: Folders, number: signal.Signals) -> Iterator[Outcome]:
    with running(folders.filled()) as site:
        for name, find in PROCESSES.items():
            pid = find(site)
            yield strike(site, f"{number.name} to {name}", partial(end, pid, number), importing=True)
        restart = partial(launcher, site, number)
        yield strike(site, f"{number.name} to the launcher, started again", restart, importing=True)


def end(pid: int, number: signal.Signals) -> None:
    """A process of the worker hears SIGTERM from the worker alone, and need not end."""
    machine.send([pid], number)
    happens(lambda: not machine.lives(pid), LONGEST_END)


def launcher(site: Site, number: signal.Signals) -> None:
    """As systemd does: it is started again as soon as it has ended."""
    assert site.program is not None
    site.program.send_signal(number)
    code = site.program.wait(60)
    promise(number is signal.SIGKILL or code == 0, f"its end was {code}")
    site.start()


def backend(site: Site) -> int:
    """The process of PostgreSQL that serves somebody of the site."""
    [(pid,)] = site.sql(
        "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'"
        " AND pid <> pg_backend_pid() ORDER BY query_start DESC LIMIT 1"
    )
    return int(pid)
