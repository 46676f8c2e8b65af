"""Medical terms for the two side effects that CAR T treatment is watched for. No Django, no database.

The table is side_effects.csv, a line a term with the reason for it. A term counts in any writing (hyphens,
capitals) and with words around it ("Cytokine release syndrome, grade 3"), but one marked `whole` only where
it is all that stands there: "hepatic encephalopathy" has another cause.
"""

import re
from functools import cache
from pathlib import Path

from trials.vocabulary import table

CRS, NEUROTOXICITY = "crs", "neurotoxicity"
KINDS = (CRS, NEUROTOXICITY)
_TABLE = Path(__file__).with_name("side_effects.csv")


def kind_of(term: str) -> str:
    """One of `KINDS`, "" for any other event."""
    words = _words(term)
    for known, kind, whole in _known():
        if words == known or (not whole and f" {known} " in f" {words} "):
            return kind
    return ""


@cache
def _known() -> tuple[tuple[str, str, bool], ...]:
    return tuple((_words(row["term"]), row["kind"], row["whole"] == "yes") for row in table.rows(_TABLE))


def _words(term: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", term.casefold()))
