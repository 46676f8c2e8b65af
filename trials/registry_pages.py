"""Addresses of the registries' own pages, as people paste them: which trial they are about. Pure.

CTRI's pages name a trialid, not the CTRI number: plain (`trialid=93`, `mid1=45423`) or in base64
(`EncHid=ODA3NDA=`). The rest of such an address says nothing; `userName` holds the words of a search.
"""

import base64
import binascii
import re
from html import unescape
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote

CTRI_SITE = "https://ctri.nic.in/Clinicaltrials"
LARGEST_TRIAL_ID = 9_999_999
_CTRI = re.compile(r"[^\s<>\"'()]*\b(?:pmaindet2|showallp|pdf_generate)\.php\?([^\s<>\"')]*)", re.IGNORECASE)
_CTGOV = re.compile(
    r"[^\s<>\"'()]*\bclinicaltrials\.gov/[^\s<>\"']*?\b(NCT[0-9]{8})(?![0-9])[^\s<>\"']*", re.IGNORECASE
)
_NAMES = ("trialid", "mid1", "enchid")
"""The parameters that may hold the trialid, most certain first."""


class RegistryPage(NamedTuple):
    """`text` is the address as written, `url` its one form here; `nct_id` is "" for a page of CTRI."""

    text: str
    url: str
    nct_id: str = ""


def find(text: str) -> RegistryPage | None:
    """The first address of a trial's page in a text, None where there is none."""
    for found in _CTRI.finditer(text):
        if trial_id := _trial_id(found[1]):
            return RegistryPage(found[0], ctri_page(trial_id))
    if named := _CTGOV.search(text):
        nct_id = named[1].upper()
        return RegistryPage(named[0], f"https://clinicaltrials.gov/study/{nct_id}", nct_id)
    return None


def ctri_page(trial_id: int) -> str:
    """The address of a CTRI record's page."""
    encoded = base64.b64encode(str(trial_id).encode()).decode()
    return f"{CTRI_SITE}/pmaindet2.php?EncHid={encoded}&Enc=&userName="


def ctri_trial_id(address: str) -> int:
    """The trialid in the address of a CTRI page, 0 where there is none."""
    found = _CTRI.search(address)
    return _trial_id(found[1]) if found else 0


def _trial_id(query: str) -> int:
    """The trialid in the parameters of an address, escaped once or twice; 0 where there is none."""
    written = unescape(query)
    for text in (written, unquote(written)):
        try:
            given = {name.lower(): value for name, value in reversed(parse_qsl(text))}
        except ValueError:
            continue
        for name in _NAMES:
            value = given.get(name, "").strip()
            digits = _decoded(value) if name == "enchid" else value
            if re.fullmatch(r"[0-9]{1,7}", digits) and 0 < int(digits) <= LARGEST_TRIAL_ID:
                return int(digits)
    return 0


def _decoded(text: str) -> str:
    """Text in base64, with or without its padding; "" where it is none."""
    bare = text.rstrip("=")
    try:
        return base64.b64decode(bare + "=" * (-len(bare) % 4), validate=True).decode("ascii")
    except (binascii.Error, ValueError):
        return ""
