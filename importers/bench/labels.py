"""Roles, conditions, targets and cell sources against `labels_dev.csv` (guide beside it)."""

import csv
import gzip
import json
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles

from importers.bench.scores import Axis, lines
from importers.classify import classify
from importers.records import Evidence, Labels
from importers.registries import ctgov
from trials.choices import Role
from trials.record import TrialRecord

NOT_SCORED = "?"
FILES = ("cart_dev.jsonl.gz", "v2_dev.jsonl.gz")  # a study may be in both; the later is the real API record


def report(shared: Path) -> Iterator[str]:
    """The four axes as text, and how long one study takes."""
    for axis in axes(shared):
        yield from lines(axis)
        yield ""
    times = sorted(_milliseconds(record) for record in records(shared).values())
    slow = quantiles(times, n=20)[-1]
    yield f"classify: median {median(times):.2f} ms, 95 % within {slow:.2f} ms, {len(times)} studies"


def axes(shared: Path) -> tuple[Axis, Axis, Axis, Axis]:
    """Role, conditions, targets, cell source."""
    role, conditions, targets, source = Axis("role"), Axis("conditions"), Axis("targets"), Axis("cell_source")
    known = records(shared)
    with (shared / "benchmark/labels_dev.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
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
