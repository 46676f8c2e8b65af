"""Ages and dates as ClinicalTrials.gov writes them. `read` refuses what they cannot mean."""

import re
from collections.abc import Callable
from datetime import date

DAYS_A_YEAR = 365.25
UNITS_A_YEAR = {
    "Year": 1.0,
    "Month": 12.0,
    "Week": DAYS_A_YEAR / 7,
    "Day": DAYS_A_YEAR,
    "Hour": DAYS_A_YEAR * 24,
    "Minute": DAYS_A_YEAR * 24 * 60,
}
NO_LIMIT = "N/A"
_AGE = re.compile(r"([0-9]{1,9}) (Year|Month|Week|Day|Hour|Minute)s?")
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


class Age(str):
    """An age limit as written ("18 Years"), "" where there is none."""

    __slots__ = ()

    @classmethod
    def read(cls, written: str) -> "Age":
        """Raises `ValueError` for anything but a number and a unit of time, or "N/A"."""
        if written == NO_LIMIT:
            return cls()
        if written and not _AGE.fullmatch(written):
            raise ValueError("not an age")
        return cls(written)

    @property
    def years(self) -> float | None:
        match = _AGE.fullmatch(self)
        return int(match[1]) / UNITS_A_YEAR[match[2]] if match else None


class Day(str):
    """A date as precise as written: `2026`, `2026-05` or `2026-05-31`; "" where there is none."""

    __slots__ = ()

    @classmethod
    def read(cls, written: str) -> "Day":
        """Raises `ValueError` for a date of another form or on no calendar."""
        match = _DATE.fullmatch(written)
        if written and not match:
            raise ValueError("not a date")
        if match:
            date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
        return cls(written)


READERS: dict[type, Callable[[str], str]] = {Age: Age.read, Day: Day.read}


def read(kind: type, written: object) -> object:
    """msgspec's hook for the two types above."""
    if not isinstance(written, str):
        raise TypeError("not text")
    return READERS[kind](written)
