"""What a trial is, from its record alone: role, conditions, CAR targets, cell source, with evidence.

Pure: a `TrialRecord` in, `Labels` out. Each axis is a module here: tables of patterns, and rules in
order of which the first decisive one wins.
"""

from importers.classify import cell_source, conditions, contradictions, role, targets
from importers.classify.company import Company
from importers.classify.eligibility import key_eligibility
from importers.classify.fields import Reading
from importers.records import Evidence, Labels
from trials.choices import CellSource, Role
from trials.record import TrialRecord

__all__ = ["classify"]

ROLES_WITH_TARGETS = (Role.GIVES_CAR_T, Role.FOLLOW_UP, Role.OBSERVATIONAL, Role.EXPANDED_ACCESS)


def classify(record: TrialRecord) -> Labels:
    """Every label of one record. What the record does not state is left out, never guessed."""
    reading = Reading(record)
    decided, why = role.decide(reading)
    aims, why_aims = targets.decide(reading)
    slugs, why_slugs = conditions.decide(reading, decided, aims)
    source, why_source = CellSource.NOT_STATED, list[Evidence]()
    if decided != Role.NOT_CAR_T:
        source, why_source = cell_source.decide(reading)
    against = contradictions.against_target(decided, slugs, aims, why_slugs)
    if decided not in ROLES_WITH_TARGETS:
        aims, why_aims = (), []
    return Labels(
        role=decided,
        conditions=slugs,
        targets=aims,
        cell_source=source,
        products=_products(reading) if decided != Role.NOT_CAR_T else (),
        undecided=_undecided(why, against),
        evidence=tuple(dict.fromkeys((why, *why_slugs, *against, *why_aims, *why_source))),
        eligibility=key_eligibility(record),
    )


def _undecided(role_evidence: Evidence, against: list[Evidence]) -> tuple[str, ...]:
    """The axes that a person must decide."""
    doubtful = {"role": role_evidence.rule in role.UNDECIDED_RULES, contradictions.AXIS: bool(against)}
    return tuple(axis for axis, doubt in doubtful.items() if doubt)


def _products(reading: Reading) -> tuple[str, ...]:
    """CAR T products among the interventions and in the titles, each once."""
    passages = (*reading.interventions, *reading.titles)
    company = Company(reading)
    named = (product for passage in passages for product, _, _ in company.products(passage))
    return tuple(dict.fromkeys(product.name for product in named if product.is_car_t))
