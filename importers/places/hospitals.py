"""The one name of a hospital, for what registries write.

In the site's city: a name or alias of `hospitals.csv`, then one contained in the text, then one
that differs by a slip of the pen. Branches of a chain stay apart: a text that says more than an
alias does (a locality, another name) is that alias only when the extra words are harmless.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import OSA

from importers.places.hospital_names import GENERIC, name_words
from importers.places.words import word_list
from trials.vocabulary.places import City, Hospital, hospitals

CHAINS = word_list("chains")
"""First words that several hospitals of one city can share."""

_SPECIAL = word_list("special")
"""Words that make another hospital of the same name: the eye hospital, the dental college."""

_HARMLESS = (GENERIC - _SPECIAL) | word_list("harmless")
_DEPARTMENT = frozenset(("department", "dept", "division"))
_SLIP_LETTERS = 5
_LONG_WORD = 8
_KINDS = frozenset(("college", "research", "university", "foundation"))


@dataclass(frozen=True, slots=True)
class Known:
    """One way to write one hospital of a city."""

    words: tuple[str, ...]
    hospital: Hospital


def find_hospital(facility: str, city: City) -> tuple[Hospital, str] | None:
    """The hospital of this city the text names, and how it was recognised."""
    written = name_words(facility)
    if not written:
        return None
    place = _city_words(city)
    bare = _without(written, place) or written
    known = _in_city().get((city.name, city.state), ())
    for way in known:
        if way.words in (written, bare) or _without(way.words, place) == bare:
            return way.hospital, "name"
    if contained := _contained(written, known, place):
        return contained, "contained name"
    if near := _misspelt(bare, known, place):
        return near, "spelling"
    return None


def _contained(written: Sequence[str], known: Sequence[Known], place: frozenset[str]) -> Hospital | None:
    """The hospital with the longest alias inside the text."""
    fitting = [way for way in known if _holds(written, way, place)]
    if not fitting:
        return None
    longest = max(len(way.words) for way in fitting)
    found = {way.hospital.slug: way.hospital for way in fitting if len(way.words) == longest}
    return next(iter(found.values())) if len(found) == 1 else None


def _holds(written: Sequence[str], way: Known, place: frozenset[str]) -> bool:
    size = len(way.words)
    starts = [i for i in range(len(written) - size + 1) if tuple(written[i : i + size]) == way.words]
    if not starts or all(word in GENERIC or word in place for word in way.words):
        return False
    shared_first = way.words[0] in CHAINS or size == 1
    rest = [*written[: starts[0]], *written[starts[0] + size :]]
    allowed = _HARMLESS | place | frozenset(name_words(way.hospital.name))
    if _DEPARTMENT.intersection(rest):
        allowed |= _SPECIAL
    return not shared_first or all(word in allowed or word.isdigit() for word in rest)


def _misspelt(bare: Sequence[str], known: Sequence[Known], place: frozenset[str]) -> Hospital | None:
    """The hospital whose telling words are the same but for slips."""
    telling = _telling(bare, place)
    if CHAINS.issuperset(telling):
        return None
    found = {
        way.hospital.slug: way.hospital
        for way in known
        if _same_but_slips(telling, _telling(way.words, place)) and _same_kind(bare, way.words)
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _same_but_slips(one: Sequence[str], other: Sequence[str]) -> bool:
    return len(one) == len(other) and all(map(_same_word, one, other))


def _same_word(one: str, other: str) -> bool:
    if one == other:
        return True
    if min(len(one), len(other)) < _SLIP_LETTERS or one[0] != other[0]:
        return False
    return OSA.distance(one, other) <= (2 if min(len(one), len(other)) >= _LONG_WORD else 1)


def _same_kind(one: Sequence[str], other: Sequence[str]) -> bool:
    """An eye hospital is not the hospital of the same name; a college may be, where one text says less."""
    kinds, others = _KINDS.intersection(one), _KINDS.intersection(other)
    return _SPECIAL.intersection(one) == _SPECIAL.intersection(other) and (kinds <= others or others <= kinds)


def _telling(words: Sequence[str], place: frozenset[str]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in GENERIC | place | _KINDS)


def _without(words: Sequence[str], place: frozenset[str]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in place)


@cache
def _in_city() -> dict[tuple[str, str], tuple[Known, ...]]:
    """Ways to write each hospital by city and state; a hospital's own name comes before aliases."""
    ways: dict[tuple[str, str], list[Known]] = {}
    for hospital in hospitals().values():
        ways.setdefault((hospital.city, hospital.state), []).append(
            Known(name_words(hospital.name), hospital)
        )
    for hospital in hospitals().values():
        for alias in hospital.aliases:
            ways[hospital.city, hospital.state].append(Known(name_words(alias), hospital))
        for alias, city in hospital.aliases_elsewhere:
            ways.setdefault((city, hospital.state), []).append(Known(name_words(alias), hospital))
    return {place: tuple(way for way in found if way.words) for place, found in ways.items()}


@cache
def _city_words(city: City) -> frozenset[str]:
    """Words that only repeat where the city is: its names and its state's."""
    names = (city.name, city.state, *city.aliases[:2])
    return frozenset(word for name in names for word in name_words(name))
