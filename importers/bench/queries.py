"""Questions against the benchmark's queries (how their notes are meant: the guide beside them).

Rules are written looking at one half of them alone; the other half, by a fixed hash, is a check.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from importers.bench.labels import BLIND, LOOK, half_of
from trials.search.understand import Understood, understand
from trials.vocabulary import table

FILES = ("queries_dev.csv", "queries_dev_2.csv")
Rows = Sequence[dict[str, str]]
FIELDS = ("targets", "products", "phases", "registry_id")
DETAIL = re.compile(r"\b(age|near|lines|prior-car-t):(child|adult|yes|no|[\d.]+|[A-Z]\w+)")
"""What a note states beside its columns; scored apart from them."""
A_MONTH = 1 / 12


def report(shared: Path) -> Iterator[str]:
    """The share of the benchmark's questions understood exactly, in both halves, and what was not."""
    return lines(questions(shared))


def lines(rows: Rows) -> Iterator[str]:
    """The share of questions understood exactly, in both halves, and each of the first that was not."""
    yield f"understand: exact {exact(rows):.3f} of {len(rows)}"
    seen = [row for row in rows if half_of(row["query"]) == LOOK]
    unseen = [row for row in rows if half_of(row["query"]) == BLIND]
    yield f"    looked at {exact(seen):.3f} of {len(seen)}, kept apart {exact(unseen):.3f} of {len(unseen)}"
    right, asked, _ = details(rows)
    *_, wrong = details(seen)
    yield f"    ages, places to be near, lines, earlier CAR T: {right} of {asked}"
    yield from (f"    missed  {miss}" for miss in wrong)
    for row in seen:
        if faults := _faults(row, understand(row["query"])):
            yield f"    missed  {row['query']!r}: {'; '.join(faults)}  ({row['note']})"


def details(rows: Rows) -> tuple[int, int, list[str]]:
    """How many ages, places to be near, lines and earlier CAR T are right, of how many, and what is wrong."""
    asked = [(row["query"], *stated) for row in rows for stated in DETAIL.findall(row["note"])]
    wrong = [
        f"{query!r}: {name} {wanted}" for query, name, wanted in asked if not _is_right(query, name, wanted)
    ]
    return len(asked) - len(wrong), len(asked), wrong


def exact(rows: Rows) -> float:
    """The share of questions understood exactly."""
    return sum(not _faults(row, understand(row["query"])) for row in rows) / len(rows)


def misread(rows: Rows) -> list[str]:
    """Questions marked as near misses that are read as something else."""
    near = (row for row in rows if "near-miss" in row["note"])
    return [row["query"] for row in near if _faults(row, understand(row["query"]))]


def questions(shared: Path) -> list[dict[str, str]]:
    """Every question of the benchmark with what it means."""
    return [row for name in FILES for row in read(shared / "benchmark" / name)]


def read(path: Path) -> list[dict[str, str]]:
    """The questions of one file with what they mean."""
    return table.rows(path)


def _is_right(query: str, name: str, wanted: str) -> bool:
    found = understand(query)
    match name:
        case "age" if wanted in ("child", "adult"):
            return found.age_group == wanted
        case "age":
            return found.age is not None and abs(found.age - float(wanted)) < A_MONTH
        case "near":
            return found.near == wanted
        case "lines":
            return found.lines == int(wanted)
        case _:
            return found.prior_car_t == (wanted == "yes")


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
