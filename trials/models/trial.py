"""What a patient sees of a trial: the read model that `trials.catalogue.compose` fills.

List page, facets and API read this one table and need no join to filter.
"""

from collections.abc import Sequence
from typing import Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Case, F, FloatField, Q, When

from trialfinder.environment import Mode
from trials.choices import CellSource, Role, Sex, Status
from trials.models.fields import slugs
from trials.models.fulltext import relevance
from trials.models.lookups import (
    RANKED,
    RECRUITING_IN_INDIA,
    NearestPosition,
    has_condition,
    has_registry_id,
    india_first,
    newest_first,
)


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

    def recruiting_in_india(self) -> Self:
        """With at least one site in India that recruits now."""
        return self.filter(RECRUITING_IN_INDIA)

    def for_condition(self, *slugs: str) -> Self:
        return self.filter(has_condition(*slugs))

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


class Trial(models.Model):
    """One trial as the public finds it. Every column but the id is written by `trials.catalogue.compose`."""

    primary_id = models.CharField(max_length=40, unique=True)
    registry_ids = slugs()  # all ids and former ids that lead here
    registries = slugs()
    title = models.TextField()
    official_title = models.TextField(blank=True)
    acronym = models.CharField(max_length=200, blank=True)
    summary = models.TextField(blank=True)
    sponsor = models.TextField(blank=True)

    role = models.CharField(max_length=20, choices=Role)
    published = models.BooleanField(default=False)
    gone = models.BooleanField(default=False)  # was public; withdrawn from every registry
    sample = models.BooleanField(default=False)  # invented records of the sample catalogue
    outdated = models.BooleanField(default=False)  # a newer version of a record of it could not be read
    stale = models.BooleanField(default=False)  # a record says "open", unchanged for two years

    conditions = slugs()  # as labelled
    answers_to = slugs()  # every condition slug a search for which should find this trial
    other_disease_only = models.BooleanField(default=False)  # labelled, and no label is a cancer
    targets = slugs()
    products = slugs()
    cell_source = models.CharField(max_length=20, choices=CellSource, default=CellSource.NOT_STATED)
    eligibility = models.JSONField(default=dict)  # {facet: {value, quote, limit}}, what is stated alone
    phases = slugs()

    status = models.CharField(max_length=40, choices=Status)
    recruiting_in_india = models.BooleanField(default=False)
    confirmed_at = models.DateTimeField(null=True, blank=True)  # newest word of a hospital where it is open
    countries = slugs()
    # Indian sites: where the trial runs at all, and where a site is recruiting now
    states = slugs()
    cities = slugs()
    hospitals = slugs()
    open_states = slugs()
    open_cities = slugs()
    open_hospitals = slugs()

    sex = models.CharField(max_length=10, choices=Sex, blank=True)
    min_age_years = models.FloatField(null=True, blank=True)  # null: no limit stated
    max_age_years = models.FloatField(null=True, blank=True)

    last_updated = models.DateField(null=True, blank=True)  # newest "last update" of its registries
    fetched_at = models.DateTimeField()  # when its registries were last read without failure
    listed_at = models.DateTimeField()

    ids_text = models.TextField(blank=True)
    label_text = models.TextField(blank=True)  # names and synonyms of the labels, for free text
    people_text = models.TextField(blank=True)  # interventions, sponsors, hospitals, cities, investigators
    search_vector = models.GeneratedField(
        expression=SearchVector("title", "acronym", "ids_text", weight="A", config="tf_english")
        + SearchVector("label_text", "official_title", weight="B", config="tf_english")
        + SearchVector("people_text", weight="C", config="tf_english")
        + SearchVector("summary", weight="D", config="tf_english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = TrialQuerySet.as_manager()

    class Meta:
        indexes = [
            GinIndex(fields=["answers_to"], name="trial_answers_to"),
            GinIndex(fields=["targets"], name="trial_targets"),
            GinIndex(fields=["phases"], name="trial_phases"),
            GinIndex(fields=["states", "cities", "hospitals"], name="trial_places"),
            GinIndex(fields=["registry_ids"], name="trial_registry_ids"),
            GinIndex(fields=["search_vector"], name="trial_search"),
            models.Index(fields=["published"], name="trial_sample", condition=Q(sample=True)),
            models.Index(
                F("recruiting_in_india").desc(),
                F("last_updated").desc(nulls_last=True),
                name="trial_list_order",
                condition=Q(published=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.primary_id} {self.title}"
