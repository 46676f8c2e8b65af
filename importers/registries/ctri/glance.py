"""What can be made out of a CTRI page that cannot be parsed."""

import re
from datetime import date

from importers.registries.ctri.page import decode
from importers.registries.examined import Glance

_LABEL = re.compile(r"Last\s+Modified\s+On\b", re.IGNORECASE)
_MARKUP = re.compile(r"<[^>]*>|&#?\w+;")
_DAY = re.compile(r"[\s:]*(\d{1,2})/(\d{1,2})/(\d{4})\b")
_NEAR = 400
"""Characters behind the label in which its value stands, markup included."""


def glance(raw: bytes) -> Glance:
    """The day of "Last Modified On" (day/month/year), where the page states one day and no other."""
    text = decode(raw)
    found = set()
    for label in _LABEL.finditer(text):
        if day := _DAY.match(_MARKUP.sub(" ", text[label.end() : label.end() + _NEAR])):
            found.add(day.groups())
    if len(found) != 1:
        return Glance()
    day_of_month, month, year = map(int, found.pop())
    try:
        return Glance(date(year, month, day_of_month))
    except ValueError:
        return Glance()
