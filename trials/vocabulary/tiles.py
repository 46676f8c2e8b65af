"""Where each state and union territory stands on the tile-grid map. No Django, no database.

Equal squares in the order of the compass: the map shows no border and claims none.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from trials.vocabulary import table

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
    every = (
        Tile(row["state"], row["code"], int(row["row"]), int(row["column"])) for row in table.rows(_TABLE)
    )
    return tuple(sorted(every, key=lambda tile: (tile.row, tile.column)))
