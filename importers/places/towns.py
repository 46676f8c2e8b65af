"""Which city and state a site of an Indian trial is in, from what a registry wrote.

Evidence in falling order: a name our table knows in the stated state, the same with a spelling
slip, the postal code, a city in the state field, a city named in the address. A name that means two
cities is decided by other evidence or not at all: unknown stays unknown.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from importers.places.conflicts import NEAR_KM, SEGMENT, another_city, km
from importers.places.hospitals import find_hospital
from importers.places.pins import Pin, find_pin, is_office, without_pins
from importers.places.spelling import near_city, near_state
from importers.places.words import word_list
from trials.record import SiteRecord
from trials.vocabulary.places import (
    City,
    cities_named,
    district_with,
    districts_named,
    find_city,
    find_state,
    place_key,
)

HUBS = {"mumbai", "chandigarh", "new-delhi", "raigad"}
"""Places whose name is often written for a neighbour; there the postal code is more exact."""

LARGE = word_list("large_cities")
"""Cities of more than a million people (census of 2011, and Bhubaneswar): named, they win over a state."""

TOWN = "town of the district"

CITY_STATES = {"Delhi": "New Delhi", "Chandigarh": "Chandigarh"}

SUCCESSORS = {"Andhra Pradesh": "Telangana", "Uttar Pradesh": "Uttarakhand", "Bihar": "Jharkhand"}
"""States that gave part of themselves to a new one, whose districts old records put in the old."""

FORMER_STATES = {
    frozenset(pair)
    for pair in (
        ("Andhra Pradesh", "Telangana"),
        ("Uttar Pradesh", "Uttarakhand"),
        ("Bihar", "Jharkhand"),
        ("Madhya Pradesh", "Chhattisgarh"),
        ("Jammu and Kashmir", "Ladakh"),
        ("Tamil Nadu", "Puducherry"),
        ("Punjab", "Chandigarh"),
        ("Haryana", "Chandigarh"),
        ("Delhi", "Haryana"),
        ("Delhi", "Uttar Pradesh"),
    )
}
"""States written for each other: one was cut out of the other, or a city is at the border."""

_NEIGHBOUR_KM = 60.0
_NO_NAMES = {"", "unknown", "india", "na", "n a", "none", "nil", "multiple", "multiple locations", "various"}
_ROADS = {"road", "rd", "marg", "street", "st", "highway", "naka", "bypass", "lane", "nagar", "colony"}
_FILLER = re.compile(r"\b(city|district|dist|dt|taluka|tal|post|po|india|state)\b")


_DIRECTIONS = {
    "purba": "east",
    "purbi": "east",
    "poorbi": "east",
    "paschim": "west",
    "paschimi": "west",
    "pashchim": "west",
    "pashchimi": "west",
    "uttar": "north",
    "dakshin": "south",
}
"""The first words of districts that the registries and the Census write in two languages."""


@dataclass(frozen=True, slots=True)
class Town:
    """The decision. `city` is None where our table does not know it; then `name` is as written."""

    city: City | None
    name: str
    state: str
    rule: str


def find_town(site: SiteRecord) -> Town:
    """City and state of a site in India."""
    pin = find_pin(site.postal_code, site.city, site.state, site.address, site.facility)
    stated = near_state(without_pins(site.state))
    if not stated and not pin.state and not _by_name(site, "", pin):
        stated = _state_of_district(site)
    city, rule = _by_name(site, stated, pin) or (None, "")
    if town := _town_of_district(site, city, stated or pin.state, pin):
        return town
    if city and site.address and (named := _in_address(site.address, city, stated)):
        city, rule = named, "address"
    if city and (neighbour := _neighbour(site, city, pin, stated)):
        city, rule = neighbour, "postal code"
    if city:
        city, rule = another_city(site, city, pin) or (city, rule)
    else:
        city, rule = _by_other_evidence(site, stated, pin)
    if city:
        return Town(city, city.name, city.state, rule)
    return Town(None, _written_city(site), _state_without_city(site, stated, pin), "unknown city")


def _by_name(site: SiteRecord, stated: str, pin: Pin) -> tuple[City, str] | None:
    """The city the city field names."""
    for text in _variants(site.city):
        for scope in filter(None, (stated or pin.state, SUCCESSORS.get(stated, ""))):
            if city := _choose(cities_named(text, scope), site, pin):
                return city, _name_rule(city, text)
            if city := near_city(text, scope):
                return city, "spelling"
        city = _choose(cities_named(text), site, pin)
        if city and (not stated or _state_may_differ(city, stated, pin)):
            return city, _name_rule(city, text)
        if city and pin.state != stated and _is_large(city, text):
            return city, "name against the state"
    if not stated and not pin.state and (city := near_city(site.city)):
        return city, "spelling"
    return None


def _is_large(city: City, text: str) -> bool:
    """Whether this is one of the largest cities, by its name of now or before: no village shares it."""
    return city.slug in LARGE and text in (place_key(city.name), *map(place_key, city.aliases[:1]))


def _name_rule(city: City, text: str) -> str:
    return "name" if place_key(city.name) == text else "other name"


def _variants(text: str) -> Iterator[str]:
    """What of a city field may be the name: all of it, its parts from the last, its last words."""
    plain = place_key(without_pins(text))
    if not plain or (find_state(plain) and not find_city(plain)):
        return
    yield plain
    yield place_key(_FILLER.sub(" ", plain))
    first, _, rest = plain.partition(" ")
    if rest and first in _DIRECTIONS:
        yield f"{_DIRECTIONS[first]} {rest}"
    parts = [place_key(part) for part in SEGMENT.split(without_pins(text))]
    yield from (part for part in reversed(parts) if part)
    words = plain.split()
    for size in range(min(3, len(words) - 1), 0, -1):
        yield " ".join(words[-size:])
        if words[size] not in _ROADS:
            yield " ".join(words[:size])


def _choose(options: Sequence[City], site: SiteRecord, pin: Pin) -> City | None:
    """One of several cities of a name: by the postal code, the hospital, the registry's coordinates."""
    if len(options) < 2:
        return options[0] if options else None
    if pin.state:
        return _only([city for city in options if city.state == pin.state])
    if city := _only([city for city in options if find_hospital(site.facility, city)]):
        return city
    if site.latitude is None or site.longitude is None:
        return None
    return _only([c for c in options if km(c, site.latitude, site.longitude) < _NEIGHBOUR_KM])


def _only(found: Sequence[City]) -> City | None:
    return found[0] if len(found) == 1 else None


def _state_may_differ(city: City, stated: str, pin: Pin) -> bool:
    """Whether a city outside the stated state is believable: neighbours, or the postal code says so."""
    return frozenset((city.state, stated)) in FORMER_STATES or pin.state == city.state


def _state_of_district(site: SiteRecord) -> str:
    """The state of the district that stands where a city or a state does, or ends the address.

    Only where no other state has a district or a city of that name.
    """
    last = next(filter(None, map(place_key, reversed(SEGMENT.split(without_pins(site.address))))), "")
    for text in filter(None, (place_key(without_pins(site.state)), place_key(without_pins(site.city)), last)):
        found = {district.state for district in districts_named(_FILLER.sub(" ", text))}
        found.update(city.state for city in cities_named(text))
        if len(found) == 1:
            return found.pop()
    return ""


def _town_of_district(site: SiteRecord, city: City | None, state: str, pin: Pin) -> Town | None:
    """A town our table of cities does not know, named where otherwise only its district's city is.

    The address, or the city field, names a town of the district, or the post office of the code does.
    """
    written = _written_city(site)
    if not city and written and not pin.exact and pin.code and is_office(pin.code, written):
        return Town(None, written, state, TOWN)
    if not city and written and (district := district_with(written, state)):
        return Town(None, written, district.state, TOWN)
    if not (state or city) or (city and find_hospital(site.facility, city)):
        return None
    for part in reversed(SEGMENT.split(without_pins(f"{site.address}\n{site.city}"))):
        district = district_with(part, city.state if city else state)
        if district and (not written if not city else city in cities_named(district.name, district.state)):
            return Town(None, " ".join(part.split()), district.state, TOWN)
    return None


def _in_address(address: str, city: City, stated: str) -> City | None:
    """Another city that the address names as a part of its own, near the one already found."""
    for part in reversed(SEGMENT.split(without_pins(address))):
        named = find_city(part, stated or city.state)
        if named and km(named, city.latitude, city.longitude) < NEAR_KM:
            return named if named != city else None
    return None


def _neighbour(site: SiteRecord, city: City, pin: Pin, stated: str) -> City | None:
    """The city that the postal code means where a hub's name, or another hospital's, was written."""
    other = pin.city
    if other is None or other == city or (stated and stated != other.state):
        return None
    near_hub = city.slug in HUBS and pin.exact and km(other, city.latitude, city.longitude) < _NEIGHBOUR_KM
    hospital_there = find_hospital(site.facility, other) and not find_hospital(site.facility, city)
    return other if near_hub or hospital_there else None


def _by_other_evidence(site: SiteRecord, stated: str, pin: Pin) -> tuple[City | None, str]:
    if pin.city and (not stated or stated == pin.city.state or not _written_city(site)):
        return pin.city, "postal code"
    if not stated and (city := find_city(without_pins(site.state))):
        return city, "city in the state field"
    for text in (site.address, site.facility):
        for part in reversed(SEGMENT.split(without_pins(text))):
            city = find_city(part, stated)
            if city and (not pin.state or pin.state == city.state):
                return city, "named in the address"
    if (state := stated or _state_in_city_field(site)) in CITY_STATES:
        return find_city(CITY_STATES[state]), "city of the state"
    return None, ""


def _state_in_city_field(site: SiteRecord) -> str:
    return near_state(without_pins(site.city))


def _written_city(site: SiteRecord) -> str:
    """The city as written, unless it is a state or nothing."""
    text = " ".join(without_pins(site.city).split()).strip(" ,-")
    if place_key(text) in _NO_NAMES or (_state_in_city_field(site) and not find_city(text)):
        return ""
    return text


def _state_without_city(site: SiteRecord, stated: str, pin: Pin) -> str:
    """The state of an unknown city: stated and not contradicted by a known city of that name."""
    elsewhere = find_city(site.city)
    if elsewhere and stated and elsewhere.state != stated:
        return ""
    return stated or pin.state or _state_in_city_field(site)
