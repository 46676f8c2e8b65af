"""Schemes in India that may help with the cost of treatment. No Django, no database.

help_with_cost.csv names each with whom it is for and an official source, without prices and without promises:
whether it pays for CAR T only the scheme can say. `checked` is `yes` only where the source itself was read.
"""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from trials.vocabulary import table
from trials.vocabulary.sources import CHECKED
from trials.vocabulary.translated import Names, names

_TABLE = Path(__file__).with_name("help_with_cost.csv")


@dataclass(frozen=True, slots=True)
class Scheme:
    """One scheme; `date` is that of the source, as precise as it is known, "" where it is not."""

    key: str
    name: Names = field(hash=False)
    who: Names = field(hash=False)
    source: str
    date: str
    checked: bool


@cache
def schemes() -> tuple[Scheme, ...]:
    """Every scheme: of the whole country first, then of the states, then for travel."""
    return tuple(
        Scheme(
            row["key"],
            names(row, "name"),
            names(row, "who"),
            row["source"],
            row["date"],
            CHECKED[row["checked"]],
        )
        for row in table.rows(_TABLE)
    )
