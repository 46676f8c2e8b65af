"""Imports as people and the clock ask for them. Commands, tasks and the desk call these."""

import logging
import zlib
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from importers.models import ImportProblem, ImportRun
from importers.pipeline.stages import Share, carry_out, share_with_none
from importers.pipeline.turns import carry_out_in_turn
from importers.registries import adapters, over_network
from importers.registries.base import Sweeping
from importers.runs import circuit_breaker, lease, sample_data, schedule
from trialfinder.environment import Mode

__all__ = [
    "carry_out",
    "carry_out_in_turn",
    "ensure_catalogue",
    "next_in_turn",
    "queue",
    "retry",
    "sweep",
    "sweep_due",
    "to_take_over",
]

logger = logging.getLogger(__name__)
Source, Status, Trigger = ImportRun.Source, ImportRun.Status, ImportRun.Trigger
FORGOTTEN = timedelta(minutes=2)
"""A queued run that no worker has begun after so long has lost its message, or had to wait for another."""


def queue(registry: str, source: str, **options: Any) -> ImportRun:
    """Write down an import to be carried out, here or by a worker.

    `options` are columns of `ImportRun`: `origin` (path of files), `dry_run`, `only_ids`, `trigger`,
    `started_by`.
    """
    return ImportRun.objects.create(registry=registry, source=source, **options)


def sweep(registry: str, trigger: str = Trigger.SCHEDULE, share: Share = share_with_none) -> ImportRun:
    """Read everything a registry has for us."""
    return _sweep(queue(registry, Source.REGISTRY, trigger=trigger), share)


def _sweep(run: ImportRun, share: Share) -> ImportRun:
    run = carry_out(run.pk, share=share)
    if run.error:
        logger.warning("%s", run.error)
    elif run.finished_at:
        words = "%s was read: %d records, %d new, %d changed, %d failed."
        logger.info(words, run.get_registry_display(), run.seen, run.created, run.updated, run.failed)
    return run


def sweep_due(share: Share = share_with_none) -> bool:
    """Begin every sweep whose hour has come; whether another one is due already."""
    for registry in over_network():
        if run := _queue_if_due(registry):
            _sweep(run, share)
    return any(schedule.is_due(registry) for registry in over_network())


@transaction.atomic
def _queue_if_due(registry: str) -> ImportRun | None:
    """A sweep that is due, written down by one worker only."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [zlib.crc32(f"schedule {registry}".encode())])
    if not schedule.is_due(registry):
        return None
    return queue(registry, Source.REGISTRY, trigger=Trigger.SCHEDULE)


def ensure_catalogue(share: Share = share_with_none) -> None:
    """On an empty catalogue sweep the registries; where that fails show sample records meanwhile.

    A public site (DEBUG=0) shows no sample records, and removes those of an earlier start with another DEBUG.
    """
    public = settings.MODE is Mode.PRODUCTION
    if public and sample_data.has_sample():
        sample_data.remove_sample()
    swept = [slug for slug, one in adapters().items() if isinstance(one.network, Sweeping)]
    if not sample_data.is_empty() or any(map(_is_busy, swept)):
        return
    for registry in swept:
        waiting = ImportRun.objects.filter(registry=registry, status=Status.HELD)
        if not circuit_breaker.is_open(registry) and not waiting.exists():
            sweep(registry, Trigger.START, share=share)
    if public:
        return
    if sample_data.is_empty() and not sample_data.has_sample() and not any(map(_is_busy, swept)):
        logger.warning("Meanwhile sample records are shown, marked as such on every page.")
        for registry, one in adapters().items():
            if one.sample:
                carry_out(queue(registry, Source.SAMPLE, trigger=Trigger.START).pk)


def _is_busy(registry: str) -> bool:
    running = ImportRun.objects.filter(registry=registry, status=Status.RUNNING)
    return any(not lease.is_dead(run) for run in running)


def to_take_over() -> list[int]:
    """Runs whose driver or message was lost, or whose turn has come: a worker has to continue them."""
    running = ImportRun.objects.filter(status=Status.RUNNING)
    lost = [run.pk for run in running if lease.is_dead(run)]
    due = [
        next_in_turn(registry, before=timezone.now() - FORGOTTEN)
        for registry in adapters()
        if not _is_busy(registry)
    ]
    return lost + [run_id for run_id in due if run_id is not None]


def next_in_turn(registry: str, before: datetime | None = None) -> int | None:
    """The run of a registry that has been queued longest (since `before` then).

    One that a person waits for at a terminal is left to that terminal. One that a wrong clock dated ahead
    has been forgotten like an old one.
    """
    now = timezone.now()
    waiting = ImportRun.objects.filter(registry=registry, status=Status.QUEUED)
    waiting = waiting.exclude(heartbeat_at__range=(now - lease.LEASE, now + lease.LEASE))
    if before:
        waiting = waiting.filter(Q(created_at__lt=before) | Q(created_at__gt=now + FORGOTTEN))
    return waiting.order_by("created_at", "pk").values_list("pk", flat=True).first()


@transaction.atomic
def retry(problems: Iterable[ImportProblem], **options: Any) -> ImportRun | None:
    """Queue another try at records that failed: asked for by id, or read again from the kept copies.

    All problems are of one run. None where none of them names a record.
    """
    named = [problem for problem in problems if problem.registry_id and not problem.minor]
    if not named:
        return None
    failed_in = named[0].run
    source = Source.REGISTRY if _can_ask(failed_in) else Source.REPARSE
    run = queue(failed_in.registry, source, only_ids=_ids(named), **options)
    ImportProblem.objects.filter(pk__in=[problem.pk for problem in named]).update(retried_in=run)
    return run


def _can_ask(run: ImportRun) -> bool:
    return run.registry in over_network() and run.source == Source.REGISTRY


def _ids(problems: Sequence[ImportProblem]) -> list[str]:
    return list(dict.fromkeys(problem.registry_id[:40] for problem in problems))
