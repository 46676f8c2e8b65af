"""Makes the day's dump: every real listed trial as it stood at one moment, in three forms."""

import gzip
import shutil
from collections.abc import Iterable, Iterator
from datetime import datetime, time
from pathlib import Path
from typing import IO

from django.utils import timezone

from trials.catalogue.data_version import data_version
from trials.catalogue.spreadsheet import as_csv
from trials.models import Trial
from trials.open_data import streams
from trials.open_data.dumps import shelf
from trials.open_data.dumps.database import Database, database
from trials.open_data.dumps.package import write_package
from trials.open_data.snapshot import all_listed, one_moment, read, real

DUMP_FROM = time(6, 30)
"""India. The daily import begins at 3, and the night in which CTRI is read ends at 6."""


def make_dump(now: datetime) -> shelf.Dump | None:
    """Today's, in place of an earlier one of today. None where there is no real trial to give away."""
    with shelf.alone():
        return _make(timezone.localtime(now))


def make_missing_dump(now: datetime) -> shelf.Dump | None:
    """Today's where it should be there and is not; the first one of all at any hour."""
    india = timezone.localtime(now)
    with shelf.alone():
        there = shelf.days()
        wanted = india.date().isoformat() not in there and (india.time() >= DUMP_FROM or not there)
        return _make(india) if wanted else None


def _make(now: datetime) -> shelf.Dump | None:
    if not real(all_listed()).exists():
        return None
    made = shelf.unfinished()
    try:
        version = data_version()  # read before the data
        trials = _write_trials(made)
        write_package(made, created=now, trials=trials, version=version)
        shelf.write_sums(made)
        shelf.publish(made, now.date())
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
    return shelf.find(now.date().isoformat())


def _write_trials(made: Path) -> int:
    """All three forms in one reading; how many trials they hold."""
    with (
        one_moment(),
        gzip.open(made / "trials.ndjson.gz", "wt", encoding="ascii") as ndjson,
        (made / "trials.csv").open("w", encoding="utf-8", newline="") as csv,
        database(made / "trials.sqlite") as tables,
    ):
        csv.writelines(as_csv(streams.csv_rows(_passing(read(all_listed()), ndjson, tables))))
        return tables.trials


def _passing(trials: Iterable[Trial], ndjson: IO[str], tables: Database) -> Iterator[Trial]:
    """The trials, each after it went into two of the files."""
    for trial in trials:
        ndjson.write(streams.json_line(trial))
        tables.add(trial)
        yield trial
