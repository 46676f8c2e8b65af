"""The hospitals in India that listed trials name."""

from dataclasses import dataclass

from django.db.models import QuerySet

from trials.catalogue.compose import city_slug, state_slug
from trials.models import Site, Trial, TrialSite
from trials.search.facets import facets
from trials.search.parameters import Disease, Recruiting
from trials.search.search import Search
from trials.standing import WORD_COLUMNS


@dataclass(frozen=True, slots=True)
class HospitalCounts:
    """A hospital with the number of listed trials there, and of those that recruit there now."""

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


def listed_hospitals() -> list[HospitalCounts]:
    """Every hospital in India that a listed trial names, by state, city and name. Three queries."""
    everywhere = Search(disease=Disease.ALL)
    at_all = facets(everywhere).counts["site"]
    recruiting = facets(everywhere.but(recruiting=Recruiting.INDIA)).counts["site"]
    sites = Site.objects.filter(slug__in=at_all).order_by("state", "city", "hospital")
    return [HospitalCounts(site, at_all[site.slug], recruiting.get(site.slug, 0)) for site in sites]


def listed_rows(slug: str) -> QuerySet[TrialSite]:
    """The places of listed trials at one hospital, without long texts; none where it is not listed.

    Only those that count: a withdrawn registration speaks for no place (`trials.catalogue.compose`).
    """
    return (
        TrialSite.objects.filter(site__slug=slug, trial__in=Trial.objects.listed())
        .filter(counted=True)
        .select_related("site", "trial", "registration")
        .only(
            *("site", "country", "facility", "hospital", "status", "is_open", "confirmed", "confirmed_at"),
            *("investigator", "contacts"),
            *(f"trial__{name}" for name in _TRIAL_COLUMNS),
            *(f"registration__{name}" for name in ("registry", "status", *WORD_COLUMNS)),
        )
        .order_by("trial_id", "registration_id", "position")
    )


_TRIAL_COLUMNS = (
    "primary_id",
    "title",
    "status",
    "outdated",
    "registries",
    "stale",
    "role",
    "sample",
    "phases",
    "other_disease_only",
    "last_updated",
)
