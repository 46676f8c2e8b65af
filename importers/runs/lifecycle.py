"""The life of an `ImportRun`, and what the public sees of it in `RegistrySource`.

    queued -> running -> succeeded | partial | failed | held | cancelled;  held -> queued (released) | failed

Every step is one conditional statement: a run that was cancelled or taken over stays as it is.
"""

from datetime import timedelta
from typing import Any

from django.db import IntegrityError, OperationalError, transaction
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import override

from importers.models import ImportRun, RecordChange, RunPage
from importers.runs import guards, lease
from importers.runs.sample_data import remove_sample
from trialfinder.version import code_version
from trials.models import RegistrySource

Source, Status, Stage = ImportRun.Source, ImportRun.Status, ImportRun.Stage
MAX_TAKEOVERS = 5
"""A run whose driver was lost so often kills its drivers: it is not tried again."""
EXPECTED_EVERY = timedelta(hours=36)
"""A registry swept daily without a good reading for so long is late."""
INTERRUPTED = "The import was interrupted."


class TooLateError(Exception):
    """The run is being published now, or is over."""


def note(run: ImportRun, **columns: Any) -> None:
    """Write some columns of a run, in the database and in hand, and nothing else of it."""
    ImportRun.objects.filter(pk=run.pk).update(**columns)
    for name, value in columns.items():
        setattr(run, name, value)


def begin(run: ImportRun) -> bool:
    """Let a queued run start, or one go on whose driver was lost; False where another import is running."""
    if run.status == Status.RUNNING:
        return _go_on(run)
    _bury_dead(run.registry)
    now = timezone.now()
    try:
        with transaction.atomic():
            fresh = {"status": Status.RUNNING, "started_at": run.started_at or now, "heartbeat_at": now}
            note(run, **fresh, error="", finished_at=None, code_version=code_version())
    except IntegrityError:  # the constraint one_running_import
        run.status = Status.QUEUED
        return False
    source, _ = RegistrySource.objects.update_or_create(
        registry=run.registry,
        defaults={"importing_since": now, "last_tried_at": now, "progress_done": 0, "progress_total": 0},
    )
    if run.source == Source.REGISTRY and source.expected_by is None:  # swept from now on
        source.expected_by = now + EXPECTED_EVERY
        source.save(update_fields=["expected_by"])
    return True


def _go_on(run: ImportRun) -> bool:
    note(run, takeovers=run.takeovers + 1)
    if run.takeovers > MAX_TAKEOVERS:
        fail(run, f"{INTERRUPTED} That was {run.takeovers} times in a row.")
        return False
    return True


def _bury_dead(registry: str) -> None:
    """Close a run that no process works on any more, so that the next can begin.

    One that is being published keeps its row locked: it lives, however long ago it said so.
    """
    with transaction.atomic():
        running = ImportRun.objects.filter(registry=registry, status=Status.RUNNING)
        for other in running.select_for_update(skip_locked=True):
            if lease.is_dead(other):
                fail(other, INTERRUPTED)


def report(run: ImportRun, done: int, total: int | None) -> None:
    """Tell the public how many records have been fetched, of how many (None where unknown)."""
    RegistrySource.objects.filter(registry=run.registry).update(
        progress_done=Greatest("progress_done", done), progress_total=total or 0
    )


def is_read(run_id: int) -> bool:
    """Whether every page of a running run is fetched and read: time to publish."""
    fetched = ImportRun.objects.filter(pk=run_id, status=Status.RUNNING, stage=Stage.READING)
    return fetched.exists() and not RunPage.objects.filter(run=run_id, read_at=None).exists()


def fail(run: ImportRun, error: str) -> None:
    """Close the run as failed; `error` is shown to people as it is."""
    _close(run, Status.FAILED, error=error)


def hold(run: ImportRun) -> None:
    """Close the run until a person releases or drops it; what was fetched is kept for that."""
    with override("en"):
        reasons = [guards.words(doubt["code"], doubt["values"]) for doubt in run.doubts]
    error = " ".join([*reasons, "Nothing was changed."])
    _close(run, Status.HELD, error=error)


def release(run: ImportRun) -> bool:
    """Let a held run through: the next to carry it out publishes what was fetched. False: not held."""
    held = ImportRun.objects.filter(pk=run.pk, status=Status.HELD)
    fresh = {"created_at": timezone.now(), "finished_at": None, "error": "", "lease": None}
    released = held.update(status=Status.QUEUED, released=True, **fresh)
    run.refresh_from_db()
    return bool(released)


def drop(run: ImportRun, why: str = "Dropped by a person.") -> bool:
    """Throw away what a held run fetched. False: not held."""
    error = f"{why} It was held because: {run.error}"
    held = ImportRun.objects.filter(pk=run.pk, status=Status.HELD)
    dropped = held.update(status=Status.FAILED, error=error)
    if dropped:
        run.run_pages.all().delete()
    run.refresh_from_db()
    return bool(dropped)


def cancel(run: ImportRun, who: str) -> bool:
    """Stop a run that is not published; True where pieces of it were shown, which stay.

    Waits for a piece that is being published, as long as the session waits for locks. Raises `TooLateError`.
    """
    try:
        with transaction.atomic():
            rows = ImportRun.objects.select_for_update().filter(pk=run.pk)
            if not rows.filter(status__in=[Status.QUEUED, Status.RUNNING]).exists():
                raise TooLateError
            shown = run.run_pages.filter(published=True).exists()
            _close(run, Status.CANCELLED, error=f"Cancelled by {who}.")
    except OperationalError as error:  # still locked: all of it is being published
        raise TooLateError from error
    return shown


def finish(run: ImportRun) -> None:
    """Close a run that saw everything: failed where nothing could be taken, partial where not all."""
    taken = run.changes.filter(kind__in=[RecordChange.Kind.CREATED, RecordChange.Kind.UPDATED])
    read = run.is_crawl and run.targets.exclude(outcome="failed").exists()
    quiet = read or (not run.seen and (run.is_crawl or run.pointed))  # nothing new, or only pointers
    if run.failed == run.seen and not run.absent and not quiet and not taken.exists():
        _close(
            run, Status.FAILED, error="No record could be taken." if run.seen else "There were no records."
        )
        return
    if not run.dry_run and run.source != Source.SAMPLE:
        remove_sample()
    _close(run, Status.PARTIAL if run.failed else Status.SUCCEEDED)
    if run.source == Source.REGISTRY and not run.dry_run and not run.only_ids:
        for older in ImportRun.objects.filter(registry=run.registry, status=Status.HELD, pk__lt=run.pk):
            drop(older, f"Overtaken by import {run.pk}.")


def refuse(run: ImportRun, error: str) -> None:
    """Close a run that never started: another one has the registry. What the public sees stays."""
    queued = ImportRun.objects.filter(pk=run.pk, status=Status.QUEUED)
    queued.update(status=Status.FAILED, error=error, finished_at=timezone.now())
    run.refresh_from_db()


def _close(run: ImportRun, status: str, *, error: str = "") -> None:
    now = timezone.now()
    alive = ImportRun.objects.filter(pk=run.pk, status__in=[Status.QUEUED, Status.RUNNING])
    columns = {"status": status, "error": error, "finished_at": now, "lease": None}
    if not alive.update(**columns):
        return
    run.refresh_from_db()
    if status != Status.HELD:
        run.run_pages.all().delete()
        run.uploads.all().delete()
    if run.started_at:  # one that only waited tells nothing of the registry, and another may be running
        RegistrySource.objects.filter(registry=run.registry).update(**_news(run))


def _news(run: ImportRun) -> dict[str, object]:
    """What the public learns from a run that has ended."""
    news: dict[str, object] = {"importing_since": None}
    complete = not run.dry_run and not run.only_ids
    if run.source == Source.REGISTRY and complete and run.status != Status.CANCELLED:
        news["last_error"] = run.error if run.status == Status.FAILED else ""
    if not complete or run.finished_at is None or run.status not in (Status.SUCCEEDED, Status.PARTIAL):
        return news
    if run.source == Source.REGISTRY:
        news |= {
            "last_good_at": run.finished_at,
            "data_timestamp": run.data_timestamp,
            "expected_by": run.finished_at + EXPECTED_EVERY,
        }
    elif run.source in (Source.FILES, Source.UPLOAD) and run.seen > run.failed:  # not mere pointers
        news["files_at"] = run.finished_at
    return news
