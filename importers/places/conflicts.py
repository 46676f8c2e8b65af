"""Where the name of a hospital, or the postal code, means another city than the one stated.

Two pieces of evidence win over one. Where one stands against one nothing is decided: the city stays as
stated, none of its hospitals is taken for the one named, and a person must decide.
"""

import re
from collections.abc import Iterator
from functools import cache
from math import cos, hypot, radians

from importers.places.hospital_names import name_words, without_owner
from importers.places.hospitals import find_hospital
from importers.places.pins import Pin, without_pins
from trials.record import SiteRecord
from trials.vocabulary.places import City, find_city, hospitals

CONTRADICTED = "contradicted"
IN_THE_NAME = "named in the hospital's name"

NEAR_KM = 120.0
"""Distance of a district's city to the other cities that its hospitals may name."""

SEGMENT = re.compile(r"[,;/|\n()\[\].]|\s-\s|-(?=\D)")


def another_city(site: SiteRecord, city: City, pin: Pin) -> tuple[City, str] | None:
    """The city to take instead of the one stated, and the rule; None where nothing speaks against it."""
    named = _named(site.facility, city, pin)
    if named and not (pin.city == city and pin.exact):
        return _by_name(site, city, named, pin)
    if named or pin.city == city:
        return None
    elsewhere = pin.city or _in_the_address(site.address, city)
    if elsewhere is None or km(elsewhere, city.latitude, city.longitude) <= NEAR_KM:
        return None
    here, there = find_hospital(site.facility, city), find_hospital(site.facility, elsewhere)
    return (city, CONTRADICTED) if bool(here) == bool(there) else None


def _in_the_address(address: str, city: City) -> City | None:
    """The one city with hospitals that the address names as a part of its own, and not the stated one."""
    parts = [part.strip() for part in SEGMENT.split(without_pins(address)) if part.strip()]
    places = [find_city(part, city.state) or find_city(part) for part in parts]
    found = {place.slug: place for place in places if place and (place == city or _has_hospitals(place))}
    return next(iter(found.values())) if len(found) == 1 and city.slug not in found else None


def _by_name(site: SiteRecord, city: City, named: City, pin: Pin) -> tuple[City, str] | None:
    here, there = find_hospital(site.facility, city), find_hospital(site.facility, named)
    near = km(named, city.latitude, city.longitude) < NEAR_KM
    if pin.city == named or (near and there):
        return named, IN_THE_NAME
    if here and _is_of_its_name(here[0].name, here[0].aliases, named):
        return None
    return (city, CONTRADICTED) if not near or here else None


def _is_of_its_name(name: str, aliases: tuple[str, ...], city: City) -> bool:
    """Whether the other city belongs to the name: "Jaipur Golden Hospital" of Delhi."""
    words = {word for text in (city.name, *city.aliases) for word in name_words(text)}
    return any(words.intersection(name_words(text)) for text in (name, *aliases))


def _named(facility: str, city: City, pin: Pin) -> City | None:
    """The other city a part of the name consists of, or its last words are; the stated one is not other."""
    places = [find_city(text, city.state) or find_city(text) for text in _endings(facility)]
    found = {
        place.slug: place
        for place in places
        if place and (place in (city, pin.city) or _has_hospitals(place))
    }
    return next(iter(found.values())) if len(found) == 1 and city.slug not in found else None


def _endings(facility: str) -> Iterator[str]:
    parts = [part.strip() for part in SEGMENT.split(without_pins(without_owner(facility))) if part.strip()]
    yield from parts[1:]
    for part in parts:
        words = part.split()
        yield from (" ".join(words[-size:]) for size in (1, 2) if len(words) > size)


def _has_hospitals(city: City) -> bool:
    """Whether our table knows a hospital there: the rest are as often names of streets and founders."""
    return (city.name, city.state) in _cities_with_hospitals()


@cache
def _cities_with_hospitals() -> frozenset[tuple[str, str]]:
    return frozenset((hospital.city, hospital.state) for hospital in hospitals().values())


def km(city: City, latitude: float, longitude: float) -> float:
    """Distance good enough to tell neighbours from strangers."""
    return 111.2 * hypot(city.latitude - latitude, (city.longitude - longitude) * cos(radians(latitude)))
