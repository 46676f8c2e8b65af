"""The way out of an empty place: where else the rest of the search is recruiting."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from trials.models import Site
from trials.search.geo import CityDistance, Point
from trials.search.search import Search
from trials.vocabulary.places import City, cities, find_city, states


@dataclass(frozen=True, slots=True)
class NearestOpen:
    """The nearest city where a trial that passes all but the place filters recruits now.

    `middle` is the place the kilometres count from; in a search for a whole state, `state` is its slug and
    `middle` its largest city.
    """

    middle: Point
    city: City
    km: float
    trials: int
    state: str = ""


def nearest_open(search: Search, open_cities: Mapping[str, int]) -> NearestOpen | None:
    """None where the search names no place with a known point, or nothing recruits in India.

    `open_cities` are the trials by city that pass all but the place filters (`trials.search.facets`).
    """
    point = search.place or next(map(Point.at, _wanted_cities(search)), None)
    if point is None:
        return None
    found: CityDistance | None = point.nearest(open_cities)
    if found is None:
        return None
    return NearestOpen(point, found.city, found.km, open_cities[found.city.slug], _wanted_state(search))


def _wanted_state(search: Search) -> str:
    """The state, where the search names nothing nearer than a state."""
    words = search.from_words
    if search.place or search.city or search.site or "q_city" in words:
        return ""
    return next(iter((*search.state, *words.get("q_state", ()))), "")


def _wanted_cities(search: Search) -> Iterator[City]:
    """Where the places of the search are: the city itself, a hospital's city, a state's largest city."""
    words = search.from_words
    for slug in (*search.city, *words.get("q_city", ())):
        if slug in cities():
            yield cities()[slug]
    sites = Site.objects.in_bulk(search.site, field_name="slug") if search.site else {}
    for site in map(sites.__getitem__, search.site):
        if city := find_city(site.city, site.state):
            yield city
    for slug in (*search.state, *words.get("q_state", ())):
        yield from (city for city in cities().values() if city.state == states()[slug].name)
