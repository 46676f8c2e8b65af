"""Roles, conditions, targets and cell sources against what people labelled (guide beside the files).

The labelled studies are parted by a fixed hash into a half that is looked at when rules are written and
one that is not: a rule that only the first confirms has been fitted to it.
"""

import gzip
import hashlib
import json
import time
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from statistics import median, quantiles

from importers.bench.scores import Axis, lines
from importers.classify import classify
from importers.records import Evidence, Labels
from importers.registries import ctgov
from trials.choices import Role
from trials.record import TrialRecord
from trials.vocabulary import table

Row = dict[str, str]
COLUMNS = ("id", "role", "conditions", "targets", "cell_source")
NOT_SCORED = "?"
LABELS = ("labels_dev.csv", "labels_dev_2.csv")
LOOK, BLIND = "look", "blind"
FILES = ("cart_dev.jsonl.gz", "v2_dev.jsonl.gz")  # a study may be in both; the later is the real API record


def report(shared: Path) -> Iterator[str]:
    """The four axes as text for each half, misses only of the half to look at; how long one study takes."""
    yield from in_halves(labelled(shared), records(shared))
    times = sorted(_milliseconds(record) for record in records(shared).values())
    slow = quantiles(times, n=20)[-1]
    yield f"classify: median {median(times):.2f} ms, 95 % within {slow:.2f} ms, {len(times)} studies"


def in_halves(rows: Iterable[Row], known: Mapping[str, TrialRecord]) -> Iterator[str]:
    """The four axes as text for each half, misses only of the half to look at."""
    rows = list(rows)
    for half in (LOOK, BLIND):
        rows_of_half = [row for row in rows if half_of(row["id"]) == half]
        yield f"half: {half}, {len(rows_of_half)} studies"
        for axis in measure(rows_of_half, known):
            yield from lines(axis, misses=half == LOOK)
            yield ""


def axes(shared: Path) -> tuple[Axis, Axis, Axis, Axis]:
    """Role, conditions, targets, cell source over every labelled study."""
    return measure(labelled(shared), records(shared))


def labelled(shared: Path) -> list[Row]:
    """The rows of every file of labels."""
    return [row for name in LABELS for row in read(shared / "benchmark" / name)]


def read(path: Path) -> list[Row]:
    """Rows of one file of labels, or of `manage.py export_corrections labels`."""
    return table.rows(path)


def half_of(row: str) -> str:
    """The half that a study (by its id) or a query (by its words) belongs to, always the same."""
    return BLIND if hashlib.sha256(row.encode()).digest()[0] % 2 else LOOK


def measure(rows: Iterable[Row], known: Mapping[str, TrialRecord]) -> tuple[Axis, Axis, Axis, Axis]:
    """The four axes over these rows; rows of studies that are not at hand are left out."""
    role, conditions, targets, source = Axis("role"), Axis("conditions"), Axis("targets"), Axis("cell_source")
    for row in rows:
        if row["id"] not in known:
            continue
        given = classify(known[row["id"]])
        if row["role"] != NOT_SCORED:
            role.add(row["id"], [row["role"]], [given.role], why(given, "role"))
        if row["role"] == Role.NOT_CAR_T:
            continue
        for axis, found in ((conditions, given.conditions), (targets, given.targets)):
            if row[axis.name] != NOT_SCORED:
                axis.add(row["id"], filter(None, row[axis.name].split("|")), found, why(given, axis.name))
        if row["cell_source"] not in ("", NOT_SCORED):
            source.add(row["id"], [row["cell_source"]], [given.cell_source], why(given, "cell_source"))
    return role, conditions, targets, source


@cache
def records(shared: Path) -> dict[str, TrialRecord]:
    """Every study of the development files by id."""
    found = {}
    for name in FILES:
        with gzip.open(shared / "registries/ctgov" / name, "rt", encoding="utf-8") as file:
            for line in file:
                record = ctgov.parse(json.dumps(json.loads(line)).encode())
                found[record.registry_id] = record
    return found


def why(labels: Labels, axis: str) -> list[str]:
    """The evidence of one axis, a line each."""
    evidence: list[Evidence] = [one for one in labels.evidence if one.axis == axis]
    return [f"{one.rule} in {one.field}: {one.quote!r}" for one in evidence]


def _milliseconds(record: TrialRecord) -> float:
    begin = time.perf_counter()
    classify(record)
    return (time.perf_counter() - begin) * 1000
