"""CTRI numbers in text that others write: `CTRI/2021/04/032727`, `ctri-2021-04-032727`."""

import re
from datetime import date, timedelta

_NUMBER = re.compile(
    r"(?<![A-Z])CTRI[\s/_:-]*(\d{4})[\s/_-]+(\d{2,3})[\s/_-]+(\d{6})(?!\d)", re.IGNORECASE | re.ASCII
)
FIRST_YEAR = 2007
"""CTRI registers trials since July 2007."""


def find(text: str) -> list[str]:
    """Every CTRI number of a text, as CTRI writes it, each once. `NCTRI` holds none."""
    return list(dict.fromkeys("CTRI/" + "/".join(found.groups()) for found in _NUMBER.finditer(text)))


def read(word: str) -> str:
    """The CTRI number that a word is, "" where it is none."""
    found = _NUMBER.fullmatch(word)
    return "CTRI/" + "/".join(found.groups()) if found else ""


def sequence(number: str) -> int:
    """The last six digits of a CTRI number: how many trials CTRI had registered by then."""
    return int(number.rpartition("/")[2])


def registered_between(number: str) -> tuple[date, date] | None:
    """The first and the last day on which the trial may have been registered; None where no day can be.

    The third part is the month. Records of 2007 to 2011 write 091 there: that says only the year.
    """
    _ctri, year_text, month_text, _sequence = number.split("/")
    year, month = int(year_text), int(month_text)
    if not FIRST_YEAR <= year < date.max.year:
        return None
    if len(month_text) == 2 and 1 <= month <= 12:
        return date(year, month, 1), date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return date(year, 1, 1), date(year, 12, 31)
