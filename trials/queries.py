"""The verbs people use when they ask for trials.

Each question is one function that returns a `Q`, so that a search can hold its filters apart (facets
count with "all filters but this one"), and one verb of `TrialQuerySet` that applies it.
"""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, ExpressionWrapper, F, FloatField, Func, OrderBy, Q, Value, When

from trialfinder.environment import Mode
from trials.choices import Status
from trials.search import mentions, relevance

if TYPE_CHECKING:
    from trials.models import Trial  # noqa: F401

INDIA = "India"
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
    """Trials open to somebody of this age. A limit that is not stated never hides a trial.

    "Maximum 30 years" takes people until their 31st birthday. A whole number of years stands for the
    whole year of life; below one year the limits are in months, with a month of grace.
    """
    whole = float(years).is_integer()
    old_enough = Q(min_age_years__lt=years + 1) if whole else Q(min_age_years__lte=years)
    limit = math.floor(years) if years >= 1 else years - 1 / 12
    young_enough = Q(max_age_years__gte=limit)
    return (Q(min_age_years=None) | old_enough) & (Q(max_age_years=None) | young_enough)


def takes_children() -> Q:
    """Trials open to somebody below 18; a limit that is not stated hides nothing. Likewise `takes_adults`."""
    return Q(min_age_years=None) | Q(min_age_years__lt=ADULT_YEARS)


def takes_adults() -> Q:
    return Q(max_age_years=None) | Q(max_age_years__gte=ADULT_YEARS)


def id_spellings(registry_id: str) -> set[str]:
    """How an id may stand in the catalogue: as given, in capitals, or CTRI's with its slashes."""
    capitals = "".join(registry_id.split()).upper()
    slashes = capitals.replace("-", "/") if capitals.startswith("CTRI") else capitals
    return {registry_id, capitals, slashes}


def has_registry_id(*registry_ids: str) -> Q:
    """Trials with any of these ids or former ids, however they are spelt."""
    return Q(registry_ids__overlap=sorted(set().union(*map(id_spellings, registry_ids))))


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


class TrialQuerySet(models.QuerySet["Trial"]):
    """`Trial.objects.listed().recruiting_in_india().for_condition("lbcl")`."""

    def visible(self) -> Self:
        """All that anyone may see, staff too: a public site shows no invented record, stored or not."""
        return self.filter(sample=False) if settings.MODE is Mode.PRODUCTION else self

    def listed(self) -> Self:
        """What the public may see."""
        return self.visible().filter(published=True)

    def reachable(self) -> Self:
        """What has a public page: also what was listed until its registry had it no more."""
        return self.visible().filter(Q(published=True) | Q(gone=True))

    def without_long_texts(self) -> Self:
        """For lists: what only the search reads or only the trial's own page shows stays in the table."""
        return self.defer(
            "summary",
            "official_title",
            "eligibility",
            "ids_text",
            "label_text",
            "people_text",
            "search_vector",
        )

    def cancers(self) -> Self:
        """All but those labelled with other diseases only; a trial without a label is not hidden."""
        return self.filter(other_disease_only=False)

    def other_diseases(self) -> Self:
        """CAR T for lupus, myasthenia and the like."""
        return self.filter(other_disease_only=True)

    def recruiting(self) -> Self:
        """Recruiting anywhere, by the trial's own status. Unknown and not yet open are not."""
        return self.filter(RECRUITING_ANYWHERE)

    def recruiting_in_india(self) -> Self:
        """With at least one site in India that recruits now."""
        return self.filter(RECRUITING_IN_INDIA)

    def for_condition(self, *slugs: str) -> Self:
        return self.filter(has_condition(*slugs))

    def in_phase(self, *phases: str) -> Self:
        """In any of these phases; a Phase 1/2 trial is in both."""
        return self.filter(phases__overlap=list(phases))

    def targeting(self, *targets: str) -> Self:
        return self.filter(targets__overlap=list(targets))

    def at_state(self, *slugs: str) -> Self:
        """With a site in the state, recruiting or not; likewise at_city and at_site."""
        return self.filter(states__overlap=list(slugs))

    def at_city(self, *slugs: str) -> Self:
        return self.filter(cities__overlap=list(slugs))

    def at_site(self, *slugs: str) -> Self:
        return self.filter(hospitals__overlap=list(slugs))

    def for_age(self, years: float) -> Self:
        return self.filter(takes_age(years))

    def matching_text(self, text: str) -> Self:
        return self.filter(mentions(text))

    def by_registry_id(self, *registry_ids: str) -> Self:
        """By any id or former id in any registry; capitals or not."""
        return self.filter(has_registry_id(*registry_ids))

    def in_default_order(self) -> Self:
        return self.order_by(*india_first(), *newest_first())

    def newest_first(self) -> Self:
        return self.order_by(*newest_first())

    def nearest_first(self, cities: Sequence[str]) -> Self:
        """`cities` are city slugs, nearest first. Only sites recruiting in India lend a distance."""
        return self.order_by(NearestPosition(cities).asc(nulls_last=True), *india_first(), *newest_first())

    def most_relevant_first(self, text: str) -> Self:
        """India first; within that by relevance, for the newest `RANKED` hits."""
        newest = self.order_by(*newest_first()).values("pk")[:RANKED]
        rank = Case(When(pk__in=newest, then=relevance(text)), default=0.0, output_field=FloatField())
        return self.order_by(*india_first(), rank.desc(), *newest_first())
