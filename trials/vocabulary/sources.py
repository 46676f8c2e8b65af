"""Papers, labels and rules that statements of our own pages rest on. No Django, no database.

The table is sources.csv, a line a source, so that a clinician can look it up. `checked` is `yes` only where
the text itself was read for the statements that name it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from trials.vocabulary import table

KINDS = ("paper", "guideline", "label", "regulator", "law", "government", "hospital")
CHECKED = {"yes": True, "no": False}
_TABLE = Path(__file__).with_name("sources.csv")


@dataclass(frozen=True, slots=True)
class Source:
    """One source. `year` is "" where the text bears none, `address` where no lasting one is known."""

    key: str
    citation: str
    kind: str
    year: str
    address: str
    checked: bool


@cache
def sources() -> Mapping[str, Source]:
    """Every source by key."""
    return MappingProxyType(
        {
            row["key"]: Source(
                row["key"],
                row["citation"],
                row["kind"],
                row["year"],
                row["address"],
                CHECKED[row["checked"]],
            )
            for row in table.rows(_TABLE)
        }
    )
