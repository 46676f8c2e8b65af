"""The registry id in a question, in the registry's own spelling, or the address of a registry's page."""

import re

from trials import registry_pages
from trials.search.understand.question import Span

_NCT = re.compile(r"\bNCT(?:\W*(?:id|no|number)\b)?[\s.:#_-]*([0O](?:[\s-]?\d){7})\b|^\W*(0\d{7})\W*$", re.I)
_CTRI = re.compile(
    r"\bCTRI(?:\W*(?:id|no|number)\b\W*(?:CTRI)?)?[\W_]{0,3}"
    r"(?:(20\d{2}|\d{2})[\W_]{1,3}(\d{1,3})[\W_]{1,3}(\d{5,6})|(20\d{2})[\W_]{0,3}(\d{2,3})[\W_]{0,3}(\d{6}))\b",
    re.I,
)


def find_id(text: str) -> tuple[str, Span | None]:
    """The text without the first registry id in it, and that id; of a page's address nothing else is left."""
    page = registry_pages.find(text)
    if page is None:
        return _find_number(text)
    span = Span(page.text, "registry_id" if page.nct_id else "page", (page.nct_id or page.url,))
    return "", span


def _find_number(text: str) -> tuple[str, Span | None]:
    if match := _NCT.search(text):
        digits = re.sub(r"[\s-]", "", match[1] or match[2])
        registry_id = f"NCT0{digits[1:]}"
    elif match := _CTRI.search(text):
        year, month, number = (part for part in match.groups() if part)
        registry_id = f"CTRI/{year if len(year) == 4 else '20' + year}/{month:0>2}/{number:0>6}"
    else:
        return text, None
    return text[: match.start()] + " " + text[match.end() :], Span(match[0], "registry_id", (registry_id,))
