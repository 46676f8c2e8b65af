"""Where an import that asks no registry takes its raw copies from: files, or copies kept earlier."""

import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice
from pathlib import Path

from django.db.models import Exists, OuterRef, Q

from importers.files import archives
from importers.files.archives import RawItem, Unreadable
from importers.files.documents import MB, Hint
from importers.models import ImportRun, RawRecord, UploadedFile
from importers.registries import adapter
from trials.models import Registration

Item = RawItem | Unreadable | Hint
BATCH_SIZE = 200
"""Records of a page, as of a registry's."""
MAX_UPLOAD_EXPANDED = 1024 * MB
"""What all files of one upload may unpack to."""
Source = ImportRun.Source


@dataclass(frozen=True, slots=True)
class Batch:
    """Some items of an import, and how many there are in all where that is known."""

    items: Sequence[Item]
    total: int | None = None


def batches(run: ImportRun) -> Iterator[Batch]:
    """Everything the run has to read. `FileNotFoundError` where there is no such path."""
    return BATCHES[run.source](run)


def _files(run: ImportRun) -> Iterator[Batch]:
    """Records saved earlier, on this machine."""
    return _in_batches(archives.read(Path(run.origin), adapter(run.registry).kinds))


def _uploads(run: ImportRun) -> Iterator[Batch]:
    """Files dropped on the desk: written to a folder of their own one by one, read, and forgotten."""
    parts = run.uploads.order_by("number", "part").iterator(chunk_size=1)
    kinds, left = adapter(run.registry).kinds, MAX_UPLOAD_EXPANDED
    with tempfile.TemporaryDirectory(prefix="upload-") as folder:
        for _number, rows in groupby(parts, key=lambda part: part.number):
            name, path = _write(rows, Path(folder), kinds)
            for batch in _in_batches(_named(archives.read(path, kinds), path, name)):
                left -= sum(len(item.raw) for item in batch.items if isinstance(item, RawItem))
                if left < 0:
                    yield Batch(
                        [Unreadable(name, f"the files hold more than {MAX_UPLOAD_EXPANDED // MB} MB")]
                    )
                    return
                yield batch
            path.unlink()


def _write(parts: Iterable[UploadedFile], folder: Path, kinds: archives.Kinds) -> tuple[str, Path]:
    """The name people gave the file, and where it lies now: under a name of ours with the same ending."""
    path, name = folder / "upload", ""
    for part in parts:
        if not name:
            name = part.name
            ending = next((kind for kind in kinds if name.lower().endswith(kind)), "")
            path = folder / f"upload{ending}"
        with path.open("ab") as file:
            file.write(part.body)
    return name, path


def _named(items: Iterable[Item], path: Path, name: str) -> Iterator[Item]:
    """Items whose origin is the name people gave the file, not where we put it."""
    for item in items:
        origin = item.origin.replace(str(path), name)
        yield replace(item, origin=origin)


def _sample(run: ImportRun) -> Iterator[Batch]:
    """The invented records that stand in until a registry has been read."""
    registry = adapter(run.registry)
    return _in_batches(archives.read(registry.sample, registry.kinds) if registry.sample else ())


def _kept_copies(run: ImportRun) -> Iterator[Batch]:
    """Copies to read again with better rules, of every record or of the ones asked for.

    Of each record the copy kept last and the one that is stored: the last may be older, from a file, or one
    that could not be read.
    """
    copies = RawRecord.objects.filter(registry=run.registry)
    if run.only_ids:
        copies = copies.filter(registry_id__in=run.only_ids)
    last = copies.order_by("registry_id", "-fetched_at", "-id").distinct("registry_id")
    stored = Registration.objects.filter(
        registry=run.registry, registry_id=OuterRef("registry_id"), content_hash=OuterRef("content_hash")
    )
    rows = copies.filter(Q(pk__in=last.values("pk")) | Exists(stored)).order_by("registry_id", "pk")
    total = rows.count()
    items = (RawItem("kept copy", zlib.decompress(row.body)) for row in rows.iterator(BATCH_SIZE))
    for batch in _in_batches(items):
        yield Batch(batch.items, total)


def _in_batches(items: Iterable[Item]) -> Iterator[Batch]:
    iterator = iter(items)
    while chunk := list(islice(iterator, BATCH_SIZE)):
        yield Batch(chunk)


BATCHES: dict[str, Callable[[ImportRun], Iterator[Batch]]] = {
    Source.FILES: _files,
    Source.UPLOAD: _uploads,
    Source.SAMPLE: _sample,
    Source.REPARSE: _kept_copies,
}
