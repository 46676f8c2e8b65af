"""`python -m tests.first_import [studies]`: a first import of many studies, by one worker process and two.

Part of `make bench`. The studies are the saved ones under new numbers, again and again. Each import has a
data folder of its own, the site's own broker and Celery's own workers; both must end with the same catalogue.
What counts is the ratio of the two, and what does not grow: memory, and how long one transaction takes.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import count, cycle, islice
from pathlib import Path
from typing import Any

from importers.bench import outcome
from tests import served
from tests.drills import machine
from tests.workers import free_port

ROOT = Path(__file__).resolve().parents[1]
RECORDS = ROOT.parent / "shared/registries/ctgov"
STUDIES = 12_000
NUMBER = re.compile(rb'(?<="nctId":"NCT)[0-9]{8}(?=")')
BETWEEN = 0.5
"""Seconds between two looks at how long transactions have lasted."""


def main() -> int:
    if len(sys.argv) == 3:
        print(json.dumps(_import(Path(sys.argv[1]), int(sys.argv[2]))))
        return 0
    if not RECORDS.exists():
        print("The records (../shared/registries) are not here: no first import to measure.")
        return 0
    studies = int(sys.argv[1]) if len(sys.argv) > 1 else STUDIES
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "studies.jsonl"
        with path.open("wb") as lines:
            lines.writelines(raw + b"\n" for raw in islice(_studies(), studies))
        one, two = (_by(workers, path) for workers in (1, 2))
    said = [
        f"first import of {studies} studies by {who}: {found['seconds']:.0f} s, "
        f"{found['processor']:.0f} s of processor, longest transaction {found['longest']:.0f} s, "
        f"at most {found['memory']} MB a process, {found['temporary']} bytes of temporary files"
        for who, found in (("one worker process", one), ("two", two))
    ]
    said.append(
        f"first import: two worker processes are {one['seconds'] / two['seconds']:.2f} x as fast as one"
    )
    if one["state"] != two["state"]:
        said.append("first import: the two catalogues differ")
    print("\n".join(said))
    outcome.keep("first_import", said)
    return int(one["state"] != two["state"])


def _studies() -> Iterator[bytes]:
    """The saved studies without end, each under a number of its own."""
    from importers.files.archives import read
    from importers.files.documents import RawItem
    from importers.registries.ctgov import files

    items = (item for path in sorted(RECORDS.glob("*.jsonl.gz")) for item in read(path, files.KINDS))
    kept = [item.raw for item in items if isinstance(item, RawItem) and NUMBER.search(item.raw)]
    for number, raw in zip(count(1), cycle(kept), strict=False):
        yield NUMBER.sub(b"%08d" % number, raw, count=1)


def _by(workers: int, path: Path) -> dict[str, Any]:
    """What came of it in a process of its own, which knows one data folder."""
    program = [sys.executable, "-m", "tests.first_import", str(path), str(workers)]
    own = {name: value for name, value in os.environ.items() if name != "TRIALFINDER_DATA_DIR"}
    done = subprocess.run(program, cwd=ROOT, env=own, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _import(path: Path, workers: int) -> dict[str, Any]:
    served.prepare(free_port())
    from django.conf import settings
    from django.db import connection

    from importers import tasks
    from importers.models import ImportRun
    from importers.pipeline import start
    from importers.registries.slugs import Registry
    from tests.state import catalogue_state
    from trialfinder.embedded import valkey

    valkey.start(settings.DATA_DIR)
    celery = [sys.executable, "-m", "celery", "--quiet", "--app", "trialfinder", "worker"]
    worker = subprocess.Popen(
        [*celery, "--concurrency", str(workers), "--without-gossip", "--without-mingle"]
    )
    try:
        time.sleep(10)  # it has started
        run = start.queue(Registry.CTGOV, ImportRun.Source.FILES, origin=str(path))
        began, longest, memory = time.monotonic(), 0.0, 0
        tasks.carry_out.delay(run.pk)
        while run.finished_at is None:
            time.sleep(BETWEEN)
            with connection.cursor() as cursor:
                cursor.execute("SELECT EXTRACT(EPOCH FROM max(now() - xact_start)) FROM pg_stat_activity")
                longest = max(longest, float(cursor.fetchone()[0] or 0))
            memory = max([memory, *map(_most_memory, machine.children(worker.pid))])
            run.refresh_from_db()
        seconds = time.monotonic() - began
        if run.status != ImportRun.Status.SUCCEEDED and not run.created:
            raise SystemExit(f"The import did not succeed: {run.error}")
        with connection.cursor() as cursor:
            cursor.execute("SELECT temp_bytes FROM pg_stat_database WHERE datname = current_database()")
            (temporary,) = cursor.fetchone()
        return {
            "seconds": seconds,
            "processor": sum(map(machine.processor, machine.children(worker.pid))) + _database_processor(),
            "longest": longest,
            "memory": memory,
            "temporary": temporary,
            "state": catalogue_state() if run.created < 100_000 else run.created,
        }
    finally:
        worker.terminate()
        worker.wait()
        valkey.stop(settings.DATA_DIR)


def _most_memory(pid: int) -> int:
    """Megabytes that a process has held at most (resident, what it shares with others included)."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) // 1000  # type: ignore[index]


def _database_processor() -> float:
    """Seconds of the database server and its backends: it counts what those have used that ended."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (backend,) = cursor.fetchone()
    server = int(Path(f"/proc/{backend}/stat").read_text().rpartition(")")[2].split()[1])
    return sum(map(machine.processor, [server, *machine.children(server)]))


if __name__ == "__main__":
    sys.exit(main())
