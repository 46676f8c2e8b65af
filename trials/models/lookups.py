"""Conditions and orders of `Trial` rows.

Each condition is a function that returns a `Q`: a search keeps its filters apart, because facets count
with "all filters but this one".
"""

import math
from collections.abc import Sequence

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import ExpressionWrapper, F, Func, OrderBy, Q, Value

from trials import registries
from trials.choices import INDIA, Status

ADULT_YEARS = 18
RANKED = 1000
"""How many of the newest hits are ranked by relevance; ranking every hit of a common word is slow."""

RECRUITING_ANYWHERE = Q(status=Status.RECRUITING)
RECRUITING_IN_INDIA = Q(recruiting_in_india=True)
HAS_INDIAN_SITE = Q(countries__contains=[INDIA])


def has_condition(*slugs: str) -> Q:
    """Trials a search for any of these conditions should find, through broader or narrower labels too."""
    return Q(answers_to__overlap=list(slugs))


def takes_age(years: float) -> Q:
    """Trials open to a patient of this age. A limit that is not stated never hides a trial.

    "Maximum 30 years" takes people until their 31st birthday. A whole number of years stands for the
    whole year of life; below one year the limits are in months, with a month of grace.
    """
    whole = float(years).is_integer()
    old_enough = Q(min_age_years__lt=years + 1) if whole else Q(min_age_years__lte=years)
    limit = math.floor(years) if years >= 1 else years - 1 / 12
    young_enough = Q(max_age_years__gte=limit)
    return (Q(min_age_years=None) | old_enough) & (Q(max_age_years=None) | young_enough)


def takes_children() -> Q:
    """Trials open to a child; a limit that is not stated hides nothing. Likewise `takes_adults`."""
    return Q(min_age_years=None) | Q(min_age_years__lt=ADULT_YEARS)


def takes_adults() -> Q:
    return Q(max_age_years=None) | Q(max_age_years__gte=ADULT_YEARS)


def id_spellings(registry_id: str) -> set[str]:
    """How an id may stand in the catalogue: as given, in capitals, or as a registry spells it."""
    capitals = "".join(registry_id.split()).upper()
    return {registry_id, capitals, *(one.spelled(capitals) for one in registries.known().values())}


def has_registry_id(*registry_ids: str) -> Q:
    """Trials with any of these ids or former ids, however they are spelt."""
    return Q(registry_ids__overlap=sorted(set().union(*map(id_spellings, registry_ids))))


def has_page(url: str) -> Q:
    """Trials with a record whose page is at this address, in the form of `trials.registries.find_page`."""
    return Q(registrations__url=url)


class NearestPosition(Func):
    """The lowest position in a list of city slugs of any of a trial's open cities; null if none is there."""

    template = "(SELECT MIN(ARRAY_POSITION(%(expressions)s) AS city)"
    arg_joiner = ", city)) FROM UNNEST("
    output_field = models.IntegerField()

    def __init__(self, cities: Sequence[str]) -> None:
        slugs = ArrayField(models.CharField(max_length=100))
        super().__init__(Value(list(cities), output_field=slugs), F("open_cities"))


def india_first() -> list[OrderBy]:
    """Recruiting in India, then with a site in India, then recruiting at all."""
    groups = (RECRUITING_IN_INDIA, HAS_INDIAN_SITE, RECRUITING_ANYWHERE)
    return [ExpressionWrapper(group, output_field=models.BooleanField()).desc() for group in groups]


def newest_first() -> list[OrderBy]:
    """Last updated first; the id makes every order total, so that paging loses nothing."""
    return [F("last_updated").desc(nulls_last=True), F("id").asc()]
