"""The way of the data: raw copies in, trials out.

    collect (registry, files, kept copies -> RunPage) -> reading (parse, classify) -> publish (load, compose)

One process drives a run (`importers.runs.lease`): it fetches. Every stored page may be read by any
process: the driver itself, or workers on any machine, each page once. The process that ends last publishes;
a row lock in the database decides which one that is. Each stage may be repeated, so a killed process costs
time and nothing else.
"""

import gc
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import Error as DatabaseFailure
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from importers.http.errors import RegistryError
from importers.models import ImportRun, RunPage
from importers.pipeline.collect import collect
from importers.pipeline.publish import publish, publish_piece
from importers.pipeline.read import read
from importers.runs import lifecycle
from importers.runs.lease import Lease, LeaseLostError, acquire, say_alive

logger = logging.getLogger(__name__)
Status, Stage = ImportRun.Status, ImportRun.Stage
Share = Callable[[int], None]
"""Offers a page, by its id, to other workers."""
Progress = Callable[[int, int | None], None]
"""Called with how many records have been read, and of how many; for a progress bar."""


def share_with_none(_page_id: int) -> None:
    """No other workers: a person waits at a terminal."""


def silent(_done: int, _total: int | None) -> None:
    """Nobody watches."""


def carry_out(
    run_id: int, *, share: Share = share_with_none, progress: Progress = silent, patient: bool = False
) -> ImportRun:
    """Do a queued run, or go on with one whose driver was lost. A finished one is left alone.

    Where another import of the registry runs, a `patient` one stays queued, any other is refused.
    """
    lease = acquire(run_id)
    run = ImportRun.objects.get(pk=run_id)
    if lease is None:
        return _put_off(run, patient=patient)
    with _rarely_collecting(), _driving(run, lease):
        if not lifecycle.begin(run):
            return _put_off(run, patient=patient)
        _fetch(run, lease, share)
        _read(run, lease, progress)
        publish(run_id)  # unless others still read
    finish_if_last(run_id)
    run.refresh_from_db()
    return run


@contextmanager
def _rarely_collecting() -> Iterator[None]:
    """An import makes millions of objects and hardly a cycle: looking for some takes a tenth of its time."""
    usual = gc.get_threshold()
    gc.set_threshold(100_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _put_off(run: ImportRun, *, patient: bool) -> ImportRun:
    """What becomes of a run that cannot be done now. Only a queued one is refused."""
    if run.status == Status.QUEUED and not patient:
        lifecycle.refuse(run, f"Another import of {run.registry} is running.")
    return run


@contextmanager
def _driving(run: ImportRun, lease: Lease) -> Iterator[None]:
    """Ends the run in plain words where it breaks off, and gives the lease back.

    Not where the database is away, when nothing can be written, nor where this worker has to stop
    (`SystemExit`): with our connection the lock on the registry ends, so the next process that looks finds a
    run whose driver is dead, and continues it.
    """
    try:
        yield
    except DatabaseFailure:
        connection.close()
        raise
    except SystemExit:
        raise
    except LeaseLostError:
        logger.info("Import %d is no longer ours.", run.pk)
    except RegistryError as error:
        lifecycle.fail(run, str(error))
    except BaseException as error:
        lifecycle.fail(run, f"The import broke off: {type(error).__name__}: {error}")
        lease.give_back()
        raise
    lease.give_back()


def _fetch(run: ImportRun, lease: Lease, share: Share) -> None:
    if run.stage == Stage.FETCHING:
        collect(run, lease, lambda page: share(page.pk))
        lifecycle.note(run, stage=Stage.READING)


def _read(run: ImportRun, lease: Lease, progress: Progress) -> None:
    """Read every page that no other process is reading."""
    done = 0
    while page := _read_one_of(RunPage.objects.filter(run=run)):
        done += page.records
        progress(done, run.total)
        lease.check()
        publish_piece(run)


def _read_one_of(pages: QuerySet[RunPage]) -> RunPage | None:
    """Read the first of these that is not read and not being read.

    Its row stays locked meanwhile: a killed process lets go of it at once.
    """
    with transaction.atomic():
        unread = pages.filter(read_at=None, run__status=Status.RUNNING).select_related("run")
        page = unread.select_for_update(skip_locked=True, of=("self",)).order_by("number").first()
        if page is None:
            return None
        reading = read(page.run, page.items())
        page.reading, page.ids, page.read_at = reading.packed(), reading.ids, timezone.now()
        page.problems = len(reading.problems)
        page.save(update_fields=["reading", "ids", "read_at", "problems"])
        return page


def help_with(page_id: int) -> None:
    """What another worker does: read a page it was offered, and publish what was only waiting for that."""
    if page := _read_one_of(RunPage.objects.filter(pk=page_id)):
        say_alive(ImportRun.objects.filter(pk=page.run_id, status=Status.RUNNING))
        publish_piece(page.run)
        finish_if_last(page.run_id)


def finish_if_last(run_id: int) -> None:
    """Publish the run if all is read and no process drives it. Called after every piece of work on it."""
    if not lifecycle.is_read(run_id):
        return
    lease = acquire(run_id)
    if lease is None:
        return
    run = ImportRun.objects.get(pk=run_id)
    with _driving(run, lease):
        publish(run_id)
