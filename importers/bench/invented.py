"""Studies, criteria and queries that were invented to be measured by: `manage.py bench --rows FOLDER`.

They are scored as what people decided about real records is, in the same two halves (`labels.half_of`),
and can be kept with the project: no line of them is a registry's.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from importers.bench import eligibility, labels, queries
from importers.bench.labels import BLIND, LOOK, Row, half_of
from importers.registries.slugs import Registry
from trials.choices import Status
from trials.record import TrialRecord

LABELS, ELIGIBILITY, QUERIES = "labels.jsonl", "eligibility.jsonl", "queries.csv"


def report(folder: Path) -> Iterator[str]:
    """Labels, key eligibility and queries as text for each half, misses only of the half to look at."""
    yield f"invented rows: {folder}"
    yield from labels.in_halves(studies(folder), records(folder / LABELS))
    known, rows = records(folder / ELIGIBILITY), criteria(folder)
    for half in (LOOK, BLIND):
        rows_of_half = [row for row in rows if half_of(row["id"]) == half]
        yield f"half: {half}, {len(rows_of_half)} criteria texts"
        yield from eligibility.lines(eligibility.score(rows_of_half, known), misses=half == LOOK)
        yield ""
    yield from queries.lines(queries.read(folder / QUERIES))


def studies(folder: Path) -> list[Row]:
    """What each invented study is, as a row of a file of labels."""
    return [{name: row[name] for name in labels.COLUMNS} for row in eligibility.read(folder / LABELS)]


def criteria(folder: Path) -> list[dict[str, Any]]:
    """What each invented text of criteria says."""
    return [{"id": row["id"], "facets": row["facets"]} for row in eligibility.read(folder / ELIGIBILITY)]


def records(path: Path) -> dict[str, TrialRecord]:
    """The records of one file by id."""
    return {row["id"]: _record(row["id"], row["record"]) for row in eligibility.read(path)}


def _record(number: str, said: dict[str, Any]) -> TrialRecord:
    """The record that says this. A field that no record has is a mistake in the row, never left out."""
    if unknown := said.keys() - set(TrialRecord.__dataclass_fields__):
        raise ValueError(f"{number}: no record has {', '.join(sorted(unknown))}")
    whole = {"registry": Registry.CTGOV, "registry_id": number, "url": "", "status": Status.RECRUITING}
    return msgspec.convert(whole | said, TrialRecord)
