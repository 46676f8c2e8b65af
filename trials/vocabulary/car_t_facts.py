"""What CAR T is, for families: short statements, each with its sources. No Django, no database.

The table is car_t_facts.csv, a line a statement, in the order of the page; `section` and `part` say where on
the page it stands. `trials.vocabulary.reviews` says which doctor has read the page.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from trials.vocabulary import table
from trials.vocabulary.sources import Source, sources
from trials.vocabulary.translated import Names, names

_FOLDER = Path(__file__).parent
WRITTEN = date(2026, 11, 28)
"""The day of the statements; change it with them."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement in every language. A key of `sources` that no line of sources.csv has is a `KeyError`."""

    key: str
    section: str
    part: str
    text: Names = field(hash=False)
    sources: tuple[Source, ...]


@cache
def facts() -> tuple[Fact, ...]:
    """Every statement, in the order of the page."""
    return tuple(
        Fact(
            row["key"],
            row["section"],
            row["part"],
            names(row, "text"),
            tuple(sources()[key] for key in table.values(row["sources"])),
        )
        for row in table.rows(_FOLDER / "car_t_facts.csv")
    )
