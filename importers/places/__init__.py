"""Where a site really is: canonical hospital, city, state and country for what registries write."""

from functools import lru_cache

from importers.places.addresses import hospital_in
from importers.places.anonymous import is_anonymous, is_person, names_nothing
from importers.places.branches import find_branch
from importers.places.conflicts import CONTRADICTED
from importers.places.countries import country_name
from importers.places.hospital_names import name_words
from importers.places.hospitals import find_hospital, words_of
from importers.places.naming import tidy
from importers.places.towns import Town, find_town
from importers.records import Place
from trials.choices import INDIA
from trials.record import SiteRecord
from trials.vocabulary.places import Hospital

_LONGEST = 600
"""Characters of a text that are read; longer ones are no names, and reading them takes minutes."""


def locate(site: SiteRecord) -> Place:
    """Decide a site's place. Pure; a site outside India keeps its text, only its country is renamed."""
    return _locate(
        site.facility,
        site.address,
        site.city,
        site.state,
        site.postal_code,
        site.country,
        site.latitude,
        site.longitude,
    )


@lru_cache(maxsize=20_000)
def _locate(
    facility: str,
    address: str,
    city: str,
    state: str,
    postal_code: str,
    country: str,
    latitude: float | None,
    longitude: float | None,
) -> Place:
    """By the text alone: sites of many trials share it, their contacts they do not."""
    country = country_name(country)
    if country != INDIA:
        return Place(facility, city, state, country, latitude, longitude, "as written")
    return _in_india(
        SiteRecord(
            facility=facility[:_LONGEST],
            address=address[:_LONGEST],
            city=city[:_LONGEST],
            state=state[:_LONGEST],
            postal_code=postal_code[:_LONGEST],
            latitude=latitude,
            longitude=longitude,
        )
    )


def _in_india(site: SiteRecord) -> Place:
    town = find_town(site)
    name, known, rule = _hospital(site, town)
    latitude, longitude = _point(site, town, known)
    return Place(
        hospital=name,
        city=known.city if known else town.name,
        state=known.state if known else town.state,
        country=INDIA,
        latitude=latitude,
        longitude=longitude,
        rule=f"city: {town.rule}; hospital: {rule}",
    )


def _hospital(site: SiteRecord, town: Town) -> tuple[str, Hospital | None, str]:
    """The name to show and group by, the hospital of our table if it is one, and the rule."""
    if town.city and town.rule != CONTRADICTED:
        if branch := find_branch(site, town.city):
            return branch
        if found := find_hospital(site.facility, town.city):
            return found[0].name, *found
    place = words_of(town.city) if town.city else frozenset(name_words(f"{town.name} {town.state}"))
    if is_person(site.facility):
        return "", None, "anonymous"
    if (anonymous := is_anonymous(site.facility)) or names_nothing(site.facility, place):
        named = hospital_in(site.address, town.city) if town.city else None
        return named or ("", None, "anonymous" if anonymous else "too general")
    return tidy(site.facility, town.name, town.state), None, "as written"


def _point(site: SiteRecord, town: Town, hospital: Hospital | None) -> tuple[float | None, float | None]:
    """The hospital's own coordinates, else its city's, else the registry's (city-level, often wrong)."""
    if hospital and hospital.latitude is not None:
        return hospital.latitude, hospital.longitude
    if town.city:
        return town.city.latitude, town.city.longitude
    return site.latitude, site.longitude
