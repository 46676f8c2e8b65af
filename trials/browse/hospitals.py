"""The hospitals in India that listed trials name, and the trials at one of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import chain, groupby
from typing import Any

from django.db.models import QuerySet
from django.db.models.fields.json import KeyTextTransform

from trials.browse.directions import directions
from trials.catalogue.certainty import Certainty, RegistryWord, certainty
from trials.catalogue.compose import city_slug, state_slug
from trials.catalogue.provenance import OpenSite, provenance
from trials.choices import INDIA
from trials.display import status_class
from trials.models import Site, Trial, TrialSite
from trials.models.lookups import RECRUITING_IN_INDIA
from trials.record import Contact
from trials.search.listed import Listed
from trials.standing import WORD_COLUMNS
from trials.telephone import Phone, find_phones


@dataclass(frozen=True, slots=True)
class HospitalCounts:
    """A hospital with the number of listed trials there, and of those that are open there now."""

    site: Site
    trials: int
    recruiting: int

    @property
    def state(self) -> str:
        """Slug of its state; the vocabulary's, or made from the written name."""
        return state_slug(self.site)

    @property
    def city(self) -> str:
        """Slug of its city; the vocabulary's, or made from the written name."""
        return city_slug(self.site)

    @property
    def is_open(self) -> bool:
        """Whether a trial is open there now."""
        return self.recruiting > 0

    @property
    def directions(self) -> str:
        """A map's address for the way to it."""
        return directions(self.site.hospital, self.site.city, self.site.state)


@dataclass(frozen=True)
class TrialHere:
    """One trial at one hospital; of several registrations each tells its own status.

    `own` is its open site with the hospital's own contact first, None where it is not open here.
    """

    trial: Trial
    rows: Sequence[Any]  # `TrialSite` with `verified`, the month in which the sponsor confirmed the record
    own: OpenSite | None = None

    @property
    def is_open(self) -> bool:
        return any(row.is_open for row in self.rows)

    @cached_property
    def places(self) -> list[tuple[TrialSite, Certainty]]:
        """Each registration's place, and what is known of it."""
        return [(row, certainty(row, _word(row))) for row in self.rows]

    @cached_property
    def people(self) -> list[Contact]:
        """Whom to call, each once: the hospital's own contact, then those the registries name."""
        named = self.own.people if self.own else chain.from_iterable(row.people for row in self.rows)
        return list(dict.fromkeys(named))

    @property
    def phone(self) -> Phone | None:
        """The first number to call."""
        numbers = chain.from_iterable(find_phones(person.phone, INDIA) for person in self.people)
        return next(numbers, None)


@dataclass(frozen=True, slots=True)
class AtHospital:
    """What a hospital's page shows besides its trials; each empty where no record states it."""

    address: str
    postal_code: str
    confirmed_at: datetime | None  # the hospital's last word on any trial, whether it still counts or not
    called: TrialHere | None  # the trial whose number is the one to call
    email: str  # the first address published, for a hospital without a number

    @classmethod
    def of(cls, trials: Sequence[TrialHere]) -> "AtHospital":
        """Of its trials, the open ones first."""
        rows = [row for here in trials for row in here.rows]
        placed = next((row for row in rows if row.address), None)
        words = [row.confirmed_at for row in rows if row.confirmed and row.confirmed_at]
        return cls(
            address=placed.address if placed else "",
            postal_code=placed.postal_code if placed and placed.postal_code not in placed.address else "",
            confirmed_at=max(words, default=None),
            called=next((here for here in trials if here.phone), None),
            email=next((one.email for here in trials for one in here.people if one.email), ""),
        )


def listed_hospitals() -> list[HospitalCounts]:
    """Every hospital in India that a listed trial names, by state, city and name. Two statements."""
    listed = Listed()
    at_all = listed.snapshot.counts("hospitals")
    recruiting = listed.snapshot.counted("open_hospitals", listed.passing(RECRUITING_IN_INDIA))
    sites = Site.objects.filter(slug__in=at_all).order_by("state", "city", "hospital")
    return [HospitalCounts(site, at_all[site.slug], recruiting.get(site.slug, 0)) for site in sites]


def trials_at(slug: str) -> list[TrialHere]:
    """The listed trials at one hospital: open here, then not yet open, then the rest; newest first in each.

    Empty where the hospital is not listed. One query.
    """
    trials = [
        TrialHere(group[0].trial, group)
        for group in (list(same) for _, same in groupby(_listed_rows(slug), key=lambda row: row.trial_id))
    ]
    trials.sort(key=lambda here: here.trial.last_updated or date.min, reverse=True)
    return sorted(trials, key=lambda here: min(map(_urgency, here.rows)))


def with_own_contacts(trials: Sequence[TrialHere]) -> list[TrialHere]:
    """The same trials, those that are open with everybody to call. One query, none where none is open."""
    known = provenance([here.trial for here in trials if here.is_open])
    return [
        TrialHere(here.trial, here.rows, _own(here, known[here.trial.pk].open_sites))
        if here.is_open
        else here
        for here in trials
    ]


def _own(here: TrialHere, open_sites: Sequence[OpenSite]) -> OpenSite | None:
    return next((one for one in open_sites if one.site.site_id == here.rows[0].site_id), None)


def _word(row: Any) -> RegistryWord:
    return RegistryWord(row.registration.registry, row.verified or "", row.registration.last_updated)


def _urgency(row: TrialSite) -> int:
    """A row that claims to recruit and is not open stands with the closed ones."""
    if row.is_open:
        return 0
    return 1 if status_class(row.status_now) == "wait" else 2


def _listed_rows(slug: str) -> QuerySet[TrialSite]:
    """The places of listed trials at one hospital, without long texts; none where it is not listed.

    Only those that count: a withdrawn registration speaks for no place (`trials.catalogue.compose`).
    """
    return (
        TrialSite.objects.filter(site__slug=slug, trial__in=Trial.objects.listed())
        .filter(counted=True)
        .select_related("site", "trial", "registration")
        .annotate(verified=KeyTextTransform("verified", "registration__details"))
        .only(
            *("site", "country", "facility", "hospital", "address", "postal_code", "status", "is_open"),
            *("confirmed", "confirmed_at", "investigator", "contacts"),
            *(f"trial__{name}" for name in _TRIAL_COLUMNS),
            *(f"registration__{name}" for name in ("registry", "status", "last_updated", *WORD_COLUMNS)),
        )
        .order_by("trial_id", "registration_id", "position")
    )


_TRIAL_COLUMNS = (
    *("primary_id", "title", "status", "outdated", "registries", "stale", "role", "sample"),
    *("last_updated", "fetched_at"),
    *("conditions", "targets", "cell_source", "phases", "min_age_years", "max_age_years"),
    *("countries", "recruiting_in_india", "other_disease_only"),
)
