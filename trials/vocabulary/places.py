"""Indian states, districts, cities and hospitals: the closed tables everything else looks places up in.

The tables are `states.csv`, `districts.csv`, `cities.csv` and `hospitals.csv` next to this file, a line an
entry. Districts are those of India Post's list of offices, with their towns that have a head office.
A city's `aliases` are safe anywhere; its `districts` and other words that mean something else
elsewhere ("Krishna", "South", "Raigarh") count only where the state is known.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType

from trials.vocabulary import table
from trials.vocabulary.translated import Names, names

_FOLDER = Path(__file__).parent
_ASCII_FOLDED = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)}
_FIRST_DIACRITIC_CLASS = 200  # Unicode combining classes of Latin marks; Devanagari's are below


@dataclass(frozen=True, slots=True)
class State:
    """A state or union territory."""

    name: str
    slug: str
    kind: str  # "state" or "union territory"
    aliases: tuple[str, ...]
    names: Names = field(hash=False)  # in other languages than English


@dataclass(frozen=True, slots=True)
class City:
    """A city by its modern name. `state` is the state's name; coordinates are degrees, WGS 84.

    `pins` are the beginnings of postal codes that mean this city whatever the postal district.
    """

    name: str
    slug: str
    state: str
    latitude: float
    longitude: float
    aliases: tuple[str, ...]
    districts: tuple[str, ...]
    pins: tuple[str, ...]
    names: Names = field(hash=False)  # in other languages than English


@dataclass(frozen=True, slots=True)
class District:
    """A district, and the towns in it that `cities.csv` does not know."""

    name: str
    state: str
    aliases: tuple[str, ...]
    towns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hospital:
    """A hospital that runs or could run trials. Being listed here means nothing about any trial."""

    name: str
    slug: str
    city: str
    state: str
    latitude: float | None
    longitude: float | None
    aliases: tuple[str, ...]
    aliases_elsewhere: tuple[tuple[str, str], ...] = ()  # (alias, city a registry puts it in)


def place_key(text: str) -> str:
    """Text as it is compared: no case, no Latin diacritics, no punctuation, single spaces."""
    if text.isascii():
        return " ".join(text.translate(_ASCII_FOLDED).split())
    plain = (
        char
        for char in unicodedata.normalize("NFKD", text).casefold()
        if unicodedata.combining(char) < _FIRST_DIACRITIC_CLASS
    )
    kept = (char if char.isalnum() or unicodedata.category(char)[0] == "M" else " " for char in plain)
    return " ".join("".join(kept).split())


@cache
def states() -> Mapping[str, State]:
    """Every state and union territory by slug."""
    rows = (
        State(row["name"], row["slug"], row["kind"], table.values(row["aliases"]), names(row, "name"))
        for row in table.rows(_FOLDER / "states.csv")
    )
    return MappingProxyType({state.slug: state for state in rows})


@cache
def cities() -> Mapping[str, City]:
    """Every known city by slug, the large ones first within a state."""
    rows = (
        City(
            name=row["name"],
            slug=row["slug"],
            state=row["state"],
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            aliases=table.values(row["aliases"]),
            districts=table.values(row["districts"]),
            pins=table.values(row["pins"]),
            names=names(row, "name"),
        )
        for row in table.rows(_FOLDER / "cities.csv")
    )
    return MappingProxyType({city.slug: city for city in rows})


@cache
def districts() -> tuple[District, ...]:
    """Every district; one name can stand in two states."""
    return tuple(
        District(row["name"], row["state"], table.values(row["aliases"]), table.values(row["towns"]))
        for row in table.rows(_FOLDER / "districts.csv")
    )


@cache
def hospitals() -> Mapping[str, Hospital]:
    """Every known hospital by slug."""
    rows = (
        Hospital(
            name=row["name"],
            slug=row["slug"],
            city=row["city"],
            state=row["state"],
            latitude=float(row["latitude"]) if row["latitude"] else None,
            longitude=float(row["longitude"]) if row["longitude"] else None,
            aliases=tuple(word for word in table.values(row["aliases"]) if "@" not in word),
            aliases_elsewhere=tuple(
                (word.split("@")[0], word.split("@")[1])
                for word in table.values(row["aliases"])
                if "@" in word
            ),
        )
        for row in table.rows(_FOLDER / "hospitals.csv")
    )
    return MappingProxyType({hospital.slug: hospital for hospital in rows})


def find_state(text: str) -> State | None:
    """The state with this name, slug, old name or abbreviation, in any language we have."""
    return _states_by_name().get(place_key(text))


def find_city(text: str, state: str = "") -> City | None:
    """The city with this name or alias; in `state` alone where that is a state's name.

    None where unknown, and where the name means two cities and no state makes clear which.
    """
    found = cities_named(text, state)
    return found[0] if len(found) == 1 else None


def cities_named(text: str, state: str = "") -> tuple[City, ...]:
    """Every city this name can mean, so that other evidence can choose."""
    known = find_state(state) if state else None
    return _cities_by_name().get((place_key(text), known.name if known else ""), ())


def districts_named(text: str, state: str = "") -> tuple[District, ...]:
    """Every district of this name, in `state` alone where given."""
    found = _districts_by_name().get(place_key(text), ())
    return tuple(district for district in found if not state or district.state == state)


def district_with(town: str, state: str = "") -> District | None:
    """The one district that has a town of this name which `cities.csv` does not know."""
    found = [d for d in _districts_by_town().get(place_key(town), ()) if not state or d.state == state]
    return found[0] if len(found) == 1 else None


@cache
def _districts_by_town() -> Mapping[str, tuple[District, ...]]:
    found: dict[str, tuple[District, ...]] = {}
    for district in districts():
        for town in set(map(place_key, district.towns)):
            found[town] = (*found.get(town, ()), district)
    return found


@cache
def _districts_by_name() -> Mapping[str, tuple[District, ...]]:
    found: dict[str, tuple[District, ...]] = {}
    for district in districts():
        for name in {place_key(name) for name in (district.name, *district.aliases)}:
            found[name] = (*found.get(name, ()), district)
    return found


@cache
def place_names() -> frozenset[str]:
    """Every name of a state or city, folded, with those that only count where the state is known."""
    return frozenset({*_states_by_name(), *(name for name, _ in _cities_by_name())} - {""})


def is_place_name(text: str) -> bool:
    """Whether a state or city may be called so."""
    return place_key(text) in place_names()


@cache
def _states_by_name() -> Mapping[str, State]:
    return {
        place_key(name): state
        for state in states().values()
        for name in (state.name, state.slug, *state.names.values(), *state.aliases)
    }


@cache
def _cities_by_name() -> Mapping[tuple[str, str], tuple[City, ...]]:
    """Cities by (folded name, state), and by (folded name, "") for names safe anywhere."""
    found: dict[tuple[str, str], dict[str, City]] = {}
    for city in cities().values():
        anywhere = {place_key(name) for name in (city.name, *city.names.values(), *city.aliases)}
        for name in anywhere:
            found.setdefault((name, ""), {})[city.slug] = city
        for name in anywhere | {place_key(name) for name in city.districts}:
            found.setdefault((name, city.state), {})[city.slug] = city
    return {key: _named_so_first(key[0], by_slug.values()) for key, by_slug in found.items()}


def _named_so_first(name: str, found: Iterable[City]) -> tuple[City, ...]:
    """Within one state a city's own name beats another's alias for it (Thiruvalla, a locality of Kollam)."""
    every = tuple(found)
    own = tuple(city for city in every if place_key(city.name) == name)
    same_state = len({city.state for city in every}) == 1
    return own if own and same_state else every
