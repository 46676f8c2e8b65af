"""Who drives a run: one process at a time, and never a dead one for long. PostgreSQL decides.

The driver holds two things: the run's `lease` with a heartbeat, and a session lock of PostgreSQL on its
registry. The session lock ends with the driver's connection, so a killed process is known as dead at once;
the heartbeat tells of a machine that fell off the network and left its connection open.
"""

import time
import uuid
import zlib
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from importers.models import ImportRun

Status = ImportRun.Status

LEASE = timedelta(seconds=60)
"""A driver without a heartbeat for so long has lost its run."""
RENEW_SECONDS = 5.0


class LeaseLostError(Exception):
    """The run was cancelled, or another process drives it now: stop, and write nothing more."""


class Lease:
    """One process's right to drive one run. Kept alive by `renew` between any two steps of work."""

    def __init__(self, run: ImportRun, token: uuid.UUID) -> None:
        self.run_id = run.pk
        self.registry = run.registry
        self.token = token
        self._renewed_at = time.monotonic()

    def renew(self) -> None:
        """Give a sign of life, if the last one is a while ago. Raises `LeaseLostError`."""
        if time.monotonic() - self._renewed_at < RENEW_SECONDS:
            return
        self.check()

    def check(self) -> None:
        """Give a sign of life now. Raises `LeaseLostError`."""
        held = ImportRun.objects.filter(pk=self.run_id, lease=self.token, status=Status.RUNNING)
        if not say_alive(held) and not held.exists():
            raise LeaseLostError
        self._renewed_at = time.monotonic()

    def give_back(self) -> None:
        """Let others drive; nothing happens where the lease is lost already."""
        ImportRun.objects.filter(pk=self.run_id, lease=self.token).update(lease=None)
        _unlock(self.registry)


def acquire(run_id: int) -> Lease | None:
    """The right to drive a queued run, or one whose driver gave up or died; None where there is none to get.

    A run that is being published keeps its row locked: that is a sign of life too.
    """
    with transaction.atomic():
        rows = ImportRun.objects.select_for_update(skip_locked=True)
        run = rows.filter(pk=run_id, status__in=[Status.QUEUED, Status.RUNNING]).first()
        if run is None:
            return None
        free = _try_lock(run.registry)
        if not free and not _is_lost(run.registry):
            return None
        token = new_token()
        run.lease, run.heartbeat_at = token, timezone.now()
        run.save(update_fields=["lease", "heartbeat_at"])
    return Lease(run, token)


def say_alive(runs: QuerySet[ImportRun]) -> bool:
    """Give a sign of life of these; False where there is none, or none that is not being published.

    Whoever publishes a piece of a run has its row locked, which is a sign of life too: nobody waits for it.
    """
    with transaction.atomic():
        free = list(runs.select_for_update(skip_locked=True).values_list("pk", flat=True))
        return bool(ImportRun.objects.filter(pk__in=free).update(heartbeat_at=timezone.now()))


def new_token() -> uuid.UUID:
    """What a lease is known by."""
    return uuid.uuid4()


def is_dead(run: ImportRun) -> bool:
    """Whether no process works on a running run any more."""
    if _is_stale(run):
        return True
    if run.lease is None or not _try_lock(run.registry):
        return False
    _unlock(run.registry)
    return True


def _is_lost(registry: str) -> bool:
    """Whether the registry's lock belongs to a driver that has long given no sign of life."""
    running = ImportRun.objects.filter(registry=registry, status=Status.RUNNING).first()
    return running is not None and _is_stale(running)


def _is_stale(run: ImportRun) -> bool:
    """Also where the last sign of life lies ahead: a clock was wrong then, and nobody speaks now."""
    return run.heartbeat_at is None or abs(run.heartbeat_at - timezone.now()) > LEASE


def lock_key(registry: str) -> int:
    """The number PostgreSQL knows a registry's lock by."""
    return zlib.crc32(f"import {registry}".encode())


def _try_lock(registry: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [lock_key(registry)])
        return bool(cursor.fetchone()[0])


def _unlock(registry: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(%s)", [lock_key(registry)])
