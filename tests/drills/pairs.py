"""Two of what there should be one of, and two of what there may be several of."""

import signal
import time
from collections.abc import Iterator
from functools import partial

from tests import proxy
from tests.drills import imports, machine
from tests.drills.alone import beside
from tests.drills.folders import Folders
from tests.drills.outcome import Outcome, strike
from tests.drills.restarts import on
from tests.drills.servers import Postgres, Valkey, serving
from tests.drills.site import Site, running
from tests.drills.waiting import listens, promise, wait_for
from tests.workers import free_port
from trialfinder import timetable

TOGETHER = 65.0
"""Seconds that two beats run: each sends every 30 seconds what the other sends too."""


def beats(folders: Folders) -> Iterator[Outcome]:
    """Whatever a beat sends comes twice, and is done once."""
    with running(folders.filled()) as site, beside(site, "beat", folders.folder()) as second:
        before = sweeps(site)
        outcome = strike(site, f"two beats for {TOGETHER:.0f} s, each task sent twice", partial(twice, site))
        promise(second.runs(), "the second beat ended")
        made = sweeps(site) - before
        promise(made == 1, f"{made} imports where one was due")
        yield outcome


def twice(site: Site) -> float:
    site.sql("UPDATE importers_importrun SET created_at = created_at - interval '2 days'")
    for entry in timetable.TASKS.values():
        for _ in range(2):
            imports.send(site, entry["task"])
    time.sleep(TOGETHER)
    wait_for(lambda: imports.unfinished(site) == 0, "the import ends")
    return time.monotonic()


def sweeps(site: Site) -> int:
    query = "SELECT count(*) FROM importers_importrun WHERE registry = 'ctgov' AND source = 'registry'"
    return int(site.sql(query)[0][0])


def launchers(folders: Folders) -> Iterator[Outcome]:
    with running(folders.filled()) as site:
        yield strike(site, "a second launcher on the folder", partial(refused, site), importing=True)
    site = folders.new_one()
    began = time.monotonic()
    both = [site.launch(), site.launch()]
    wait_for(lambda: any(one.poll() is not None for one in both), "one of two launchers gives way")
    site.program = next(one for one in both if one.poll() is None)
    site.until_well()
    seconds = time.monotonic() - began
    promise(site.stop() == 0, "the launcher that stayed did not end well")
    yield Outcome("two launchers at once on an empty folder", seconds=seconds, notes="one gives way")


def refused(site: Site) -> None:
    second = site.launch()
    promise(second.wait(60) == 1, "a second launcher was not refused")


def scale(folders: Folders) -> Iterator[Outcome]:
    """Two webs behind the proxy of docker-compose.yml and two workers; one of each is lost."""
    if not proxy.CADDY.exists():
        yield Outcome("two webs and two workers", skipped="no Caddy for this kind of machine")
        return
    port, home = free_port(), folders.folder()
    home.mkdir()
    with (
        serving(Postgres(folders.filled())) as database,
        serving(Valkey(folders.folder())) as broker,
        running(on(folders, database, broker)) as site,
        beside(site, "web", folders.folder()) as web,
        beside(site, "worker", folders.folder()) as worker,
        proxy.serving(["127.0.0.1"], port, [site.port, web.port], home),
    ):
        wait_for(web.is_ready, "the second web is ready")
        wait_for(lambda: workers(site) == 2, "both workers are seen")
        wait_for(lambda: listens(port), "the proxy answers")
        site.address = f"http://127.0.0.1:{port}"
        kill_web = partial(machine.send, [site.part("web")], signal.SIGKILL)
        yield strike(site, "two webs and two workers: SIGKILL to a web master", kill_web, importing=True)
        yield strike(site, "a worker is lost for good", worker.kill, importing=True)
        yield strike(site, "a web is lost for good", web.kill, importing=True)


def workers(site: Site) -> int:
    """Those that spoke within the last three minutes."""
    seen = "SELECT count(*) FROM importers_workerseen WHERE at > now() - interval '3 minutes'"
    return int(site.sql(seen)[0][0])
