"""How fast an import and the list page are, against the least that any program would have to do.

Everything happens in one transaction that is rolled back. Imports are measured in processor time, that of
Python and PostgreSQL together.
"""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from hashlib import sha256
from io import StringIO
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from django.db import connection, transaction
from django.http import QueryDict
from django.test import Client

from importers.bench.cost import processor_seconds
from importers.bench.pages import report as pages_report
from importers.files.archives import read
from importers.files.documents import RawItem
from importers.models import ImportRun, RawRecord
from importers.pipeline import start
from importers.registries import ctgov, ctri
from importers.registries.ctgov import files as ctgov_files
from importers.registries.slugs import Registry
from trials.models import Trial
from trials.search.facets import facets
from trials.search.search import Search

SOURCES = ("cart_dev.jsonl.gz", "v2_dev.jsonl.gz")
QUERIES = ("", "condition=lbcl", "condition=myeloma&phase=PHASE1", "q=CD19 lymphoma", "near=Delhi")
ROUNDS = 12
FLOORS = 3
"""Floors before the imports, and after them: on a busy machine one differs from the next by a third."""


def report(shared: Path) -> Iterator[str]:
    """Studies a second of a processor and milliseconds a page, each with its ratio to the floor."""
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
        pages, statements = _times(_page), _times(_statements)
        lines = list(pages_report())
        transaction.set_rollback(True)
    yield f"import: {len(items) / taken:.0f} studies a second, {taken / floor:.1f} x parse, hash and COPY"
    yield f"import: the same again, unchanged: {again / floor:.1f} x parse, hash and COPY"
    slow, floor = _p95(pages), _p95(statements)
    yield f"list page: 95 % within {slow:.0f} ms, {slow / floor:.1f} x its two statements"
    yield from lines


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


def _times(work: Callable[[str], object]) -> list[float]:
    for query in QUERIES:
        work(query)  # warm: compiled templates, cached vocabulary
    return [_seconds(partial(work, query)) * 1000 for _ in range(ROUNDS) for query in QUERIES]


def _page(query: str) -> object:
    return Client(headers={"host": "localhost"}).get(f"/trials/?{query}")


def _statements(query: str) -> object:
    search = Search.from_query(QueryDict(query))
    return facets(search), list(search.results_on_page())


def _p95(times: Sequence[float]) -> float:
    return quantiles(times, n=20)[-1]
