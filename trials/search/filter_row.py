"""One row of the table of filters (`trials.search.filters`)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from operator import and_
from typing import Any

from django.db.models import Q, TextChoices
from django.utils.functional import Promise

from trials.models import Trial
from trials.search.known_places import KnownPlaces
from trials.search.parameters import choice_of

Label = Callable[[Any], str]
Reason = Callable[[Trial, Any, Label], Iterator[str]]


class Control(StrEnum):
    """The form control of a parameter. One without a control is carried along in a hidden field."""

    RADIOS = "radios"
    FIELD = "field"  # a number where it has limits, a select where it has choices, else a text
    BOXES = "boxes"
    GROUPS = "groups"  # boxes under the headings of the conditions
    TICK = "tick"  # one box, for the only choice there is
    LAST = "last"  # a field below all others
    CARRIED = "carried"
    NONE = "none"  # has its own place on the page


@dataclass(frozen=True, slots=True, eq=False)
class Filter:
    """One parameter, equal to itself alone. `read` turns a cleaned text into a value or raises ValueError.

    It narrows the list by the values of `column`, by words within the column `contains`, or by `where`; with
    none of them it only orders or pages. `column` and `contains` are counted by value, `choices` where
    `counted` is set, `numbers` always.
    """

    name: str
    about: str | Promise
    read: Callable[[str], Any] = str
    known: Callable[[KnownPlaces, str], bool] | None = None  # checked in the catalogue, after `read`
    repeats: bool = False
    column: str = ""
    lookup: str = "overlap"
    open_column: str = ""  # instead of `column` where a site there must be recruiting
    exact_column: str = ""  # instead of `column` where broad trials are not wanted
    contains: str = ""  # names, one a line
    where: Callable[[Any], Q | None] | None = None  # None: this value narrows nothing
    choices: type[TextChoices] | None = None
    counted: bool = False
    numbers: Sequence[int] = ()  # values that are counted, of a whole number
    words: str = ""  # the field of `understand.Understood` whose values the words of `q` stand for
    label: Label | None = None  # of one value, for chips and choices; "" or none: no chip
    names: Callable[[KnownPlaces], Mapping[str, str]] | None = None  # labels that the catalogue knows
    reason: Reason | None = None
    legend: str | Promise = ""
    nothing: str | Promise = ""  # the choice of no value, of radios and selects
    control: Control = Control.CARRIED
    asked: bool = False  # stands in the form's group "what the trial asks"
    limits: tuple[float, float] | None = None  # of a number
    longest: int = 60  # characters of a text
    hint: str = "off"  # the field's `autocomplete`

    def label_in(self, places: KnownPlaces) -> Label:
        """The words for a value of this filter."""
        if self.names:
            known = self.names(places)
            return lambda value: known.get(value, "")
        return self.label or str

    def narrowed(self, value: Any) -> Q | None:
        """The trials that answer to one value, where no `column` holds it; None: it narrows nothing."""
        if self.contains:
            words = (Q(**{f"{self.contains}__unaccent__icontains": word}) for word in str(value).split())
            return reduce(and_, words)
        return self.where(value) if self.where else None

    def schema(self) -> dict[str, Any]:
        """JSON schema of the parameter, for the API."""
        schema: dict[str, Any] = {"type": "string"}
        if self.limits:
            kind = "integer" if self.numbers else "number"
            schema = {"type": kind, "minimum": self.limits[0], "maximum": self.limits[1]}
        elif self.choices:
            schema["enum"] = list(self.choices.values)
        return {"type": "array", "items": schema} if self.repeats else schema


def closed(choices: type[TextChoices]) -> dict[str, Any]:
    """How a closed list of values is read and labelled."""
    return {
        "read": choice_of(choices),
        "choices": choices,
        "label": lambda value: str(choices(value).label),
    }
