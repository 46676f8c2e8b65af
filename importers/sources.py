"""Where an import takes its raw copies from: the registry itself, files, or copies kept earlier."""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from importers import files, runs
from importers.collect import collect, pages
from importers.files import RawItem, Unreadable
from importers.models import ImportRun, RawRecord
from importers.registries import ctgov
from trials.choices import Registry

Item = RawItem | Unreadable
BATCH_SIZE = 100
SAMPLE_DIR = Path(__file__).parent / "sample"


@dataclass(frozen=True, slots=True)
class Batch:
    """Some items of an import, and how many there are in all where that is known."""

    items: Sequence[Item]
    total: int | None = None


def from_registry(run: ImportRun) -> Iterator[Batch]:
    """Everything ClinicalTrials.gov has for our query, fetched whole before the first batch comes.

    A released run is not fetched again. Raises `RegistryError` and `HeldError`.
    """
    if not run.released:
        with ctgov.session() as session:
            collect(run, session, partial(runs.report, run))
    for items in pages(run):
        yield Batch(items, run.total)


def from_files(path: Path, registry: Registry) -> Iterator[Batch]:
    """Records saved earlier. `FileNotFoundError` at once where there is no such path."""
    return _in_batches(files.read(path, registry))


def sample(registry: Registry) -> Iterator[Batch]:
    """The invented records that stand in until a registry has been read."""
    return from_files(SAMPLE_DIR / registry.value, registry)


def kept_copies(registry: Registry) -> Iterator[Batch]:
    """The newest kept copy of every record, for reading again with better rules."""
    newest = RawRecord.objects.filter(registry=registry).order_by("registry_id", "-fetched_at", "-id")
    rows = newest.distinct("registry_id")
    total = rows.count()
    items = (RawItem("kept copy", zlib.decompress(row.body)) for row in rows.iterator(BATCH_SIZE))
    for batch in _in_batches(items):
        yield Batch(batch.items, total)


def _in_batches(items: Iterable[Item]) -> Iterator[Batch]:
    iterator = iter(items)
    while chunk := list(islice(iterator, BATCH_SIZE)):
        yield Batch(chunk)
