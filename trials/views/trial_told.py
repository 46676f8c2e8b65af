"""What the records of one trial tell of treatment and money, for its page."""

from collections.abc import Sequence

from trials.choices import PUBLIC_ROLES, Role
from trials.costs import Cost, costs
from trials.journey import Step, journey
from trials.models import Registration, Trial
from trials.passages import Passage, passages


def texts(registrations: Sequence[Registration]) -> list[Passage]:
    """Everything these records write, the main record first."""
    return [passage for r in registrations for passage in passages(r.summary, r.details, r.registry_id)]


def steps(trial: Trial, told: Sequence[Passage]) -> list[Step]:
    """The way of treatment; none for a study that gives no CAR T cells."""
    return journey(told) if Role(trial.role) in PUBLIC_ROLES else []


def money(told: Sequence[Passage]) -> list[Cost]:
    return costs(told)


def summaries(registrations: Sequence[Registration]) -> list[Registration]:
    """The records that have a summary of their own; the same text is told once."""
    once = {r.summary.strip(): r for r in reversed(registrations) if r.summary.strip()}
    return list(reversed(once.values()))
