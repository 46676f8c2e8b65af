"""What a piece of work costs, by the processor's clock: on a busy machine that says more than seconds.

This process and its database backend are counted apart. The backend's time is read from `/proc`, in steps of
a hundredth of a second, so the database must be on this machine.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from django.db import connection
from django.test.utils import CaptureQueriesContext

from trials.models import Trial

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Cost:
    """Medians of the rounds, in milliseconds but for the counts; the last two are those of one round."""

    what: str
    best: float
    python: float
    database: float
    statements: int
    temporary: int  # bytes of temporary files
    scanned: int  # trials read by going through the table


def cost(what: str, work: Callable[[], object], rounds: int) -> Cost:
    """What this work costs."""
    (found,) = costs({what: work}, rounds)
    return found


def costs(work: Mapping[str, Callable[[], object]], rounds: int) -> Iterator[Cost]:
    """What each of these costs, taken in turns: a minute in which the machine is busy is one for all."""
    for one in work.values():
        one()
    taken: dict[str, list[Cost]] = {what: [] for what in work}
    for _ in range(rounds):
        for what, one in work.items():
            taken[what].append(_once(what, one))
    for what, found in taken.items():
        yield Cost(
            what,
            min(one.best for one in found),
            median(one.python for one in found),
            median(one.database for one in found),
            *(max(getattr(one, name) for one in found) for name in ("statements", "temporary", "scanned")),
        )


def _once(what: str, work: Callable[[], object]) -> Cost:
    before = _database_says()
    with CaptureQueriesContext(connection) as asked:
        began, python, database = perf_counter(), process_time(), _backend()
        work()
        seconds = (perf_counter() - began, process_time() - python, _backend() - database)
    temporary, scanned = (after - earlier for after, earlier in zip(_database_says(), before, strict=True))
    best, in_python, in_database = (1000 * one for one in seconds)
    return Cost(what, best, in_python, in_database, len(asked), temporary, scanned)


def processor_seconds(work: Callable[[], object]) -> float:
    """Processor time of this process and of its database backend for one turn of the work."""
    python, database = process_time(), _backend()
    work()
    return process_time() - python + _backend() - database


def lines(found: Sequence[Cost]) -> Iterator[str]:
    """A table, a line each."""
    yield f"{'best':>9} {'python':>8} {'database':>8} {'asked':>5} {'temp':>8} {'read':>6}"
    for one in found:
        times = f"{one.best:7.1f}ms {one.python:6.1f}ms {one.database:6.1f}ms"
        yield f"{times} {one.statements:5} {one.temporary:8} {one.scanned:6} {one.what}"


def as_rows(found: Sequence[Cost]) -> list[dict[str, object]]:
    """The same for `bench.json`."""
    return [asdict(one) for one in found]


def _backend() -> float:
    """Seconds of processor time of the database backend of this connection."""
    with connection.connection.cursor() as cursor:
        pid = connection.connection.info.backend_pid
        cursor.execute("SELECT 1")  # what came before is done
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _database_says() -> tuple[int, int]:
    """Bytes of temporary files, and trials read by going through their table, so far."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute("SELECT temp_bytes FROM pg_stat_database WHERE datname = current_database()")
        (temporary,) = cursor.fetchone()
        cursor.execute(
            "SELECT seq_tup_read FROM pg_stat_user_tables WHERE relname = %s", [Trial._meta.db_table]
        )
        return temporary, cursor.fetchone()[0]
