"""Side effects as a registry's table of adverse events counts them: group by group, never added up.

What is not listed is "not reported here", never nought: other events than serious ones need not be listed
where few had them, and one sign of a side effect may stand under another name.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trials.explain.result_values import Share
from trials.results_record import EventGroup, SideEffect
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
    titles = {group.id: group.title for group in stated.groups}
    kinds = [(event, kind_of(event.term)) for event in stated.events]
    serious = [event for event, kind in kinds if event.serious and not kind]
    kept = sum(event.serious for event in stated.events)
    return SideEffects(
        stated,
        [_totals(group) for group in stated.groups],
        [
            Watched(
                kind,
                [_term(event, titles) for event, found in kinds if found == kind and event.serious],
                [_term(event, titles) for event, found in kinds if found == kind and not event.serious],
            )
            for kind in KINDS
        ],
        [_term(event, titles) for event in serious],
        max(0, stated.serious_terms - kept),
    )


def _totals(group: EventGroup) -> GroupTotals:
    return GroupTotals(
        group,
        deaths=Share(group.title, group.deaths, group.deaths_of),
        serious=Share(group.title, group.serious, group.serious_of),
        other=Share(group.title, group.other, group.other_of),
    )


def _term(event: SideEffect, titles: dict[str, str]) -> Term:
    return Term(event.term, event.organ_system, list(_shares(event, titles)))


def _shares(event: SideEffect, titles: dict[str, str]) -> Iterator[Share]:
    for count in event.counts:
        yield Share(titles.get(count.group, ""), count.affected, count.at_risk)
