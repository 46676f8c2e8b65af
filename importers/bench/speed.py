"""How fast an import is, against the least that any program would have to do.

Everything happens in one transaction that is rolled back, and is measured in processor time, that of Python
and PostgreSQL together.
"""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from hashlib import sha256
from io import StringIO
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from django.db import connection, transaction

from importers.bench.cost import processor_seconds
from importers.files.archives import read
from importers.files.documents import RawItem
from importers.models import ImportRun, RawRecord
from importers.pipeline import start
from importers.registries import ctgov, ctri
from importers.registries.ctgov import files as ctgov_files
from importers.registries.slugs import Registry
from trials.models import Trial

SOURCES = ("cart_dev.jsonl.gz", "v2_dev.jsonl.gz")
ROUNDS = 12
FLOORS = 3
"""Floors before the imports, and after them: on a busy machine one differs from the next by a third."""


def report(shared: Path) -> Iterator[str]:
    """Studies a second of a processor, with its ratio to the floor."""
    files = [shared / "registries/ctgov" / name for name in SOURCES]
    found = [i for file in files for i in read(file, ctgov_files.KINDS) if isinstance(i, RawItem)]
    items = list({ctgov.identify(item.raw): item for item in found}.values())  # of two copies one is changed
    with transaction.atomic(), TemporaryDirectory() as folder:
        Trial.objects.all().delete()
        RawRecord.objects.all().delete()
        plain = Path(folder) / "studies.jsonl"  # unpacking is no part of either
        plain.write_bytes(b"\n".join(item.raw for item in items))
        _copy(items)
        floors = [processor_seconds(lambda: _copy(items)) for _ in range(FLOORS)]
        taken = processor_seconds(lambda: _import(plain))
        again = processor_seconds(lambda: _import(plain))
        floors += [processor_seconds(lambda: _copy(items)) for _ in range(FLOORS)]
        floor = median(floors)
        transaction.set_rollback(True)
    yield f"import: {len(items) / taken:.0f} studies a second, {taken / floor:.1f} x parse, hash and COPY"
    yield f"import: the same again, unchanged: {again / floor:.1f} x parse, hash and COPY"


def ctri_report(shared: Path) -> Iterator[str]:
    """Milliseconds to read one page of CTRI, over the example pages."""
    pages = [path.read_bytes() for path in sorted((shared / "registries/ctri/example_pages").glob("r*.html"))]
    times = [_seconds(partial(ctri.parse, page)) * 1000 for _ in range(ROUNDS) for page in pages]
    yield f"CTRI page: parsed in {median(times):.1f} ms (median)"


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _copy(items: Sequence[RawItem]) -> None:
    """The floor of an import: parse, hash and COPY of the same records."""
    rows = StringIO()
    for item in items:
        text = json.dumps(json.loads(item.raw), sort_keys=True).replace("\\", "\\\\")
        rows.write(f"{sha256(text.encode()).hexdigest()}\t{text}\n")
    rows.seek(0)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE bench_floor (hash text, body text)")
        cursor.copy_expert("COPY bench_floor FROM STDIN", rows)
        cursor.execute("DROP TABLE bench_floor")


def _import(file: Path) -> None:
    start.carry_out(start.queue(Registry.CTGOV, ImportRun.Source.FILES, origin=str(file)).pk)
