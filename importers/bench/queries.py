"""Questions against the benchmark's queries (how their notes are meant: the guide beside them).

Rules are written looking at one half of them alone; the other half, by a fixed hash, is a check.
"""

import csv
import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from trials.search.understand import Understood, understand

FILES = ("queries_dev.csv", "queries_dev_2.csv")
FIELDS = ("targets", "products", "phases", "registry_id")


def report(shared: Path) -> Iterator[str]:
    """The share of questions understood exactly, in both halves, and each of the first that was not."""
    rows = questions(shared)
    yield f"understand: exact {_exact(rows):.3f} of {len(rows)}"
    seen = [row for row in rows if is_looked_at(row["query"])]
    unseen = [row for row in rows if not is_looked_at(row["query"])]
    yield f"    looked at {_exact(seen):.3f} of {len(seen)}, kept apart {_exact(unseen):.3f} of {len(unseen)}"
    for row in seen:
        if faults := _faults(row, understand(row["query"])):
            yield f"    missed  {row['query']!r}: {'; '.join(faults)}  ({row['note']})"


def exact(shared: Path) -> float:
    """The share of questions understood exactly."""
    return _exact(questions(shared))


def misread(shared: Path) -> list[str]:
    """Questions marked as near misses that are read as something else."""
    rows = (row for row in questions(shared) if "near-miss" in row["note"])
    return [row["query"] for row in rows if _faults(row, understand(row["query"]))]


def questions(shared: Path) -> list[dict[str, str]]:
    """Every question with what it means."""
    rows: list[dict[str, str]] = []
    for name in FILES:
        with (shared / "benchmark" / name).open(encoding="utf-8", newline="") as file:
            rows += csv.DictReader(file)
    return rows


def is_looked_at(query: str) -> bool:
    """Whether a question is of the half that rules are written by."""
    return hashlib.sha256(query.encode()).digest()[0] % 2 == 0


def _exact(rows: Sequence[dict[str, str]]) -> float:
    return sum(not _faults(row, understand(row["query"])) for row in rows) / len(rows)


def _faults(row: dict[str, str], found: Understood) -> list[str]:
    notes = [note.strip() for note in row["note"].split(";")]
    optional = {note.split(":")[1] for note in notes if "-optional:" in note}
    faults = []
    if not _conditions_right(row["conditions"], set(found.conditions) - optional, notes):
        faults.append(f"conditions {found.conditions} not {row['conditions']!r}")
    for name in FIELDS:
        value = getattr(found, name)
        given = set([value] if isinstance(value, str) else value) - optional - {""}
        if given != set(filter(None, row[name].split("|"))) - optional:
            faults.append(f"{name} {sorted(given)} not {row[name]!r}")
    if not _place_right(row, found, notes, optional):
        faults.append(f"place {found.city!r}, {found.state!r} not {row['city']!r}, {row['state']!r}")
    return faults


def _conditions_right(wanted: str, given: set[str], notes: list[str]) -> bool:
    """Parts apart by `|` are all needed; of `a/b/c` any one or more."""
    if not given:
        return not wanted or "optional" in notes
    groups = [set(part.split("/")) for part in wanted.split("|") if part]
    return given <= set().union(*groups) and all(group & given for group in groups)


def _place_right(row: dict[str, str], found: Understood, notes: list[str], optional: set[str]) -> bool:
    city = found.city in optional or found.city == row["city"]
    state = found.state in optional or found.state == row["state"]
    return city or state if "city-or-state" in notes else city and state
