"""What pages need to know of CTRI, the Clinical Trials Registry - India."""

import re

from django.utils.translation import gettext_lazy as _

from importers.registries.ctri import numbers
from importers.registries.ctri.web_addresses import find_page
from trials.registries import FoundId, RegistryDescription

_TYPED = re.compile(
    r"\bCTRI(?:\W*(?:id|no|number)\b\W*(?:CTRI)?)?[\W_]{0,3}"
    r"(?:(20\d{2}|\d{2})[\W_]{1,3}(\d{1,3})[\W_]{1,3}(\d{5,6})|(20\d{2})[\W_]{0,3}(\d{2,3})[\W_]{0,3}(\d{6}))\b",
    re.I,
)


def _find_id(text: str) -> FoundId | None:
    match = _TYPED.search(text)
    if match is None:
        return None
    year, month, number = (part for part in match.groups() if part)
    written = f"CTRI/{year if len(year) == 4 else '20' + year}/{month:0>2}/{number:0>6}"
    return FoundId(match.start(), match.end(), written)


def _spelled(capitals: str) -> str:
    """`CTRI-2026-01-000001`, as our own addresses have it, with slashes."""
    return capitals.replace("-", "/") if capitals.startswith("CTRI") else capitals


DESCRIPTION = RegistryDescription(
    slug="ctri",
    label="CTRI",
    precedence=1,
    id_mark="CTRI",
    find_id=_find_id,
    cited_ids=numbers.find,
    spelled=_spelled,
    find_page=find_page,
    speaks_for_india=True,
    page_by_page=True,
    identifier_system="https://ctri.nic.in",  # HL7 names none for CTRI: its own address
    terms=_(
        "CTRI publishes no licence. Name it as the source with the date of the data, and ask it before you "
        "use much of its text."
    ),
    about="registries/ctri.html",
)
