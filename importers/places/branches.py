"""Branches of hospital chains that have several hospitals in one city.

The name of a chain and a city identify no branch. The branch is the one whose locality the name gives,
else the one the postal code or the address means; else it stays open: such sites share the name of the
chain, which is never the name of a branch. Only where one hospital bears the bare name (a line of
`branches.csv` without a branch) it is that one. A chain with one hospital in a city needs no line.
Branches and their postal codes are those of the chains' public lists of hospitals.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from importers.places.hospital_names import GENERIC, HARMLESS, SPECIAL, name_words, without_owner
from importers.places.hospitals import words_of
from importers.places.pins import find_pin
from trials.record import SiteRecord
from trials.vocabulary import table
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
    main: Branch | None = None


def find_branch(site: SiteRecord, city: City) -> tuple[str, Hospital | None, str] | None:
    """The name, the hospital of our table and the rule, where the text names a chain of this city."""
    written = name_words(without_owner(site.facility))
    beside = words_of(city) | HARMLESS
    for chain in _chains().get(city.name, ()):
        for form in chain.written:
            before, rest = _around(written, form)
            if rest is not None and beside.issuperset(before) and not SPECIAL.intersection(rest):
                return _branch(chain, rest, site, city)
    return None


def _branch(
    chain: Chain, rest: Sequence[str], site: SiteRecord, city: City
) -> tuple[str, Hospital | None, str] | None:
    named = _by_words(chain, rest)
    if not named and not words_of(city).union(_KIND, HARMLESS - GENERIC).issuperset(rest):
        return None
    code = find_pin(site.postal_code, site.facility, site.address).code
    by_pin = [branch for branch in chain.branches if code in branch.pins]
    if named:
        return _not_stated(chain) if by_pin and named not in by_pin else _answer(named, "branch")
    if by_pin:
        return _answer(by_pin[0], "postal code") if len(by_pin) == 1 else _not_stated(chain)
    if by_address := _by_words(chain, name_words(site.address)):
        return _answer(by_address, "branch in the address")
    return _answer(chain.main, "name") if chain.main else _not_stated(chain)


def _answer(branch: Branch, rule: str) -> tuple[str, Hospital | None, str]:
    return branch.name, branch.hospital, rule


def _not_stated(chain: Chain) -> tuple[str, None, str]:
    return chain.name, None, NOT_STATED


def _by_words(chain: Chain, words: Sequence[str]) -> Branch | None:
    """The one branch whose words stand here."""
    found = [
        branch
        for branch in chain.branches
        if any(_around(words, form)[1] is not None for form in branch.words)
    ]
    return found[0] if len(found) == 1 else None


def _around(words: Sequence[str], form: Words) -> tuple[Sequence[str], Sequence[str] | None]:
    """The words before and after a form; None after it where it does not stand in the text."""
    size = len(form)
    for start in range(len(words) - size + 1):
        if tuple(words[start : start + size]) == form:
            return words[:start], words[start + size :]
    return words, None


@cache
def _chains() -> dict[str, tuple[Chain, ...]]:
    """Chains by city."""
    written: dict[str, tuple[Words, ...]] = {}
    found: dict[tuple[str, str], Chain] = {}
    for row in table.rows(Path(__file__).parent / "branches.csv"):
        name = row["chain"]
        if row["written"]:
            written[name] = tuple(
                sorted(map(name_words, table.values(row["written"])), key=len, reverse=True)
            )
        chain = found.setdefault((row["city"], name), Chain(name, written[name]))
        chain.branches.append(_row(row))
        chain.main = chain.branches[-1] if not row["branch"] else chain.main
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
