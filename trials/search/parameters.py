"""Read the parameters of an address: what a value of each kind may look like, and what is refused.

A value may be a slug or, for places and targets, a name or alias, in any case. Empty values are ignored;
an unknown value and an unknown parameter are a `ParameterError`. The table is `trials.search.filters`.
"""

from collections.abc import Callable, Collection, Mapping
from enum import Enum
from functools import cache
from typing import TypeVar

from django.db.models import TextChoices
from django.http import QueryDict
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trials import registries, vocabulary
from trials.models.fulltext import clean_text
from trials.vocabulary.places import cities, find_city, find_state, place_key

Value = TypeVar("Value")

MAX_AGE_YEARS = 120
MAX_KM = 5000
MAX_VALUES = 50
"""A repeated parameter is read this often and no further."""
MARKS_OF_SHARING = frozenset({"fbclid", "gclid", "igshid", "msclkid"})
"""Parameters that other sites and applications put behind every link that is shared through them."""


class ParameterError(ValueError):
    """A parameter or value that a search does not know. Answer 400 and name the parameter."""

    def __init__(self, parameter: str, message: str) -> None:
        self.parameter = parameter
        self.message = message
        super().__init__(f"{parameter}: {message}")


class Recruiting(TextChoices):
    """Where a trial must be recruiting now."""

    INDIA = "india", _("Recruiting in India")
    ANYWHERE = "anywhere", _("Recruiting anywhere")


class AgeGroup(TextChoices):
    """Who the patient is, for people who would rather not give an age."""

    CHILD = "child", _("Child (under 18)")
    ADULT = "adult", _("Adult (18 or older)")


class PatientSex(TextChoices):
    """Who the patient is by sex; a trial states it only where it does not take everyone."""

    FEMALE = "female", _("Female")
    MALE = "male", _("Male")


class Taken(TextChoices):
    """The value of a filter of eligibility: trials that take such patients, or do not state it."""

    OK = "ok", _("Yes")


class Disease(TextChoices):
    """The two groups of the public list."""

    CANCER = "cancer", _("Cancers")
    OTHER = "other", _("Other diseases")
    ALL = "all", _("All diseases")


class Exact(TextChoices):
    """What a search would widen by itself, and should not."""

    BROAD = "broad", _("Only trials that name the disease")
    SPELLING = "spelling", _("Words as typed")


class Sort(TextChoices):
    """Orders of the list. Relevance without words and distance without a place mean the usual order."""

    RELEVANCE = "relevance", _("Best match")
    UPDATED = "updated", _("Last updated")
    DISTANCE = "distance", _("Nearest")


class Order(Enum):
    """What a `Sort` comes to, with or without words and a place."""

    USUAL = "India first, newest first"
    UPDATED = "newest first"
    DISTANCE = "nearest first"
    WORDS = "India first, best match first"


def refuse_unknown(data: QueryDict, known: Collection[str]) -> None:
    """Raise ParameterError for the first parameter that is not known; marks of sharing pass.

    Ignoring a misspelt one would answer another question.
    """
    for name in data:
        if name not in known and name not in MARKS_OF_SHARING and not name.startswith("utm_"):
            raise ParameterError(clean_text(name)[:100], gettext("There is no parameter of this name."))


def read_one(data: QueryDict, name: str, read: Callable[[str], Value]) -> Value | None:
    """The value of the only parameter of a page, None where it is not given. Raises ParameterError."""
    refuse_unknown(data, (name,))
    text = clean_text(data.get(name, ""))
    try:
        return read(text) if text else None
    except ValueError as error:
        raise ParameterError(name, str(error)) from error


def unknown(text: str) -> ValueError:
    """The error of a value that is not in the list of its parameter."""
    return ValueError(gettext("Not known: %s") % text[:100])


def choice_of(choices: type[TextChoices]) -> Callable[[str], str]:
    """A reader of a closed list, whatever the capitals."""
    values = {value.lower(): value for value in choices.values}

    def read(text: str) -> str:
        if text.lower() not in values:
            raise unknown(text)
        return values[text.lower()]

    return read


def number(lowest: float, highest: float) -> Callable[[str], float]:
    """A reader of numbers within these limits."""

    def read(text: str) -> float:
        try:
            value = float(text.replace("_", "x"))  # Python reads 1_0 as 10
        except ValueError:
            raise ValueError(gettext("Not a number: %s") % text[:100]) from None
        if not lowest <= value <= highest:  # also false for nan
            message = gettext("Must be from %(lowest)d to %(highest)d.")
            raise ValueError(message % {"lowest": lowest, "highest": highest})
        return value

    return read


def whole(lowest: int, highest: int) -> Callable[[str], int]:
    """A reader of whole numbers within these limits."""
    within = number(lowest, highest)

    def read(text: str) -> int:
        value = within(text)
        if not value.is_integer():
            raise ValueError(gettext("Not a whole number: %s") % text[:100])
        return int(value)

    return read


def page(text: str) -> int:
    if not (text.isdecimal() and len(text) <= 9 and int(text) >= 1):
        raise ValueError(gettext("Not a page number: %s") % text[:100])
    return int(text)


def registry(text: str) -> str:
    if text.lower() not in registries.known():
        raise unknown(text)
    return text.lower()


def condition(text: str) -> str:
    if text.lower() not in vocabulary.conditions():
        raise unknown(text)
    return text.lower()


def target(text: str) -> str:
    return _named(_targets_by_name(), text)


def product(text: str) -> str:
    return _named(_products_by_name(), text)


def _named(by_name: Mapping[str, str], text: str) -> str:
    name = by_name.get(place_key(text))
    if name is None:
        raise unknown(text)
    return name


@cache
def _targets_by_name() -> Mapping[str, str]:
    targets = vocabulary.targets().values()
    return {place_key(name): target.name for target in targets for name in (*target.aliases, target.name)}


@cache
def _products_by_name() -> Mapping[str, str]:
    products = vocabulary.products().values()
    return {
        place_key(name): product.name for product in products for name in (*product.aliases, product.name)
    }


def state(text: str) -> str:
    found = find_state(text)
    if found is None:
        raise unknown(text)
    return found.slug


def city(text: str) -> str:
    """The slug of a city of the vocabulary, else one made from the text, which only a registry may know."""
    found = cities().get(text.lower()) or find_city(text)
    return found.slug if found else slugify(text)
