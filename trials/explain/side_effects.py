"""Side effects as a registry's table of adverse events counts them: group by group, never added up.

What is not listed is "not reported here", never nought: other events than serious ones need not be listed
where few had them, and one sign of a side effect may stand under another name.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from trials.explain.result_values import Share, by_group, name
from trials.results_record import EventCount, EventGroup, SideEffect
from trials.results_record import SideEffects as Stated
from trials.vocabulary.side_effects import CRS, KINDS, NEUROTOXICITY, kind_of

__all__ = ["CRS", "NEUROTOXICITY", "GroupTotals", "SideEffects", "Term", "Watched", "side_effects"]


@dataclass(frozen=True, slots=True)
class GroupTotals:
    """How many of one group died, had any serious event, had any other listed event."""

    group: EventGroup
    deaths: Share
    serious: Share
    other: Share


@dataclass(frozen=True, slots=True)
class Term:
    """One event by its medical term, with how many of each group had it."""

    name: str
    organ_system: str
    shares: Sequence[Share]


@dataclass(frozen=True, slots=True)
class Watched:
    """What the table has of one side effect (`KINDS`); no terms: it is not reported there."""

    kind: str
    serious: Sequence[Term]
    other: Sequence[Term]


@dataclass(frozen=True, slots=True)
class SideEffects:
    """The whole table, ready to be shown. `more_serious` terms stand on the registry alone."""

    stated: Stated
    groups: Sequence[GroupTotals]
    watched: Sequence[Watched]
    serious: Sequence[Term]
    more_serious: int


def side_effects(stated: Stated | None) -> SideEffects | None:
    """None where the registry has no table of them."""
    if stated is None or not stated.groups:
        return None
    further = [event for event in stated.events if event.serious and not kind_of(event.term)]
    kept = sum(event.serious for event in stated.events)
    return SideEffects(
        stated,
        [_totals(group) for group in stated.groups],
        [Watched(kind, _terms(stated, kind, True), _terms(stated, kind, False)) for kind in KINDS],
        [_term(event, stated.groups) for event in further],
        max(0, stated.serious_terms - kept),
    )


def _terms(stated: Stated, kind: str, serious: bool) -> list[Term]:
    found = (event for event in stated.events if event.serious == serious and kind_of(event.term) == kind)
    return [_term(event, stated.groups) for event in found]


def _totals(group: EventGroup) -> GroupTotals:
    return GroupTotals(
        group,
        deaths=Share(name(group), group.deaths, group.deaths_of),
        serious=Share(name(group), group.serious, group.serious_of),
        other=Share(name(group), group.other, group.other_of),
    )


def _term(event: SideEffect, groups: Sequence[EventGroup]) -> Term:
    """With a share for each group, in their order; one that the event does not name is not given."""
    counts = by_group(event.counts, lambda count: count.group)
    none = EventCount("")
    found = [(group, counts.get(group.id, none)) for group in groups]
    shares = [Share(name(group), count.affected, count.at_risk) for group, count in found]
    return Term(event.term, event.organ_system, shares)
