"""How many trials each further choice would leave: every facet, the total and the way out of nothing.

Counted over the bitmaps of `trials.search.snapshot`: a facet passes every filter but its own.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pyroaring import BitMap

from trials.search.filters import BY_NAME, FILTERS
from trials.search.parameters import Disease, Recruiting
from trials.search.search import PLACE_FILTERS, Search
from trials.search.snapshot.names import suggestions

_VALUES = tuple(one for one in FILTERS if one.column)
_TEXTS = tuple(one for one in FILTERS if one.contains)
_CHOICES: Mapping[str, Mapping[str, str | int]] = {
    **{one.name: {v: v for v in one.choices.values} for one in FILTERS if one.counted and one.choices},
    **{one.name: {str(number): number for number in one.numbers} for one in FILTERS if one.numbers},
}
_LIFTING = ("recruiting", "disease")
"""Parameters whose choice changes what other filters ask for."""
COUNTED = (*(one.name for one in (*_VALUES, *_TEXTS)), *_CHOICES)

Ways = Callable[[Search], Mapping[str, Search]]


@dataclass(frozen=True, slots=True)
class Facets:
    """What the list holds and what other choices would leave.

    `counts["phase"]["PHASE1"]` trials answer when phase 1 alone is chosen beside all other filters;
    values no trial has are absent. `without["phase"]` answer when that filter is dropped, `ways` are the
    totals of the other searches given, and `open_cities` counts by city what recruits in India when the
    places of the search are dropped.
    """

    total: int
    counts: dict[str, dict[str, int]]
    without: dict[str, int]
    ways: dict[str, int] = field(default_factory=dict)
    open_cities: dict[str, int] = field(default_factory=dict)

    @property
    def open_in_india(self) -> int:
        """Trials of the search with a site in India that recruits now."""
        return self.counts["recruiting"].get(Recruiting.INDIA, 0)

    @property
    def open_abroad(self) -> int:
        """Trials that recruit somewhere, and not in India."""
        return self.counts["recruiting"].get(Recruiting.ANYWHERE, 0) - self.open_in_india

    @property
    def listed(self) -> int:
        """Trials of the search, recruiting or not."""
        return self.without.get("recruiting", self.without.get("q_recruiting", self.total))


def no_ways(_search: Search) -> Mapping[str, Search]:
    """Nothing more to count."""
    return {}


def facets(search: Search) -> Facets:
    """Counts of a search."""
    return count([search])[0]


def count(searches: Sequence[Search], ways: Ways = no_ways) -> list[Facets]:
    """Counts of each search; one is counted only where those before it find nothing."""
    found: list[Facets] = []
    for search in searches:
        nothing_before = not any(counted.total for counted in found)
        found.append(
            _count(search, ways) if nothing_before else Facets(0, {name: {} for name in COUNTED}, {})
        )
    return found


def _count(search: Search, ways: Ways) -> Facets:
    snapshot = search.listed.snapshot
    counts = {
        one.name: snapshot.counted(search.column(one), _beside(search, one.name).hits) for one in _VALUES
    }
    counts |= {
        one.name: suggestions(snapshot, one.contains, _beside(search, one.name).hits) for one in _TEXTS
    }
    return Facets(
        total=len(search.hits),
        counts=counts | {name: dict(_choices(search, name)) for name in _CHOICES},
        without={name: len(search.dropping(name).hits) for name in search.filters},
        ways={name: len(other.hits) for name, other in ways(search).items()},
        open_cities=snapshot.counted("open_cities", anywhere(search).hits),
    )


def _choices(search: Search, name: str) -> Iterator[tuple[str, int]]:
    """A closed list of values, each chosen in turn."""
    for text, value in _CHOICES[name].items():
        if name in _LIFTING:
            yield text, len(search.but(**{name: value}).hits)
            continue
        narrowed = BY_NAME[name].narrowed(value)
        others = _without(search, name, f"q_{name}")
        yield text, len(others if narrowed is None else others & search.listed.passing(narrowed))


def _without(search: Search, *names: str) -> BitMap:
    """What passes all filters but these."""
    if not any(name in search.filters for name in names):
        return search.hits
    return search.listed.matching(q for name, q in search.filters.items() if name not in names)


def _beside(search: Search, name: str) -> Search:
    """What a facet's counts must pass: every filter but its own.

    "Cancers" is left out beside conditions where it was not chosen: choosing lupus lifts it.
    """
    others = search.dropping(name) if name in search.filters else search
    return others.but(disease=Disease.ALL) if name == "condition" and not search.disease else others


def anywhere(search: Search) -> Search:
    """The same search without its places."""
    for name in PLACE_FILTERS:
        search = search.dropping(name) if name in search.filters else search
    return search
