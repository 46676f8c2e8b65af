"""The daily import of a running site: made due, followed, and what came of it."""

from contextlib import closing, suppress

import psycopg2
from celery import Celery

from tests.drills.site import Site
from tests.drills.waiting import promise, wait_for


def begin(site: Site) -> int:
    """Today's sweep has not been yet, says the database; the number of the run once it asks the registry."""
    site.sql("UPDATE importers_importrun SET created_at = created_at - interval '2 days'")
    send(site, "importers.tasks.sweep_due")
    wait_for(lambda: bool(_asking(site)), "an import asks the registry")
    return _asking(site)[0]


def send(site: Site, task: str) -> None:
    with closing(Celery(broker=site.broker)) as app:
        app.send_task(task, queue="trialfinder", retry=False)


def until_ended(site: Site, run: int) -> float:
    """Seconds until the run has succeeded, whoever drove it. Raises `NotWellError`."""
    seconds = wait_for(lambda: status(site, run) not in ("queued", "running", ""), "the import ends")
    promise(status(site, run) == "succeeded", f"the import was {status(site, run)}: {_error(site, run)}")
    promise(unfinished(site) == 0, "a second import was begun")
    return seconds


def status(site: Site, run: int) -> str:
    """Empty while the database does not answer."""
    with suppress(psycopg2.Error):
        return str(site.sql(f"SELECT status FROM importers_importrun WHERE id = {run}")[0][0])  # noqa: S608
    return ""


def _asking(site: Site) -> list[int]:
    running = "SELECT id FROM importers_importrun WHERE status = 'running' AND requests > 0"
    return [row[0] for row in site.sql(running)]


def unfinished(site: Site) -> int:
    return int(site.sql("SELECT count(*) FROM importers_importrun WHERE finished_at IS NULL")[0][0])


def _error(site: Site, run: int) -> str:
    return str(site.sql(f"SELECT error FROM importers_importrun WHERE id = {run}")[0][0])  # noqa: S608


def forget(site: Site) -> int:
    """The newest run waits again, and its message was lost: only the clock's `take_over` finds it."""
    waits = "status = 'queued', stage = 'fetching', lease = NULL, heartbeat_at = NULL, finished_at = NULL"
    fresh = "requests = 0, pages = 0, created_at = now() - interval '1 hour'"
    newest = "(SELECT max(id) FROM importers_importrun)"
    query = f"UPDATE importers_importrun SET {waits}, {fresh} WHERE id = {newest} RETURNING id"  # noqa: S608
    return int(site.sql(query)[0][0])
