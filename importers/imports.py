"""Imports as people and the clock ask for them. Commands, tasks and the desk call these."""

import logging
from collections.abc import Callable, Iterable
from pathlib import Path

from importers import catalogue, runs, sources
from importers.models import ImportRun
from importers.pipeline import Progress, run_import
from importers.sources import Batch
from trials.choices import Registry

logger = logging.getLogger(__name__)
Source, Status = ImportRun.Source, ImportRun.Status
BATCHES: dict[str, Callable[[ImportRun], Iterable[Batch]]] = {
    Source.REGISTRY: sources.from_registry,
    Source.FILES: lambda run: sources.from_files(Path(run.origin), Registry(run.registry)),
    Source.SAMPLE: lambda run: sources.sample(Registry(run.registry)),
    Source.REPARSE: lambda run: sources.kept_copies(Registry(run.registry)),
}
SWEPT = (Registry.CTGOV,)
"""Registries read over the network. CTRI comes as saved pages until its crawler exists."""


def queue(registry: Registry, source: str, *, origin: str = "", dry_run: bool = False) -> ImportRun:
    """Write down an import to be carried out, here or by a worker. `origin` is the path of files."""
    return ImportRun.objects.create(registry=registry, source=source, origin=origin, dry_run=dry_run)


def _silent(run: ImportRun) -> None:
    del run


def carry_out(run_id: int, progress: Progress = _silent) -> ImportRun:
    """Do a queued run, or one whose worker died. A finished one is left alone: tasks come twice."""
    run = ImportRun.objects.get(pk=run_id)
    if run.status not in (Status.QUEUED, Status.RUNNING):
        return run
    try:
        with runs.exclusive(run.registry):
            return run_import(run, BATCHES[run.source](run), progress)
    except runs.AlreadyRunningError as busy:
        if run.status == Status.QUEUED:
            runs.refuse(run, str(busy))
        return run


def sweep(registry: Registry) -> ImportRun:
    """Read everything a registry has for us."""
    run = carry_out(queue(registry, Source.REGISTRY).pk)
    if run.error:
        logger.warning("%s", run.error)
    else:
        words = "%s was read: %d records, %d new, %d changed, %d failed."
        logger.info(words, registry.label, run.seen, run.created, run.updated, run.failed)
    return run


def ensure_catalogue() -> None:
    """On an empty catalogue read ClinicalTrials.gov; where that fails show sample records meanwhile."""
    if not catalogue.is_empty() or runs.busy(Registry.CTGOV):
        return
    sweep(Registry.CTGOV)
    if catalogue.is_empty() and not catalogue.has_sample():
        logger.warning("Meanwhile sample records are shown, marked as such on every page.")
        for registry in Registry:
            carry_out(queue(registry, Source.SAMPLE).pk)
