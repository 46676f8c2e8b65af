"""The parameters of a search: one table, read by the list page, the API and its documentation.

A value may be a slug or, for places and targets, a name or alias, in any case. Empty values are ignored;
an unknown value and an unknown parameter are a `ParameterError`.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import TextChoices
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trials import registries, vocabulary
from trials.choices import CellSource, Phase
from trials.models import Site, Trial
from trials.models.fulltext import clean_text
from trials.search import geo
from trials.vocabulary.places import cities, find_city, find_state, fold

MAX_AGE_YEARS = 120
MAX_KM = 5000
MARKS_OF_SHARING = frozenset({"fbclid", "gclid", "igshid", "msclkid"})
"""Parameters that other sites and applications put behind every link that is shared through them."""
MAX_VALUES = 50
"""A repeated parameter is read this often and no further."""


class ParameterError(ValueError):
    """A value that a search does not know. Answer 400 and name the parameter."""

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


class Disease(TextChoices):
    """The two groups of the public list."""

    CANCER = "cancer", _("Cancers")
    OTHER = "other", _("Other diseases")
    ALL = "all", _("All diseases")


class Exact(TextChoices):
    """What a search would widen by itself, and is asked not to."""

    BROAD = "broad", _("Only trials that name the disease")
    SPELLING = "spelling", _("Words as typed")


class Sort(TextChoices):
    """Orders of the list. Relevance without words and distance without a place mean the usual order."""

    RELEVANCE = "relevance", _("Best match")
    UPDATED = "updated", _("Last updated")
    DISTANCE = "distance", _("Nearest")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter. `read` turns a cleaned, non-empty text into a value or raises ValueError."""

    name: str
    read: Callable[[str], Any]
    about: str | Promise
    repeats: bool = False


def _unknown(text: str) -> ValueError:
    return ValueError(gettext("Not known: %s") % text[:100])


def _choice(choices: type[TextChoices]) -> Callable[[str], str]:
    """A reader of a closed list, whatever the capitals."""
    values = {value.lower(): value for value in choices.values}

    def read(text: str) -> str:
        if text.lower() not in values:
            raise _unknown(text)
        return values[text.lower()]

    return read


def _registry(text: str) -> str:
    if text.lower() not in registries.known():
        raise _unknown(text)
    return text.lower()


def _condition(text: str) -> str:
    if text.lower() not in vocabulary.conditions():
        raise _unknown(text)
    return text.lower()


def _target(text: str) -> str:
    return _named(_targets_by_name(), text)


def _product(text: str) -> str:
    return _named(_products_by_name(), text)


def _named(by_name: Mapping[str, str], text: str) -> str:
    name = by_name.get(fold(text))
    if name is None:
        raise _unknown(text)
    return name


@cache
def _targets_by_name() -> Mapping[str, str]:
    targets = vocabulary.targets().values()
    return {fold(name): target.name for target in targets for name in (*target.aliases, target.name)}


@cache
def _products_by_name() -> Mapping[str, str]:
    products = vocabulary.products().values()
    return {fold(name): product.name for product in products for name in (*product.aliases, product.name)}


def _state(text: str) -> str:
    state = find_state(text)
    if state is None:
        raise _unknown(text)
    return state.slug


def _city(text: str) -> str:
    """A city of the vocabulary, or one that only a registry knows."""
    city = cities().get(text.lower()) or find_city(text)
    slug = city.slug if city else slugify(text)
    if city is None and not Trial.objects.listed().at_city(slug).exists():
        raise _unknown(text)
    return slug


def _site(text: str) -> str:
    if not Site.objects.filter(slug=text.lower()).exists():
        raise _unknown(text)
    return text.lower()


def _number(text: str, lowest: float, highest: float) -> float:
    try:
        number = float(text)
    except ValueError:
        raise ValueError(gettext("Not a number: %s") % text[:100]) from None
    if not lowest <= number <= highest:  # also false for nan
        message = gettext("Must be from %(lowest)d to %(highest)d.")
        raise ValueError(message % {"lowest": lowest, "highest": highest})
    return number


def _page(text: str) -> int:
    if not (text.isdecimal() and len(text) <= 9 and int(text) >= 1):
        raise ValueError(gettext("Not a page number: %s") % text[:100])
    return int(text)


PARAMETERS = (
    Parameter("q", clean_text, _("Words: a disease, drug, place or registry id, in English or Hindi.")),
    Parameter("condition", _condition, _("Condition slug, see /conditions."), repeats=True),
    Parameter("phase", _choice(Phase), _("Trial phase; a Phase 1/2 trial answers to both."), repeats=True),
    Parameter("target", _target, _("Target antigen or an alias of it, such as CD19."), repeats=True),
    Parameter("product", _product, _("CAR T product by its vocabulary name."), repeats=True),
    Parameter("cell_source", _choice(CellSource), _("Whose cells the product is made from."), repeats=True),
    Parameter("age", lambda text: _number(text, 0, MAX_AGE_YEARS), _("Age in years; 0.5 is six months.")),
    Parameter("age_group", _choice(AgeGroup), _("Child or adult, where no age is given.")),
    Parameter("state", _state, _("Indian state of a site."), repeats=True),
    Parameter("city", _city, _("Indian city of a site."), repeats=True),
    Parameter("site", _site, _("Slug of an Indian hospital, see /sites."), repeats=True),
    Parameter("near", geo.point_of, _("PIN code or Indian city; nearest recruiting city first.")),
    Parameter("within", lambda text: _number(text, 1, MAX_KM), _("Kilometres from `near`.")),
    Parameter("recruiting", _choice(Recruiting), _("Recruiting now, in India or anywhere.")),
    Parameter("registry", _registry, _("Registry that lists the trial."), repeats=True),
    Parameter("disease", _choice(Disease), _("Cancers unless a condition asked for is another disease.")),
    Parameter("sort", _choice(Sort), _("Order of the list.")),
    Parameter("page", _page, _("Page, from 1.")),
    Parameter("exact", _choice(Exact), _("What not to widen: broad trials, spelling."), repeats=True),
)


def refuse_unknown(data: QueryDict, known: Collection[str]) -> None:
    """Raise ParameterError for the first parameter that is not known; marks of sharing pass.

    Ignoring a misspelt one would answer another question than was asked.
    """
    for name in data:
        if name not in known and name not in MARKS_OF_SHARING and not name.startswith("utm_"):
            raise ParameterError(clean_text(name)[:100], gettext("There is no parameter of this name."))


def read_parameters(data: QueryDict, *besides: str) -> Mapping[str, Any]:
    """The values given, by parameter; of a parameter that does not repeat the last one given counts.

    Raises ParameterError for the first parameter or value that is not known.
    """
    refuse_unknown(data, {*besides, *(parameter.name for parameter in PARAMETERS)})
    values: dict[str, Any] = {}
    for parameter in PARAMETERS:
        texts = [text for text in map(clean_text, data.getlist(parameter.name)[:MAX_VALUES]) if text]
        if not texts:
            continue
        try:
            if parameter.repeats:
                values[parameter.name] = tuple(dict.fromkeys(map(parameter.read, texts)))
            else:
                values[parameter.name] = parameter.read(texts[-1])
        except ValueError as error:
            raise ParameterError(parameter.name, str(error)) from error
    return values
