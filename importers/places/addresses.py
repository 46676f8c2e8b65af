"""The hospital an address names, where the name of a site is only a department or a kind of place."""

import re

from importers.places.hospital_names import distinguishing, is_department, name_words
from importers.places.hospitals import find_hospital, words_of
from importers.places.naming import tidy
from importers.places.pins import without_pins
from trials.vocabulary.places import City, Hospital

_PART = re.compile(r"[,;|\n]|\s[-–—]\s")
_NEAR = re.compile(
    r"^\W*(?:near|nr|opp|opposite|behind|b/h|beside|besides|next to|adjacent|adj|in front of)\b",
    re.IGNORECASE,
)
"""A landmark is not where the site is."""
_INSTITUTION = re.compile(
    r"\b(?:hospitals?|institute|college|clinic|cent(?:re|er)|sansthan)\b", re.IGNORECASE
)
_ROAD = re.compile(
    r"\b(?:road|rd|marg|street|lane|nagar|colony|chowk|highway|bus stop|station)\W*$", re.IGNORECASE
)


def hospital_in(address: str, city: City) -> tuple[str, Hospital | None, str] | None:
    """The name, the hospital of our table if it is one, and the rule; landmarks and roads aside."""
    parts = [
        part.strip()
        for part in _PART.split(without_pins(address))
        if part.strip() and not _NEAR.search(part) and not is_department(part) and not _ROAD.search(part)
    ]
    known = {found[0].slug: found[0] for part in parts if (found := find_hospital(part, city))}
    if known:
        hospital = next(iter(known.values()))
        return (hospital.name, hospital, "named in the address") if len(known) == 1 else None
    named = [part for part in parts if _INSTITUTION.search(part) and _distinguishes(part, city)]
    if len(named) == 1:
        return tidy(named[0], city.name, city.state), None, "written in the address"
    return None


def _distinguishes(part: str, city: City) -> bool:
    return bool(distinguishing(name_words(part), words_of(city)))
