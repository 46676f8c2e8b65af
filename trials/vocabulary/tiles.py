"""Where each state and union territory stands on the tile-grid map. No Django, no database.

Equal squares in the order of the compass: the map shows no border and claims none.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).parent / "tiles.csv"


@dataclass(frozen=True, slots=True)
class Tile:
    """One square: the state's slug, its two letters on number plates, row and column from 1."""

    state: str
    code: str
    row: int
    column: int


@cache
def tiles() -> tuple[Tile, ...]:
    """Every square, row by row: the order in which the keyboard walks the map."""
    with _TABLE.open(encoding="utf-8", newline="") as file:
        rows = [
            Tile(row["state"], row["code"], int(row["row"]), int(row["column"]))
            for row in csv.DictReader(file)
        ]
    return tuple(sorted(rows, key=lambda tile: (tile.row, tile.column)))
