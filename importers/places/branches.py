"""Branches of hospital chains that have several hospitals in one city.

The name of a chain and a city identify no branch. The branch is the one whose locality the name gives,
else the one the postal code or the address means; else it stays open: such sites share the name of the
chain, which is never the name of a branch. A chain with one hospital in a city is in `hospitals.csv` alone.
Branches and their postal codes are those of the chains' public lists of hospitals.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from importers.places.hospital_names import GENERIC, HARMLESS, SPECIAL, name_words, without_owner
from importers.places.pins import find_pin
from importers.records import SiteRecord
from trials.vocabulary.places import City, Hospital, hospitals

NOT_STATED = "branch not stated"

_KIND = name_words(
    "hospital clinic super multi speciality health care cancer oncology centre enterprise medical"
)
"""Words that may stand beside the name of a chain; an institute or a college is another hospital."""

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """One hospital of a chain: its name, the words that tell it apart and its postal codes."""

    name: str
    words: tuple[Words, ...]
    pins: frozenset[str]
    hospital: Hospital | None


@dataclass(slots=True)
class Chain:
    """A chain in one city. `written`: its own name in words, the longest form first."""

    name: str
    written: tuple[Words, ...]
    branches: list[Branch] = field(default_factory=list)


def find_branch(site: SiteRecord, city: City) -> tuple[str, Hospital | None, str] | None:
    """The name, the hospital of our table and the rule, where the text names a chain of this city."""
    written = name_words(without_owner(site.facility))
    for chain in _chains().get(city.name, ()):
        start = next((found for form in chain.written if (found := _after(written, form)) is not None), None)
        if start is not None and not SPECIAL.intersection(start):
            return _branch(chain, start, site, city)
    return None


def _branch(
    chain: Chain, rest: Sequence[str], site: SiteRecord, city: City
) -> tuple[str, Hospital | None, str] | None:
    named = _told_apart(chain, rest)
    if named:
        return _answer(named, "branch")
    place = {word for name in (city.name, city.state, *city.aliases[:2]) for word in name_words(name)}
    if not place.union(_KIND, HARMLESS - GENERIC).issuperset(rest):
        return None
    code = find_pin(site.postal_code, site.facility, site.address).code
    if by_pin := [branch for branch in chain.branches if code in branch.pins]:
        return _answer(by_pin[0], "postal code") if len(by_pin) == 1 else (chain.name, None, NOT_STATED)
    by_address = _told_apart(chain, name_words(site.address))
    return _answer(by_address, "branch in the address") if by_address else (chain.name, None, NOT_STATED)


def _answer(branch: Branch, rule: str) -> tuple[str, Hospital | None, str]:
    return branch.name, branch.hospital, rule


def _told_apart(chain: Chain, words: Sequence[str]) -> Branch | None:
    """The one branch whose words stand here. Its longest words count: "Old Airport Road" is not a road."""
    found = [
        branch
        for branch in chain.branches
        if any(_after(words, form, anywhere=True) is not None for form in branch.words)
    ]
    return found[0] if len(found) == 1 else None


def _after(words: Sequence[str], form: Words, *, anywhere: bool = False) -> Sequence[str] | None:
    """The other words of a text that holds this form; a chain's name stands first, or after a city's."""
    size = len(form)
    for start in range(len(words) - size + 1 if anywhere else min(2, len(words) - size + 1)):
        if tuple(words[start : start + size]) == form:
            return [*words[:start], *words[start + size :]]
    return None


@cache
def _chains() -> dict[str, tuple[Chain, ...]]:
    """Chains by city."""
    written: dict[str, tuple[Words, ...]] = {}
    found: dict[tuple[str, str], Chain] = {}
    with (Path(__file__).parent / "branches.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            name = row["chain"]
            if row["written"]:
                written[name] = tuple(
                    sorted(map(name_words, row["written"].split("|")), key=len, reverse=True)
                )
            chain = found.setdefault((row["city"], name), Chain(name, written[name]))
            chain.branches.append(_row(row))
    by_city: dict[str, list[Chain]] = {}
    for (city, _), chain in found.items():
        by_city.setdefault(city, []).append(chain)
    return {city: tuple(chains) for city, chains in by_city.items()}


def _row(row: dict[str, str]) -> Branch:
    hospital = hospitals()[row["hospital"]] if row["hospital"] else None
    return Branch(
        name=hospital.name if hospital else f"{row['chain']}, {row['branch']}",
        words=tuple(map(name_words, filter(None, (row["branch"], *row["also"].split("|"))))),
        pins=frozenset(filter(None, row["pins"].split("|"))),
        hospital=hospital,
    )
