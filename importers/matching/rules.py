"""Whether two registrations are one trial. Pure, in order of trust; the first rule that speaks decides.

Only a number that one record states of the other joins by itself, and only where nothing contradicts it. A
wrong join hides a trial from the people it is for, a missed one shows it twice: so what is likely is asked.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from rapidfuzz import fuzz

from importers.models.links import TrialLink
from importers.registries.ctri import numbers
from trials.choices import Phase, Role

Method = TrialLink.Method
INDIA = "India"
Found = tuple[Method, str] | None
"""By which method, and on which words."""

_NCT = re.compile(r"(?<![A-Z0-9])NCT[\s:_-]*(\d{8})(?!\d)", re.IGNORECASE | re.ASCII)
_OTHER_STUDY = re.compile(
    r"roll[\s-]*over|long[\s-]*term\s+(?:follow|safety)|follow[\s-]*up\s+(?:study|protocol)|extension\s+(?:study|trial)"
    r"|expanded[\s-]+access|managed[\s-]+access|compassionate",
    re.IGNORECASE,
)
"""Words of studies that name their parent's number and are not it."""

_FORM_WORDS = re.compile(
    r"\b(?:limited|ltd|private|pvt|inc|llc|gmbh|corporation|corp|company|co|plc|the|of|and)\b"
)
_SHORTEST_PROTOCOL = 5
_ALIKE_TITLES = 85
_ALIKE_SPONSORS = 85


class Doubt(StrEnum):
    """What speaks against a pair."""

    OTHER_STUDY = "other_study"
    PHASE = "phase"
    COUNTRY = "country"
    ROLE = "role"
    CHAIN = "chain"


@dataclass(frozen=True)
class Side:
    """What is compared of one registration. `cities` are its Indian ones, `other_ids` as written."""

    registry_id: str
    titles: tuple[str, ...]
    role: str = Role.GIVES_CAR_T
    sponsor: str = ""
    phases: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    other_ids: tuple[str, ...] = ()

    @cached_property
    def named(self) -> dict[str, str]:
        """Registry numbers it states of itself, each with the words they stand in."""
        return {number: text for text in self.other_ids for number in registry_numbers(text)}

    @cached_property
    def protocols(self) -> dict[str, str]:
        """Protocol numbers without signs, each as written."""
        plain = {re.sub(r"[^a-z0-9]", "", text.casefold()): text for text in self.other_ids}
        return {key: text for key, text in plain.items() if not registry_numbers(text) and _is_protocol(key)}

    @cached_property
    def sponsor_words(self) -> str:
        letters = re.sub(r"[^\w\s]", " ", self.sponsor.casefold())
        return " ".join(_FORM_WORDS.sub(" ", letters).split())


@dataclass(frozen=True, slots=True)
class Verdict:
    """The pair is one trial by this method; with doubts, or by a weak method, a person decides."""

    method: Method
    evidence: str
    doubts: tuple[Doubt, ...] = ()

    @property
    def is_certain(self) -> bool:
        return self.method == Method.STATED and not self.doubts


def registry_numbers(text: str) -> list[str]:
    """Every CTRI and ClinicalTrials.gov number in a text, as the registry writes it."""
    return [*numbers.find(text), *(f"NCT{digits}" for digits in _NCT.findall(text))]


def decide(ctgov: Side, ctri: Side) -> Verdict | None:
    """What the two records say about being the same trial; None where nothing speaks for it."""
    found = _by_number(ctgov, ctri)
    if not found and ctgov.role != Role.NOT_CAR_T and ctri.role != Role.NOT_CAR_T:
        found = _by_protocol(ctgov, ctri) or _by_likeness(ctgov, ctri)
    return Verdict(*found, tuple(_doubts(ctgov, ctri))) if found else None


def _by_number(ctgov: Side, ctri: Side) -> Found:
    words = ctgov.named.get(ctri.registry_id) or ctri.named.get(ctgov.registry_id)
    return (Method.STATED, words) if words else None


def _doubts(ctgov: Side, ctri: Side) -> Iterator[Doubt]:
    if _is_other_study(ctgov) != _is_other_study(ctri):
        yield Doubt.OTHER_STUDY
    phases, others = _phases(ctgov), _phases(ctri)
    if phases and others and not phases & others:
        yield Doubt.PHASE
    if ctgov.countries and INDIA not in ctgov.countries and set(ctri.countries) == {INDIA}:
        yield Doubt.COUNTRY
    if (ctgov.role == Role.NOT_CAR_T) != (ctri.role == Role.NOT_CAR_T):
        yield Doubt.ROLE


def _is_other_study(side: Side) -> bool:
    named = any(_OTHER_STUDY.search(title) for title in side.titles)
    return named or side.role in (Role.FOLLOW_UP, Role.EXPANDED_ACCESS)


def _phases(side: Side) -> set[str]:
    return set(side.phases) - {Phase.NA}


def _by_protocol(ctgov: Side, ctri: Side) -> Found:
    shared = ctgov.protocols.keys() & ctri.protocols.keys()
    if not shared or not _same_sponsor(ctgov, ctri):
        return None
    return Method.PROTOCOL, ", ".join(ctri.protocols[key] for key in sorted(shared))


def _by_likeness(ctgov: Side, ctri: Side) -> Found:
    if not set(ctgov.cities) & set(ctri.cities) or not _same_sponsor(ctgov, ctri):
        return None
    likeness = max(fuzz.token_sort_ratio(one, other) for one in ctgov.titles for other in ctri.titles)
    return (Method.SIMILAR, f"{likeness:.0f} %") if likeness >= _ALIKE_TITLES else None


def _same_sponsor(one: Side, other: Side) -> bool:
    if not one.sponsor_words or not other.sponsor_words:
        return False
    return fuzz.token_set_ratio(one.sponsor_words, other.sponsor_words) >= _ALIKE_SPONSORS


def _is_protocol(key: str) -> bool:
    has_both = any(map(str.isdigit, key)) and any(map(str.isalpha, key))
    return len(key) >= _SHORTEST_PROTOCOL and has_both
