"""The way out of an empty place: where else the rest of the search is recruiting."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from trials.models import Site
from trials.search.geo import CityDistance, Point
from trials.search.search import PLACE_FILTERS, Search
from trials.vocabulary.places import City, cities, find_city, states


@dataclass(frozen=True, slots=True)
class NearestOpen:
    """The nearest city where a trial that passes all but the place filters recruits now.

    `asked` is the name of the place the kilometres count from; where a whole state was asked for, `state` is
    its slug and `asked` its largest city.
    """

    asked: str
    city: City
    km: float
    trials: int
    state: str = ""


def nearest_open(search: Search) -> NearestOpen | None:
    """None where no place with a known point was asked for, or nothing recruits in India."""
    point = search.place or next(map(Point.at, _asked_cities(search)), None)
    if point is None:
        return None
    asked = search
    for name in PLACE_FILTERS:
        search = search.dropping(name) if name in search.filters else search
    arrays = search.matching().values_list("open_cities", flat=True)
    trials = Counter(chain.from_iterable(arrays))
    found: CityDistance | None = point.nearest(trials)
    if found is None:
        return None
    return NearestOpen(point.name, found.city, found.km, trials[found.city.slug], _asked_state(asked))


def _asked_state(search: Search) -> str:
    """The state, where nothing nearer than a state was asked for."""
    words = search.from_words
    if search.place or search.city or search.site or "q_city" in words:
        return ""
    return next(iter((*search.state, *words.get("q_state", ()))), "")


def _asked_cities(search: Search) -> Iterator[City]:
    """Where the places asked for are: the city itself, a hospital's city, a state's largest city."""
    words = search.from_words
    for slug in (*search.city, *words.get("q_city", ())):
        if slug in cities():
            yield cities()[slug]
    for site in Site.objects.filter(slug__in=search.site):
        if city := find_city(site.city, site.state):
            yield city
    for slug in (*search.state, *words.get("q_state", ())):
        yield from (city for city in cities().values() if city.state == states()[slug].name)
