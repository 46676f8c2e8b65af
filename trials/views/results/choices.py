"""The choices of the filter form, each with the number of trials it leaves."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from trials.display import condition_label, state_label
from trials.views.results.value_labels import LABELS, hospital_names
from trials.vocabulary import conditions
from trials.vocabulary.places import states

MOST = 40
"""More choices than this of one facet help nobody; the box finds the rest."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One box to tick."""

    value: str
    label: str
    count: int
    chosen: bool


def facet_choices(
    name: str, chosen: Sequence[str], counts: Mapping[str, int], order: Sequence[str] = ()
) -> list[Choice]:
    """Values that leave something, and chosen ones; most trials first unless an order is given."""
    values = {*counts, *chosen}
    by_count = sorted(values, key=lambda value: (value not in chosen, -counts.get(value, 0), value))
    ordered = [value for value in order if value in values] or by_count[:MOST]
    label = LABELS[name]
    return [Choice(value, label(value), counts.get(value, 0), value in chosen) for value in ordered]


def hospital_choices(chosen: Sequence[str], counts: Mapping[str, int]) -> list[Choice]:
    """Hospitals in India by number of trials. One query."""
    names = hospital_names({*counts, *chosen})
    choices = [Choice(slug, name, counts.get(slug, 0), slug in chosen) for slug, name in names.items()]
    return sorted(choices, key=lambda choice: (not choice.chosen, -choice.count, choice.label))[:MOST]


def state_choices(counts: Mapping[str, int]) -> list[Choice]:
    """Every state and union territory by its name in the page's language, with or without trials."""
    choices = [Choice(slug, state_label(slug), counts.get(slug, 0), False) for slug in states()]
    return sorted(choices, key=lambda choice: choice.label)


def condition_choices(
    chosen: Sequence[str], counts: Mapping[str, int]
) -> Iterator[tuple[str, list[Choice], bool]]:
    """Groups of conditions that leave something: heading, choices, whether one is chosen."""
    shown = [c for c in conditions().values() if counts.get(c.slug) or c.slug in chosen]
    for group, members in groupby(shown, key=lambda condition: condition.group):
        choices = [
            Choice(c.slug, condition_label(c.slug), counts.get(c.slug, 0), c.slug in chosen) for c in members
        ]
        yield group, choices, any(choice.chosen for choice in choices)
