"""Numbers a CTRI page writes as `Name="value"`: people planned and reached, and how long the trial lasts."""

import re
from dataclasses import dataclass

from importers.registries.ctri.page import RecordPage
from importers.registries.ctri.words import NO_DATE, something

SIZE = "Target Sample Size"
DURATION = "Estimated Duration of Trial"
_STATED = re.compile(r"([A-Z][A-Za-z() ]*?)\s*=\s*(?:[\"“”']([^\"“”'\n]*)|([^\"“”'\n]*))")
_NUMBER = re.compile(r"[0-9]{1,8}|[0-9]{1,3}(?:,[0-9]{2,3}){0,2},[0-9]{3}")
_WHOLE = re.compile(r"([0-9]{1,4})(?:\.0+)?")


@dataclass(frozen=True, slots=True)
class Sizes:
    """People: planned in all and in India, and reached. None where not stated."""

    total: int | None
    india: int | None
    reached: int | None
    reached_india: int | None


def sizes(page: RecordPage) -> Sizes:
    """The planned and the final number of people; what is no number is noted."""
    stated = _stated(page, SIZE)
    final = "finalenrollmentnumbersachieved"
    names = ("totalsamplesize", "samplesizefromindia", f"{final}total", f"{final}india")
    return Sizes(*(_size(page, stated.get(name, "")) for name in names))


def duration(page: RecordPage) -> int | None:
    """Planned length in months. Days beyond the months count as one more; all nought is not stated."""
    stated = _stated(page, DURATION)
    parts = []
    for name in ("years", "months", "days"):
        text = something(stated.get(name, ""))
        found = _WHOLE.fullmatch(text or "0")
        if not found:
            page.note(DURATION, page.value(DURATION))
            return None
        parts.append(int(found[1]))
    years, months, days = parts
    return years * 12 + months + (days > 0) or None


def _stated(page: RecordPage, label: str) -> dict[str, str]:
    text = page.value(label)
    found = {
        re.sub(r"[^a-z]", "", name.casefold()): (quoted or plain).strip()
        for name, quoted, plain in _STATED.findall(text)
    }
    if not found and something(text):
        page.note(label, text)
    return found


def _size(page: RecordPage, text: str) -> int | None:
    if not something(text) or text.casefold() in NO_DATE:
        return None
    if not _NUMBER.fullmatch(text):
        page.note(SIZE, text)
        return None
    return int(text.replace(",", ""))
