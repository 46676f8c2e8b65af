"""The name to show and to group by of a hospital that no table knows.

What names a hospital is its own words and what kind of place it is. A person, a department, an
abbreviation beside the name it stands for, research centres that belong to it and its address are left
out, so that most ways to write one hospital come to one name. A locality is kept where it may tell two
hospitals apart: after the name of a chain, or after one word that many hospitals bear ("Sai", "City").
"""

import re
from collections.abc import Sequence, Set
from functools import lru_cache

from importers.places.anonymous import is_person
from importers.places.hospital_names import (
    CHAINS,
    COMMON,
    GENERIC,
    HARMLESS,
    city_words,
    distinguishing,
    is_department,
    name_parts,
    name_words,
    without_owner,
)
from importers.places.pins import without_pins
from importers.places.showing import shown
from trials.vocabulary.places import find_city, find_state, place_key

_LEGAL_FORM = re.compile(
    r"^\s*m/s\b\.?|"
    r"[(\[]?\b(?:\(?p\)?\s*\.?\s*ltd|pvt\.?\s*\.?\s*ltd|pvt\.?\s+limited|private\s+limited|private\s+ltd"
    r"|pvt|ltd|limited|llp|inc)\b\.?[)\]]?",
    re.IGNORECASE,
)
_STREET = re.compile(
    r"^\W*(?:near|opp|opposite|behind|no|plot|sector|sec|phase)\b|^\W*\d"
    r"|\b(?:road|rd|marg|street|lane|highway|naka|bypass)\W*$",
    re.IGNORECASE,
)
_KIND = re.compile(
    r"hospital|clinic|institut|cent(?:re|er)|college|universit|foundation|science|research|society|home"
    r"|trust|branch|campus|unit|department|dept",
    re.IGNORECASE,
)
_TREATS = re.compile(
    r"\b(?:hospitals?|clinics?|inst(?:itute|itution)?|college|cent(?:re|er)|sansthan|sanstha)\b",
    re.IGNORECASE,
)
"""Kinds of places that treat people; what else stands beside one is its owner or its university."""

_ADDRESS = re.compile(
    r"^\W*(?:near|nr|opp|opposite|behind|beside|adjacent|next to)\b"
    r"|\b(?:campus|premises|compound|complex|building|extension)\W*$",
    re.IGNORECASE,
)
"""Parts that say where a hospital is by something else."""

_IN_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]")
_ABBREVIATION = re.compile(r"[A-Z][A-Za-z]*[A-Z][A-Za-z.&\-]*")
_BRANCH = re.compile(
    r"\b(hospitals?|clinics?)\s+(?=[A-Z])(?!.*\b(?:hospitals?|clinics?|college)\b)", re.IGNORECASE
)
_DOCTOR = re.compile(r"^dr\b", re.IGNORECASE)
"""A doctor's own hospital: several of one name in a city are usual."""

_TITLES = frozenset(("st", "sri"))
_LETTERS = re.compile(r"[A-Z]{4,12}")
_ONE_OF_A_CITY = tuple(
    map(
        name_words,
        (
            "Government Medical College",
            "Regional Cancer Centre",
            "State Cancer Institute",
            "Regional Institute of Medical Sciences",
        ),
    )
)
"""Names without a word of their own that one hospital of a city bears."""


@lru_cache(maxsize=20_000)
def tidy(facility: str, city: str, state: str) -> str:
    """A name fit to show and to group by, for a hospital no table knows."""
    kept = _parts(facility, city_words(city, state))
    while len(kept) > 1 and (_is_place(kept[-1], city, state) or _is_beside_the_name(kept, city, state)):
        kept.pop()
    return shown(kept, city) or " ".join(facility.split())


@lru_cache(maxsize=20_000)
def core(facility: str) -> tuple[str, ...]:
    """The words of the one part that names the hospital; of a chain none, whose next part is a branch."""
    kept = _parts(facility, frozenset())
    words = name_words(shown(kept[:1], "")) if kept else ()
    return () if _is_of_a_chain(words) and not _is_one_of_a_city(words) else words


@lru_cache(maxsize=20_000)
def without_streets(facility: str) -> tuple[str, ...]:
    """The words of a name without streets and landmarks: those name no branch of a chain."""
    kept = [part for part in _parts(facility, frozenset()) if not _STREET.search(part)]
    return name_words(" ".join(kept))


def _is_of_a_chain(words: Sequence[str]) -> bool:
    return bool(CHAINS.intersection(words[:1]) - _TITLES)


def _is_one_of_a_city(words: Sequence[str]) -> bool:
    return any(tuple(words[: len(name)]) == name for name in _ONE_OF_A_CITY)


def _parts(facility: str, place: Set[str]) -> list[str]:
    """The part that names the hospital and what follows it; all parts where none does."""
    text = _LEGAL_FORM.sub(" ", without_pins(without_owner(facility)))
    parts = [
        part
        for whole in name_parts(_without_abbreviations(text).replace("/", " , "))
        for part in _at_branch(whole)
        if not is_department(part)
    ]
    parts = [part for part in parts if not is_person(part)] or parts or name_parts(text)
    full = [name_words(part) for part in parts]
    parts = [
        part
        for part, words in zip(parts, full, strict=True)
        if not any(stands_for(words, other) for other in full)
    ] or parts
    named = [i for i, part in enumerate(parts) if _names(part, i, place)]
    treating = [i for i in named if _TREATS.search(parts[i]) or _LETTERS.fullmatch(parts[i])]
    first = (treating or named or [0])[0]
    return [part for i, part in enumerate(parts[first:]) if not i or not _adds_nothing(part)]


def _names(part: str, index: int, place: Set[str]) -> bool:
    """Whether a part names a hospital: what kind of place it is and a word of its own, or its letters."""
    if _ADDRESS.search(part):
        return False
    if _LETTERS.fullmatch(part):
        return index == 0
    words = name_words(part)
    return bool(_KIND.search(part) and distinguishing(words, place)) or _is_one_of_a_city(words)


def _adds_nothing(part: str) -> bool:
    """Whether a part beside the name is a landmark, or only generic words."""
    return bool(_ADDRESS.search(part)) or GENERIC.issuperset(name_words(part))


def _without_abbreviations(text: str) -> str:
    """Without brackets that only abbreviate: "(RGCI)" after a name; or "PMCH (...)" before one."""
    for found in _IN_BRACKETS.finditer(text):
        before = text[: found.start()].strip()
        if stands_for(name_words(before), name_words(found[1])):
            return text[found.start() :].replace("(", " ").replace(")", " ")
    return _IN_BRACKETS.sub(lambda found: "" if _ABBREVIATION.fullmatch(found[1].strip()) else found[0], text)


def stands_for(short: Sequence[str], words: Sequence[str]) -> bool:
    """Whether one word is the initials of a name: "IGIMS", in whose words small ones do not count."""
    if len(short) != 1 or len(short[0]) < 3 or len(words) < 3:
        return False
    initials = "".join(word[0] for word in words)
    return initials.startswith(short[0]) and short[0] != words[0]


def _at_branch(part: str) -> list[str]:
    """A locality without a comma, "Namuna Hospital Baner", is a part of its own; so is "at ... Hospital"."""
    found = _BRANCH.search(part)
    rest = name_words(part[found.end() :]) if found else ()
    if found and rest and not (HARMLESS | GENERIC).intersection(rest):
        return [part[: found.end()].strip(), part[found.end() :]]
    name, at, host = part.partition(" at ")
    return [name, host] if at and _TREATS.search(name) and _TREATS.search(host) else [part]


def _is_beside_the_name(parts: Sequence[str], city: str, state: str) -> bool:
    """Whether the last part is an address: a street, or a locality after a name of its own."""
    words = name_words(parts[0])
    if _is_one_of_a_city(words):
        return True
    own = [word for word in distinguishing(words, city_words(city, state)) if word not in _TITLES]
    bears = len(own) == 1 and (own[0] in COMMON or _is_of_a_chain(words) or _DOCTOR.match(parts[0]))
    shared = not own or bool(bears)
    if own and words[-2:] == ("medical", "college"):
        shared = False
    elsewhere = find_city(parts[-1])
    if shared or (elsewhere and elsewhere.name != city):
        return False
    return bool(_STREET.search(parts[-1]) or _KIND.search(parts[0]) or _LETTERS.fullmatch(parts[0]))


def _is_place(part: str, city: str, state: str) -> bool:
    """Whether a last part only repeats the city, the state or the country."""
    if place_key(part) in ("india", place_key(city)) or find_state(part):
        return True
    named = find_city(part, state)
    return (
        named is not None
        and named.name == city
        and place_key(part) in map(place_key, (named.name, *named.aliases[:2]))
    )
