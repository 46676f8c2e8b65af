"""Imports of one registry are carried out one after another: how one waits for its turn at a terminal."""

import time
from collections.abc import Callable

from django.utils import timezone

from importers.models import ImportRun
from importers.pipeline.stages import Progress, carry_out, silent
from trials.models import RegistrySource

Status = ImportRun.Status
LOOK_SECONDS = 1.0
"""How often a waiting import looks whether its turn has come."""


def carry_out_in_turn(run_id: int, *, tell: Callable[[str], None], progress: Progress = silent) -> ImportRun:
    """Do a queued run once no other import of its registry runs; `tell` is called once if it must wait.

    If a worker takes the run over meanwhile, this waits until the worker ends. Giving up
    (`KeyboardInterrupt`) leaves nothing queued, except a released run: what it fetched is kept.
    """
    has_told = False
    try:
        while True:
            run = carry_out(run_id, progress=progress, patient=True)
            if run.status not in (Status.QUEUED, Status.RUNNING):
                return run
            if not has_told:
                tell(_what_is_waited_for(run))
                has_told = True
            # A sign of life: `imports.to_take_over` leaves this run to us
            ImportRun.objects.filter(pk=run_id, status=Status.QUEUED).update(heartbeat_at=timezone.now())
            time.sleep(LOOK_SECONDS)
    except KeyboardInterrupt:
        ImportRun.objects.filter(pk=run_id, status=Status.QUEUED, started_at=None).delete()
        raise


def _what_is_waited_for(run: ImportRun) -> str:
    """The import that runs now, and how far it has come where that is known."""
    other = ImportRun.objects.filter(registry=run.registry, status=Status.RUNNING).first()
    if other is None:
        return f"Waiting for another import of {run.registry} to end. Ctrl-C gives up."
    source = RegistrySource.objects.filter(registry=run.registry).first()
    done = source.progress_done if source else 0
    total = f" of {source.progress_total}" if source and source.progress_total else ""
    stage = f", {done}{total} records fetched" if done else ""
    name = f"import {other.pk} of {run.registry} ({other.get_source_display()}{stage})"
    return f"Waiting for {name} to end. Ctrl-C gives up."
