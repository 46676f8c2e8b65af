"""One way to read a table: a file of comma-separated values with a line of names, in UTF-8."""

import csv
from pathlib import Path


def rows(path: Path) -> list[dict[str, str]]:
    """The lines of a table, each by the names of its columns."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def values(cell: str) -> tuple[str, ...]:
    """A cell that holds several values, written `one|two`; an empty cell holds none."""
    return tuple(value for value in cell.split("|") if value)
