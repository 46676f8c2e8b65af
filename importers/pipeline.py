"""The way of the data: raw copies in, trials out.

    batches (registry, files, kept copies) -> identify, hash -> parse -> classify -> load -> compose

`import_batch` is the whole way for one batch. It writes in one transaction at its end, so that a
batch may be repeated and a broken one leaves no trace. A record that cannot be taken becomes an
`ImportProblem`: the rest goes on, and its old good copy stays.
"""

import logging
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from importers import runs
from importers.classify import classify
from importers.collect import HeldError
from importers.files import RawItem, Unreadable
from importers.http import RegistryError
from importers.load import Arrival, load
from importers.models import ImportProblem, ImportRun, RawRecord
from importers.records import ParseError
from importers.registries import REGISTRIES, RegistryModule
from importers.sources import Batch, Item
from trials.choices import Registry
from trials.models import Registration

logger = logging.getLogger(__name__)


Progress = Callable[[ImportRun], None]
"""Called after every batch, for a progress bar."""


@dataclass(frozen=True, slots=True)
class Copy:
    """One raw copy whose registry id is known."""

    registry_id: str
    content_hash: str
    item: RawItem


def run_import(run: ImportRun, batches: Iterable[Batch], progress: Progress) -> ImportRun:
    """Take every batch and close the run. Hold `runs.exclusive(registry)` around this.

    A registry that cannot be read fails the run in plain words; what earlier batches stored stays.
    """
    runs.start(run)
    try:
        for batch in batches:
            import_batch(run, batch.items)
            run.total = run.total if batch.total is None else batch.total
            runs.report(run, run.seen, run.total)
            progress(run)
    except HeldError as error:
        runs.hold(run, str(error))
    except RegistryError as error:
        runs.fail(run, str(error))
    except BaseException as error:
        runs.fail(run, f"The import broke off: {type(error).__name__}: {error}")
        raise
    else:
        runs.finish(run)
    return run


def import_batch(run: ImportRun, items: Sequence[Item]) -> None:
    """Store one batch and add to the run's counts: seen = created + updated + unchanged + failed."""
    reader = REGISTRIES[Registry(run.registry)]
    problems: list[ImportProblem] = []
    copies = _identify(run, reader, items, problems)
    stored = _stored(run, copies)
    changed = [copy for copy in copies if _must_read(run, copy, stored)]
    arrivals = [arrival for copy in changed if (arrival := _read(run, reader, copy, problems))]
    arrivals = [arrival for arrival in arrivals if _is_news(run, arrival, stored)]
    at = timezone.now()
    with transaction.atomic():
        with transaction.atomic():
            _keep_raw(run, changed, at)
            loaded = load(arrivals, at=at, run_id=run.pk, sample=run.source == ImportRun.Source.SAMPLE)
            if run.dry_run:
                transaction.set_rollback(True)
        ImportProblem.objects.bulk_create(problems)
        run.seen += len(items)
        run.created += loaded.created
        run.updated += loaded.updated
        run.failed += len(problems)
        run.unchanged += len(items) - len(problems) - loaded.created - loaded.updated
        run.save()


def _identify(
    run: ImportRun, reader: RegistryModule, items: Sequence[Item], problems: list[ImportProblem]
) -> list[Copy]:
    """The readable copies; of several of one id in a batch the last counts."""
    copies: dict[str, Copy] = {}
    for item in items:
        if isinstance(item, Unreadable):
            problems.append(_problem(run, item.origin, field="file", value=item.reason))
        elif registry_id := reader.identify(item.raw):
            copies[registry_id] = Copy(registry_id, reader.fingerprint(item.raw), item)
        else:
            problems.append(_refused(run, reader, item))
    return list(copies.values())


def _refused(run: ImportRun, reader: RegistryModule, item: RawItem) -> ImportProblem:
    """The problem of a copy that names no id: the parser knows best what it is instead."""
    try:
        reader.parse(item.raw)
    except ParseError as error:
        return _problem(run, item.origin, error.registry_id, error.field, error.value)
    return _problem(run, item.origin, field="id", value="no registry id")


Stored = dict[str, tuple[str, date | None]]
"""Content hash and last update of the copies already loaded, by registry id."""


def _stored(run: ImportRun, copies: Sequence[Copy]) -> Stored:
    rows = Registration.objects.filter(
        registry=run.registry, registry_id__in=[copy.registry_id for copy in copies]
    ).values_list("registry_id", "content_hash", "last_updated")
    return {registry_id: (content_hash, updated) for registry_id, content_hash, updated in rows}


def _must_read(run: ImportRun, copy: Copy, stored: Stored) -> bool:
    if run.source == ImportRun.Source.REPARSE:
        return True
    return copy.registry_id not in stored or stored[copy.registry_id][0] != copy.content_hash


def _is_news(run: ImportRun, arrival: Arrival, stored: Stored) -> bool:
    """A file may hold an older copy than the one we have: that one must not replace it."""
    have = stored.get(arrival.record.registry_id, ("", None))[1]
    given = arrival.record.last_updated
    return not (run.source == ImportRun.Source.FILES and have and given and given < have)


def _read(
    run: ImportRun, reader: RegistryModule, copy: Copy, problems: list[ImportProblem]
) -> Arrival | None:
    try:
        record = reader.parse(copy.item.raw)
        return Arrival(record, classify(record), copy.content_hash)
    except ParseError as error:
        problem = _problem(run, copy.item.origin, copy.registry_id, error.field, error.value)
    except Exception as error:  # a fault of ours must not take the other records with it
        logger.exception("%s could not be read", copy.registry_id)
        problem = _problem(run, copy.item.origin, copy.registry_id, "parser", repr(error))
    problems.append(problem)
    return None


def _keep_raw(run: ImportRun, copies: Sequence[Copy], at: datetime) -> None:
    """Keep each distinct content once, also of records that could not be parsed."""
    RawRecord.objects.bulk_create(
        (
            RawRecord(
                registry=run.registry,
                registry_id=copy.registry_id,
                content_hash=copy.content_hash,
                body=zlib.compress(copy.item.raw),
                fetched_at=at,
                sample=run.source == ImportRun.Source.SAMPLE,
            )
            for copy in copies
        ),
        ignore_conflicts=True,
    )


def _problem(
    run: ImportRun, origin: str, registry_id: str = "", field: str = "", value: str = ""
) -> ImportProblem:
    return ImportProblem(
        run=run, origin=origin[:500], registry_id=registry_id[:200], field=field[:200], value=value[:2000]
    )
