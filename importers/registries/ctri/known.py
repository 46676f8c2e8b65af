"""CAR T trials on CTRI that are known by number: they are read first. Each with the source of its number."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from trials.vocabulary import table


@dataclass(frozen=True, slots=True)
class KnownTrial:
    """`trial_id` is 0 where no source names it."""

    number: str
    trial_id: int


@cache
def known_trials() -> tuple[KnownTrial, ...]:
    """The rows of `known_car_t.csv`."""
    rows = table.rows(Path(__file__).parent / "known_car_t.csv")
    return tuple(KnownTrial(row["ctri_number"], int(row["trialid"] or 0)) for row in rows)
