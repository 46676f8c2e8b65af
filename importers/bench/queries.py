"""Questions against `queries_dev.csv` (how its notes are meant: the guide beside it)."""

import csv
from collections.abc import Iterator
from pathlib import Path

from trials.search.understand import Understood, understand

FIELDS = ("targets", "products", "phases", "registry_id")


def report(shared: Path) -> Iterator[str]:
    """The share of questions understood exactly, and each that was not."""
    with (shared / "benchmark/queries_dev.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    wrong = [(row, faults) for row in rows if (faults := _faults(row, understand(row["query"])))]
    yield f"understand: exact {1 - len(wrong) / len(rows):.3f} of {len(rows)}"
    for row, faults in wrong:
        yield f"    missed  {row['query']!r}: {'; '.join(faults)}  ({row['note']})"


def exact(shared: Path) -> float:
    """The share of questions understood exactly."""
    return float(next(report(shared)).split()[2])


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
