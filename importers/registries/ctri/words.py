"""CTRI's own words and how it writes dates, ages and nothing. Unknown words are a `ParseError`.

What that costs the record `record.py` decides: a status becomes UNKNOWN, anything else is not stated.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import TypeVar

from importers.records import ParseError
from trials.choices import Phase, Sex, Status, StudyType
from trials.record import PartialDate

Meaning = TypeVar("Meaning")

STATUSES: Mapping[str, Status | None] = {
    "": None,
    "not applicable": None,
    "not yet recruiting": Status.NOT_YET_RECRUITING,
    "open to recruitment": Status.RECRUITING,
    "closed to recruitment of participants": Status.ACTIVE_NOT_RECRUITING,
    "completed": Status.COMPLETED,
    "suspended": Status.SUSPENDED,
    "other (terminated)": Status.TERMINATED,
    "terminated": Status.TERMINATED,
    "withdrawn": Status.WITHDRAWN,
    "other (withdrawn)": Status.WITHDRAWN,
    "temporarily halted": Status.SUSPENDED,
}

PHASES: Mapping[str, tuple[Phase, ...]] = {
    "": (),
    "n/a": (),
    "na": (),
    "nil": (),
    "none": (),
    "not applicable": (),
    "phase 0": (Phase.EARLY_PHASE1,),  # what ClinicalTrials.gov calls it now
    "phase 1": (Phase.PHASE1,),
    "phase 1/phase 2": (Phase.PHASE1, Phase.PHASE2),
    "phase 2": (Phase.PHASE2,),
    "phase 2/phase 3": (Phase.PHASE2, Phase.PHASE3),
    "phase 3": (Phase.PHASE3,),
    "phase 3/phase 4": (Phase.PHASE3, Phase.PHASE4),
    "phase 4": (Phase.PHASE4,),
    "post marketing surveillance": (Phase.PHASE4,),
}

STUDY_TYPES: Mapping[str, StudyType | None] = {
    "": None,
    "interventional": StudyType.INTERVENTIONAL,
    "ba/be": StudyType.INTERVENTIONAL,
    "observational": StudyType.OBSERVATIONAL,
    "pms": StudyType.OBSERVATIONAL,
}

SEXES: Mapping[str, Sex | None] = {"": None, "both": Sex.ALL, "male": Sex.MALE, "female": Sex.FEMALE}

NOTHING = frozenset(("", "nil", "na", "n/a", "none", "-", "--", ".", "not applicable"))
"""What CTRI's users write for nothing."""

NO_DATE = frozenset(
    (
        "no date specified",
        "date missing",
        "00/00/0000",
        "applicable only for completed/terminated trials",
    )
)
"""What CTRI writes besides where a date, or a final number of people, is not given."""

_UNIT = r"(year|month|week|day)(?:\(s\)|s)?"
_AGE = re.compile(rf"([0-9]{{1,4}}(?:\.[0-9]{{1,4}})?)\s*{_UNIT}", re.IGNORECASE)
_AGES = re.compile(rf"(?:{_AGE.pattern}[\s,]*)+", re.IGNORECASE)
_NO_AGE = re.compile(rf"(?:{_UNIT}|no limit)?", re.IGNORECASE)
_PER_YEAR = {"year": 1.0, "month": 12.0, "week": 365.25 / 7, "day": 365.25}


def look_up(number: str, label: str, table: Mapping[str, Meaning], text: str) -> Meaning:
    """The meaning of a word of a closed table; `ParseError` for any other."""
    key = re.sub(r"\s*/\s*", "/", " ".join(text.split())).casefold()
    if key not in table:
        raise ParseError(number, label, text)
    return table[key]


def something(text: str) -> str:
    """The text, or "" where it is one of the words for nothing."""
    return "" if text.strip().casefold() in NOTHING else text


def day(number: str, label: str, text: str) -> date | None:
    """A day written dd/mm/yyyy. None where the page says it has none."""
    if not something(text) or text.strip().casefold() in NO_DATE:
        return None
    try:
        return datetime.strptime(text.strip().replace("-", "/"), "%d/%m/%Y").date()
    except ValueError as error:
        raise ParseError(number, label, text) from error


def iso_day(number: str, label: str, text: str) -> PartialDate | None:
    """The same as an ISO date."""
    found = day(number, label, text)
    return PartialDate(found.isoformat()) if found else None


def years(number: str, label: str, text: str) -> float | None:
    """An age in years ("6.00 Month(s)" is 0.5). None where none is given.

    A number without a unit is a `ParseError`: "18.00" may be months.
    """
    text = something(text).strip()
    if _NO_AGE.fullmatch(text):
        return None
    if not _AGES.fullmatch(text):
        raise ParseError(number, label, text)
    return sum(float(amount) / _PER_YEAR[unit.casefold()] for amount, unit in _AGE.findall(text))
