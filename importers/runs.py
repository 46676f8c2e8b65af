"""The life of an `ImportRun`, and what the public sees of it in `RegistrySource`."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.models.functions import Greatest
from django.utils import timezone

from importers.catalogue import remove_sample
from importers.models import ImportRun
from trials.models import RegistrySource

Source, Status = ImportRun.Source, ImportRun.Status


class AlreadyRunningError(Exception):
    """Another import of the same registry is under way."""


def lock_key(registry: str) -> int:
    """The number PostgreSQL knows a registry's lock by."""
    return zlib.crc32(f"import {registry}".encode())


@contextmanager
def exclusive(registry: str) -> Iterator[None]:
    """One import of a registry at a time, on any machine. Raises `AlreadyRunningError`.

    A PostgreSQL session lock: it ends with the connection, so a killed worker never blocks the next.
    """
    key = lock_key(registry)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
        if not cursor.fetchone()[0]:
            raise AlreadyRunningError(f"Another import of {registry} is running.")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [key])


def busy(registry: str) -> bool:
    """Whether an import of the registry is running now."""
    try:
        with exclusive(registry):
            return False
    except AlreadyRunningError:
        return True


def start(run: ImportRun) -> None:
    """Mark the run as running, and runs that died without saying so as failed."""
    dead = ImportRun.objects.filter(registry=run.registry, status=Status.RUNNING).exclude(pk=run.pk)
    dead.update(status=Status.FAILED, error="The import was interrupted.", finished_at=timezone.now())
    run.status, run.started_at, run.error = Status.RUNNING, timezone.now(), ""
    run.seen = run.created = run.updated = run.unchanged = run.failed = 0  # begun before, and interrupted
    run.save()
    RegistrySource.objects.update_or_create(
        registry=run.registry,
        defaults={
            "importing_since": run.started_at,
            "last_tried_at": run.started_at,
            "progress_done": 0,
            "progress_total": 0,
        },
    )


def report(run: ImportRun, done: int, total: int | None) -> None:
    """Tell the public how many records have been read, of how many (None where unknown).

    It never goes back: a registry's records are fetched first and taken afterwards.
    """
    RegistrySource.objects.filter(registry=run.registry).update(
        progress_done=Greatest("progress_done", done), progress_total=total or 0
    )


def fail(run: ImportRun, error: str) -> None:
    """Close the run as failed; `error` is told to people as it is."""
    _close(run, Status.FAILED, error)


def hold(run: ImportRun, reason: str) -> None:
    """Close the run until a person releases or drops it; what was fetched is kept for that."""
    _close(run, Status.HELD, reason)


def release(run: ImportRun) -> None:
    """Let a held run through: the next to carry it out takes what was fetched."""
    run.status, run.released = Status.QUEUED, True
    run.save()


def drop(run: ImportRun) -> None:
    """Throw away what a held run fetched."""
    _close(run, Status.FAILED, f"Dropped by a person. It was held because: {run.error}")


def finish(run: ImportRun) -> None:
    """Close a run that saw everything: failed where nothing could be taken, partial where not all."""
    taken = run.seen - run.failed
    if not taken:
        _close(run, Status.FAILED, "No record could be taken." if run.seen else "There were no records.")
        return
    if not run.dry_run and run.source != Source.SAMPLE:
        remove_sample()
    _close(run, Status.PARTIAL if run.failed else Status.SUCCEEDED, "")


def refuse(run: ImportRun, error: str) -> None:
    """Close a run that never started: another one has the registry. What the public sees stays."""
    run.status, run.error, run.finished_at = Status.FAILED, error, timezone.now()
    run.save()


def _close(run: ImportRun, status: str, error: str) -> None:
    run.status, run.error, run.finished_at = status, error, timezone.now()
    run.save()
    news: dict[str, object] = {"importing_since": None}
    if run.source == Source.REGISTRY:
        news["last_error"] = error
    if status != Status.HELD:
        run.run_pages.all().delete()
    if (
        status in (Status.SUCCEEDED, Status.PARTIAL)
        and not run.dry_run
        and run.source in (Source.REGISTRY, Source.FILES)
    ):
        news |= {
            "last_good_at": run.finished_at,
            "last_good_from": run.source,
            "data_timestamp": run.data_timestamp,
        }
    RegistrySource.objects.filter(registry=run.registry).update(**news)
