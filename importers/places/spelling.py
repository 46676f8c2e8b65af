"""Spelling slips in names of Indian cities and states, and in the common words of hospitals' names.

A slip keeps the consonants' skeleton ("Luknow", "Madhurai", "Vishkhapatnam") and changes at most two
letters. A name with another skeleton is another place: Rampur is not Raipur, Kannur is not Kanpur.
"""

import re
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from importers.places.words import word_list
from trials.vocabulary.places import City, cities, find_state, place_key, states

_MAX_SLIP = 2
_MIN_CITY_LETTERS = 5
_MIN_STATE_LETTERS = 5
_LONG_STATE_LETTERS = 7
_MIN_GENERIC_LETTERS = 7
_LONG_GENERIC_LETTERS = 9
_GENERIC = word_list("often_misspelt")
_NO_SLIPS = frozenset(("medicare", "medicals", "medicity", "hospitals"))


@cache
def near_city(text: str, state: str = "") -> City | None:
    """The one city whose name, alias or, in its state, district this misspells.

    Without a state the first two letters must fit.
    """
    written = place_key(text)
    if len(written) < _MIN_CITY_LETTERS:
        return None
    same_start = 1 if state else 2
    found = {
        city.slug: city
        for name, city, district in _by_skeleton().get(_skeleton(written), ())
        if (city.state == state if state else not district)
        and name[:same_start] == written[:same_start]
        and OSA.distance(name, written) <= _MAX_SLIP
    }
    return next(iter(found.values())) if len(found) == 1 else None


@cache
def near_state(text: str) -> str:
    """Name of the state this is or misspells; "" where it is no state."""
    exact = find_state(text)
    if exact:
        return exact.name
    written = re.sub(r"\bindia\b", "", place_key(text)).strip()
    if again := find_state(written):
        return again.name
    if len(written) < _MIN_STATE_LETTERS:
        return ""
    slips = _MAX_SLIP if len(written) >= _LONG_STATE_LETTERS else 1
    found = {
        state.name
        for state in states().values()
        for name in map(place_key, (state.name, *state.aliases))
        if len(name) >= _MIN_STATE_LETTERS and OSA.distance(name, written) <= slips and name[0] == written[0]
    }
    return found.pop() if len(found) == 1 else ""


@lru_cache(maxsize=20_000)
def near_generic(word: str) -> str:
    """The common word of hospitals' names that this misspells, "Hosptial"; "" where it is none or right."""
    if len(word) < _MIN_GENERIC_LETTERS or word in _GENERIC or word in _NO_SLIPS:
        return ""
    slips = _MAX_SLIP if len(word) >= _LONG_GENERIC_LETTERS else 1
    return next(
        (right for right in _GENERIC if right[0] == word[0] and OSA.distance(right, word) <= slips), ""
    )


@cache
def _by_skeleton() -> dict[str, list[tuple[str, City, bool]]]:
    """Names with their cities, and whether the name is only a district's."""
    found: dict[str, list[tuple[str, City, bool]]] = {}
    for city in cities().values():
        names = {place_key(name): True for name in city.districts} | {
            place_key(name): False for name in (city.name, *city.aliases)
        }
        for name, district in names.items():
            if len(name) >= _MIN_CITY_LETTERS and name.isascii():
                found.setdefault(_skeleton(name), []).append((name, city, district))
    return found


def _skeleton(name: str) -> str:
    """Consonants without doubles, breath and vowels; one letter for sounds written two ways."""
    sounds = name.replace(" ", "").replace("ck", "k").replace("w", "v").replace("z", "s")
    return re.sub(r"(.)\1+", r"\1", sounds[:1] + re.sub(r"[aeiouyh]", "", sounds[1:]))
