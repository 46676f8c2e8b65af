"""The ways on from a short or empty list: what each filter leaves out, what is near, what is abroad."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.http import QueryDict
from django.utils.translation import gettext

from trials.browse.open_hospital import nearest_open_hospital
from trials.display import state_label
from trials.search.facets import Facets, anywhere
from trials.search.nearest import nearest_open
from trials.search.parameters import Disease, Recruiting
from trials.search.search import Search
from trials.views.query_strings import list_link, with_value, without
from trials.views.results.cards import Card
from trials.views.results.chips import FilterChip, chips
from trials.vocabulary.places import City, cities, find_state

PLACES = ("state", "city", "site", "near", "within")
FEW = 2
"""A list this short shows the ways on too."""
CIRCLES = (50, 100, 250, 500, 1000, 2500)
"""Kilometres to try in turn where the asked circle holds little."""


@dataclass(frozen=True, slots=True)
class Way:
    """Another search that holds more: how many trials, and how many of them are not in this one."""

    label: str
    link: str
    count: int
    more: int


def ways_on(search: Search, found: Facets, query: QueryDict, shown: Sequence[Card]) -> dict[str, object]:
    """Everything `_empty.html` tells."""
    alone = _disease_alone(search)
    asked = query.copy()
    asked["q"] = alone.q
    others = [name for name in query if name not in ("q", "condition", "disease")]
    anywhere_query = without(asked, *others)
    nearest = (
        None
        if any(card.trial.recruiting_in_india for card in shown)
        else nearest_open(search, found.open_cities)
    )
    empty = nearest if not found.total else None
    return {
        "door": nearest_open_hospital(anywhere(search), empty.middle) if empty else None,
        "removed": [way for way in _one_less(search, found, query) if way.count > found.total],
        "asking_less": [way for way in _asking_less(search, found, query) if way.count > found.total],
        "condition_alone": _condition_asked(search),
        "nearest": nearest,
        "nearest_to": nearest.middle.name if nearest else "",
        "nearest_link": _recruiting_in(nearest.city, search, query) if nearest else "",
        "anywhere": found.ways["anywhere"],
        "anywhere_query": anywhere_query,
        "recruiting_anywhere": found.ways["recruiting"],
        "recruiting_anywhere_link": list_link(
            with_value(QueryDict(anywhere_query), "recruiting", Recruiting.ANYWHERE)
        ),
        "none_in_india": not found.ways["in_india"],
    }


def _condition_asked(search: Search) -> str:
    """The one condition asked for, in whatever way; "" for none or several."""
    asked = search.wanted_conditions
    return next(iter(asked)) if len(asked) == 1 else ""


def _recruiting_in(city: City, search: Search, query: QueryDict) -> str:
    """The same search for this city instead of the places asked for, open sites only."""
    asked = QueryDict(without(query, *PLACES, "q", "page"), mutable=True)
    asked.update({"q": search.without_places_in_words().q, "city": city.slug})
    asked["recruiting"] = Recruiting.INDIA
    return list_link(without(asked))


def _disease_alone(search: Search) -> Search:
    """The disease and the words that are asked for but for their place, wherever and in whatever state."""
    search = search.without_places_in_words()
    asked = ("q", "condition", "disease", "understood", "listed")
    return Search(**{name: getattr(search, name) for name in asked})


def _one_less(search: Search, found: Facets, query: QueryDict) -> list[Way]:
    """Each filter with how many trials there are without it, most first.

    A filter goes as a whole: of several values chosen, the link takes off all, as the count does.
    """
    ways = []
    for name, of_name in groupby(chips(search, query), key=lambda chip: chip.name):
        values = list(of_name)
        if name == "disease" or not (count := found.without.get(name)):
            continue
        link = values[0].link
        if len(values) > 1:
            left = with_value(query, "q", search.q_without(name))
            link = list_link(left if name.startswith("q_") else without(query, name, "page"))
        ways.append(_way(_joined(values), link, count, found))
    if count := found.without.get("disease"):
        group = Disease(search.disease_group)
        label = gettext("Only cancers") if group == Disease.CANCER else str(group.label)
        ways.append(_way(label, list_link(with_value(query, "disease", Disease.ALL)), count, found))
    return sorted(ways, key=lambda way: -way.count)


def _asking_less(search: Search, found: Facets, query: QueryDict) -> Iterator[Way]:
    """The nearest searches that ask for a little less: a wider circle, the whole state, also abroad."""
    wider = (km for km in _circles(search) if found.ways[_circle(km)] > found.total)
    if km := next(wider, None):
        label = gettext("up to %d km away") % km
        yield _way(label, list_link(with_value(query, "within", str(km))), found.ways[_circle(km)], found)
    if state := _state_of_city(search):
        asked = QueryDict(without(query, "city", "page"), mutable=True)
        asked["state"] = state
        label = gettext("anywhere in %s") % state_label(state)
        yield _way(label, list_link(without(asked)), found.ways["state"], found)
    if search.recruiting == Recruiting.INDIA:
        link = list_link(with_value(query, "recruiting", Recruiting.ANYWHERE))
        count = found.counts["recruiting"].get(Recruiting.ANYWHERE, 0)
        yield _way(gettext("also recruiting outside India"), link, count, found)


def ways_to_count(search: Search) -> Mapping[str, Search]:
    """The searches whose totals `ways_on` shows besides the facets."""
    alone = _disease_alone(search)
    ways = {
        "anywhere": alone,
        "recruiting": alone.but(recruiting=Recruiting.ANYWHERE),
        "in_india": alone.but(recruiting=Recruiting.INDIA),
    }
    ways |= {_circle(km): search.but(within=km) for km in _circles(search)}
    if state := _state_of_city(search):
        ways["state"] = search.dropping("city").but(state=(state,))
    return ways


def _circles(search: Search) -> list[int]:
    """Circles wider than the one asked for."""
    return [km for km in CIRCLES if search.near and search.within and km > search.within]


def _circle(km: int) -> str:
    return f"within {km}"


def _state_of_city(search: Search) -> str:
    """The state of the first city chosen, "" where there is none."""
    city = cities().get(next(iter(search.city), ""))
    state = find_state(city.state) if city else None
    return state.slug if state else ""


def _way(label: str, link: str, count: int, found: Facets) -> Way:
    return Way(label, link, count, count - found.total)


def _joined(values: Sequence[FilterChip]) -> str:
    return " / ".join(chip.label for chip in values)
