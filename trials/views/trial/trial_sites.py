"""The places of one trial as its page shows them: India by city, the rest of the world by country."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from trials.catalogue.certainty import RegistryWord
from trials.catalogue.compose import city_slug, state_slug
from trials.catalogue.own_words import own_contact
from trials.catalogue.provenance import OpenSite
from trials.choices import INDIA
from trials.models import Registration, Trial, TrialSite
from trials.models.prepared import Given, IsAmong, Prepared
from trials.models.workspace import ListingEdit
from trials.record import Contact
from trials.search.geo import Point, kilometres_from
from trials.workspace.published import Listing

_COUNTED = Prepared(
    lambda: (
        TrialSite.objects.filter(IsAmong("registration_id", Given("registrations")))
        .filter(trial_id=Given("trial"), counted=True)
        .select_related("site")
        .order_by("registration_id", "position")
    )
)


@dataclass(frozen=True, slots=True)
class CitySites:
    """The sites of one Indian city. Slugs are the vocabulary's, or made from the written name."""

    name: str
    slug: str
    state: str
    sites: list[TrialSite]
    km: int | None = None  # to the place the visitor named, None without one

    @property
    def is_open(self) -> bool:
        return any(site.is_open for site in self.sites)


def counted_sites(trial: Trial, registrations: Sequence[Registration]) -> list[TrialSite]:
    """The places that count, in the registries' order, each with its registration as already loaded."""
    known = {registration.pk: registration for registration in registrations}
    sites = _COUNTED.ask(trial=trial.pk, registrations=list(known))
    for site in sites:
        site.trial, site.registration = trial, known[site.registration_id]
    return sites


def indian_cities(sites: Iterable[TrialSite], near: Point | None = None) -> list[CitySites]:
    """Sites in India by city; cities with an open site first, then the nearest, then by state and name."""
    kilometres = kilometres_from(near)
    indian = [(state_slug(site), city_slug(site), site) for site in sites if site.country == INDIA]
    indian.sort(key=lambda placed: (placed[0], placed[1], not placed[2].is_open))
    cities = []
    for (state, city), group in groupby(indian, key=lambda placed: placed[:2]):
        here = [site for _, _, site in group]
        cities.append(CitySites(here[0].city, city, state, here, kilometres.get(city)))
    return sorted(cities, key=lambda city: (not city.is_open, city.km is None, city.km or 0))


def open_sites(
    sites: Iterable[TrialSite], listing: Listing, for_all: Mapping[int, Sequence[Contact]]
) -> list[OpenSite]:
    """Places in India that recruit now, with whom to call; `for_all` are a registration's own contacts."""
    found = []
    for site in sites:
        if site.is_open and site.country == INDIA:
            own = own_contact(listing.at.get(site.site_id or 0, {}).get(ListingEdit.Field.CONTACT))
            people = [*([own] if own else []), *site.people, *for_all.get(site.registration_id, ())]
            found.append(OpenSite(site, RegistryWord.of(site.registration), people))
    return found


def countries_abroad(sites: Iterable[TrialSite]) -> list[tuple[str, list[TrialSite], int]]:
    """Country, its sites, how many of them are recruiting; countries with most recruiting sites first."""
    foreign = [site for site in sites if site.country != INDIA]
    foreign.sort(key=lambda site: (site.country, not site.is_open, site.city))
    countries = [(name, list(group)) for name, group in groupby(foreign, key=lambda site: site.country)]
    counted = [(name, group, sum(site.is_open for site in group)) for name, group in countries]
    return sorted(counted, key=lambda country: (-country[2], country[0]))


def people(contacts: Iterable[Contact]) -> list[Contact]:
    """Contacts of the whole trial; a person whom a registry lists once for each role stands there once."""
    roles: dict[Contact, list[str]] = {}
    for contact in contacts:
        roles.setdefault(replace(contact, role=""), []).append(contact.stated_role)
    return [replace(person, role=", ".join(filter(None, stated))) for person, stated in roles.items()]
