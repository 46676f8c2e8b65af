"""The filter form: a field for each row of the table, its choices with the number of trials they leave."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from trials.display import condition_label, state_label
from trials.search.facets import Facets
from trials.search.filter_row import Control, Filter
from trials.search.filters import FILTERS
from trials.search.search import Search
from trials.vocabulary import conditions
from trials.vocabulary.places import states

MOST = 40
"""More choices than this of one facet do not help; the search box finds the rest."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One box to tick. `count` is None where the trials are not counted."""

    value: str
    label: str
    count: int | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class FormField:
    """One parameter in the form: what is written there, or what can be chosen."""

    filter: Filter
    written: str = ""
    choices: tuple[Choice, ...] = ()
    groups: tuple[tuple[str, tuple[Choice, ...], bool], ...] = ()
    chosen: bool = False
    suggestions: tuple[tuple[str, int], ...] = ()

    @property
    def several(self) -> bool:
        """Whether more than one choice is chosen."""
        boxes = [*self.choices, *(choice for _, choices, _ in self.groups for choice in choices)]
        return sum(choice.chosen for choice in boxes) > 1


def fields(search: Search, found: Facets) -> dict[str, tuple[FormField, ...]]:
    """The form's fields by the sort of control, in the order of the table.

    Those of the group "what the trial asks" stand under names that begin with `asked_`.
    """
    by_control: dict[str, list[FormField]] = {}
    for one in FILTERS:
        name = f"asked_{one.control}" if one.asked else one.control
        by_control.setdefault(name, []).append(_field(one, search, found))
    return {name: tuple(found) for name, found in by_control.items()}


def _field(one: Filter, search: Search, found: Facets) -> FormField:
    counts, value = found.counts.get(one.name, {}), search.given(one.name)
    if one.control is Control.GROUPS:
        return FormField(one, groups=tuple(condition_choices(value, counts)))
    if one.control is Control.BOXES:
        return FormField(one, choices=tuple(_boxes(one, search, value, counts)), chosen=bool(value))
    if one.choices and not one.repeats:
        options = one.choices.choices
        choices = tuple(
            Choice(option, str(label), counts.get(option, 0) if one.counted else None, option == value)
            for option, label in options
        )
        return FormField(one, choices=choices, chosen=bool(value))
    written = f"{value:g}" if isinstance(value, float) else "" if value is None else str(value)
    return FormField(one, written=written, chosen=bool(written), suggestions=tuple(sorted(counts.items())))


def _boxes(one: Filter, search: Search, chosen: Sequence[str], counts: Mapping[str, int]) -> list[Choice]:
    """Values that leave something, and chosen ones; most trials first unless the list is a closed one."""
    label = one.label_in(search.places)
    values = {*counts, *chosen}
    choices = [Choice(value, label(value), counts.get(value, 0), value in chosen) for value in values]
    choices = [choice for choice in choices if choice.label]
    if one.choices:
        order = one.choices.values
        return sorted(choices, key=lambda choice: order.index(choice.value))
    return sorted(choices, key=lambda c: (not c.chosen, -counts.get(c.value, 0), c.label))[:MOST]


def state_choices(counts: Mapping[str, int]) -> list[Choice]:
    """Every state and union territory by its name in the page's language, with or without trials."""
    choices = [Choice(slug, state_label(slug), counts.get(slug, 0), False) for slug in states()]
    return sorted(choices, key=lambda choice: choice.label)


def condition_choices(
    chosen: Sequence[str], counts: Mapping[str, int]
) -> Iterator[tuple[str, tuple[Choice, ...], bool]]:
    """Groups of conditions that leave something: heading, choices, whether one is chosen."""
    shown = [c for c in conditions().values() if counts.get(c.slug) or c.slug in chosen]
    for group, members in groupby(shown, key=lambda condition: condition.group):
        choices = tuple(
            Choice(c.slug, condition_label(c.slug), counts.get(c.slug, 0), c.slug in chosen) for c in members
        )
        yield group, choices, any(choice.chosen for choice in choices)
