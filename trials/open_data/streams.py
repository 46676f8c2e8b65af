"""Trials as the text of a file, piece by piece: CSV for people, NDJSON for programs."""

import json
from collections.abc import Iterable, Iterator
from itertools import islice

from trials.catalogue.serialise import as_json
from trials.catalogue.spreadsheet import as_csv
from trials.models import Trial
from trials.models.trial import TrialQuerySet
from trials.open_data.columns import TRIALS, as_text
from trials.open_data.snapshot import one_moment, read

LINES = 100
"""Lines that are sent together."""


def csv_rows(trials: Iterable[Trial]) -> Iterator[list[str]]:
    """The names of the columns, then a row a trial."""
    yield [column.name for column in TRIALS]
    for trial in trials:
        yield csv_row(trial)


def csv_row(trial: Trial) -> list[str]:
    return [as_text(column.read(trial)) for column in TRIALS]


def json_line(trial: Trial) -> str:
    """ASCII alone: a line stays one line, whatever a registry wrote."""
    return json.dumps(as_json(trial)) + "\n"


def csv_file(trials: TrialQuerySet) -> Iterator[str]:
    """RFC 4180, behind the mark by which spreadsheets know UTF-8."""
    with one_moment():
        yield from _together(as_csv(csv_rows(read(trials))))


def ndjson_file(trials: TrialQuerySet) -> Iterator[str]:
    """The object of the API, one a line."""
    with one_moment():
        yield from _together(map(json_line, read(trials)))


def _together(lines: Iterator[str]) -> Iterator[str]:
    while piece := "".join(islice(lines, LINES)):
        yield piece
