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

from importers.models.links import Key, TrialLink
from trials import registries
from trials.choices import INDIA, Phase, Role

Method = TrialLink.Method
Found = tuple[Method, str] | None
"""By which method, and on which words."""

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


class Objection(StrEnum):
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
    registry: str = ""

    @property
    def key(self) -> Key:
        return self.registry, self.registry_id

    @cached_property
    def named(self) -> dict[str, str]:
        """Registry numbers it states of itself, each with the words they stand in."""
        return {number: text for text in self.other_ids for number in registries.cited_ids(text)}

    @cached_property
    def protocols(self) -> dict[str, str]:
        """Protocol numbers without signs, each as written."""
        plain = {re.sub(r"[^a-z0-9]", "", text.casefold()): text for text in self.other_ids}
        return {
            key: text for key, text in plain.items() if not registries.cited_ids(text) and _is_protocol(key)
        }

    @cached_property
    def sponsor_words(self) -> str:
        letters = re.sub(r"[^\w\s]", " ", self.sponsor.casefold())
        return " ".join(_FORM_WORDS.sub(" ", letters).split())


@dataclass(frozen=True, slots=True)
class Verdict:
    """The pair is one trial by this method; with doubts, or by a weak method, a person decides."""

    method: Method
    evidence: str
    doubts: tuple[Objection, ...] = ()

    @property
    def is_certain(self) -> bool:
        return self.method == Method.STATED and not self.doubts


def decide(first: Side, second: Side) -> Verdict | None:
    """What the two records say about being the same trial; None where nothing speaks for it."""
    found = _by_number(first, second)
    if not found and first.role != Role.NOT_CAR_T and second.role != Role.NOT_CAR_T:
        found = _by_protocol(first, second) or _by_likeness(first, second)
    return Verdict(*found, tuple(_doubts(first, second))) if found else None


def _by_number(first: Side, second: Side) -> Found:
    words = first.named.get(second.registry_id) or second.named.get(first.registry_id)
    return (Method.STATED, words) if words else None


def _doubts(first: Side, second: Side) -> Iterator[Objection]:
    if _is_other_study(first) != _is_other_study(second):
        yield Objection.OTHER_STUDY
    phases, others = _phases(first), _phases(second)
    if phases and others and not phases & others:
        yield Objection.PHASE
    if any(_only_abroad(a) and set(b.countries) == {INDIA} for a, b in ((first, second), (second, first))):
        yield Objection.COUNTRY
    if (first.role == Role.NOT_CAR_T) != (second.role == Role.NOT_CAR_T):
        yield Objection.ROLE


def _only_abroad(side: Side) -> bool:
    return bool(side.countries) and INDIA not in side.countries


def _is_other_study(side: Side) -> bool:
    named = any(_OTHER_STUDY.search(title) for title in side.titles)
    return named or side.role in (Role.FOLLOW_UP, Role.EXPANDED_ACCESS)


def _phases(side: Side) -> set[str]:
    return set(side.phases) - {Phase.NA}


def _by_protocol(first: Side, second: Side) -> Found:
    shared = first.protocols.keys() & second.protocols.keys()
    if not shared or not _same_sponsor(first, second):
        return None
    return Method.PROTOCOL, ", ".join(second.protocols[key] for key in sorted(shared))


def _by_likeness(first: Side, second: Side) -> Found:
    if not set(first.cities) & set(second.cities) or not _same_sponsor(first, second):
        return None
    likeness = max(fuzz.token_sort_ratio(one, other) for one in first.titles for other in second.titles)
    return (Method.SIMILAR, f"{likeness:.0f} %") if likeness >= _ALIKE_TITLES else None


def _same_sponsor(one: Side, other: Side) -> bool:
    if not one.sponsor_words or not other.sponsor_words:
        return False
    return fuzz.token_set_ratio(one.sponsor_words, other.sponsor_words) >= _ALIKE_SPONSORS


def _is_protocol(key: str) -> bool:
    has_both = any(map(str.isdigit, key)) and any(map(str.isalpha, key))
    return len(key) >= _SHORTEST_PROTOCOL and has_both
