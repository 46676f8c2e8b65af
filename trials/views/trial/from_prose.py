"""What the records of one trial tell of treatment and money, for its page."""

from collections.abc import Sequence
from functools import lru_cache

from trials.choices import PUBLIC_ROLES, Role
from trials.explain.costs import Cost, costs
from trials.explain.excerpts import RecordText, passages
from trials.explain.treatment_steps import Step, journey
from trials.models import Registration, Trial

TRIALS_REMEMBERED = 200


def steps_and_costs(trial: Trial, registrations: Sequence[Registration]) -> tuple[list[Step], list[Cost]]:
    """The way of treatment and who pays; no steps for a study that gives no CAR T cells."""
    texts = (passage for r in registrations for passage in passages(r.record))
    steps, money = _read(tuple(texts))
    return (steps if Role(trial.role) in PUBLIC_ROLES else []), money


@lru_cache(maxsize=TRIALS_REMEMBERED)
def _read(texts: tuple[RecordText, ...]) -> tuple[list[Step], list[Cost]]:
    """Reading is half of what a page of a long record costs, and the same trials are looked at often."""
    return journey(texts), costs(texts)


def summaries(registrations: Sequence[Registration]) -> list[Registration]:
    """The records that have a summary of their own; the same text is shown once."""
    once = {r.summary.strip(): r for r in reversed(registrations) if r.summary.strip()}
    return list(reversed(once.values()))
