"""The nearest open door: the hospital of a trial that takes patients now, how sure that is, whom to call."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from trials.browse.directions import directions
from trials.catalogue.certainty import Certainty, Strength, certainty
from trials.catalogue.compose import city_slug, state_slug
from trials.catalogue.provenance import OpenSite, provenance
from trials.choices import INDIA
from trials.models import Trial
from trials.record import Contact
from trials.search.geo import Point, kilometres_from
from trials.search.parameters import Recruiting
from trials.search.search import Search
from trials.telephone import Phone, find_phones


@dataclass(frozen=True)
class OpenHospital:
    """One open site of a trial. `km` are whole kilometres to its city, None where no place is asked for.

    `others` are the further open sites of the trial in India.
    """

    trial: Trial
    open_site: OpenSite
    km: int | None
    others: int

    @property
    def name(self) -> str:
        """The hospital, "" where the registry names none."""
        return self.open_site.site.hospital

    @property
    def slug(self) -> str:
        """Of the hospital's page, "" where it has none."""
        site = self.open_site.site.site
        return site.slug if site and site.slug in self.trial.hospitals else ""

    @property
    def investigator(self) -> str:
        """Who leads the trial's part here, as the registry writes the name; "" where it names no one."""
        return self.open_site.site.investigator

    @property
    def city(self) -> str:
        return city_slug(self.open_site.site)

    @property
    def state(self) -> str:
        return state_slug(self.open_site.site)

    @property
    def certainty(self) -> Certainty:
        return certainty(self.open_site.site, self.open_site.word)

    @cached_property
    def reachable(self) -> tuple[Contact | None, Phone | None]:
        """The first contact with a telephone and its number, else the first with an e-mail address."""
        people = self.open_site.people
        for person in people:
            if phones := find_phones(person.phone, INDIA):
                return person, next((phone for phone in phones if phone.whatsapp), phones[0])
        return next((person for person in people if person.email), None), None

    @property
    def contact(self) -> Contact | None:
        """Whom to ask for."""
        return self.reachable[0]

    @property
    def phone(self) -> Phone | None:
        """The number to call."""
        return self.reachable[1]

    @property
    def directions(self) -> str:
        """A map's address for the way to the hospital, "" where only its city is known."""
        site = self.open_site.site
        return directions(self.name, site.city, site.state) if self.name else ""


def open_hospital(
    trial: Trial, open_sites: Sequence[OpenSite], near: Point | None, cities: Sequence[str] = ()
) -> OpenHospital | None:
    """The nearest of a trial's open sites; without a place one in a city asked for, else the first.

    One whose word is the hospital's own, and one that can be called, go before others of the same city.
    """
    return next(iter(open_hospitals(trial, open_sites, near, cities)), None)


def open_hospitals(
    trial: Trial, open_sites: Sequence[OpenSite], near: Point | None, cities: Sequence[str] = ()
) -> list[OpenHospital]:
    """All open sites of a trial in the order of `open_hospital`."""
    kilometres = kilometres_from(near)
    found = [
        OpenHospital(trial, one, kilometres.get(city_slug(one.site)), len(open_sites) - 1)
        for one in open_sites
    ]
    return sorted(found, key=lambda one: _order(one, near, cities))


def nearest_open_hospital(search: Search, near: Point | None = None) -> OpenHospital | None:
    """Of all trials of a search, the nearest hospital where one takes patients now; three statements."""
    asked = search.but(recruiting=Recruiting.INDIA, sort="", **({"near": near} if near else {}))
    trial = next(iter(asked.between(0, 1)), None)
    if trial is None:
        return None
    return open_hospital(trial, provenance([trial])[trial.pk].open_sites, asked.place)


def _order(one: OpenHospital, near: Point | None, cities: Sequence[str]) -> tuple[bool | int, ...]:
    far = (one.km is None, one.km or 0) if near else (one.city not in cities,)
    return (*far, one.certainty.strength is not Strength.CONFIRMED, one.phone is None)
