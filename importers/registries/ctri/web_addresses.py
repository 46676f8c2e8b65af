"""Addresses of CTRI's own pages, as people paste them: which trial they are about. Pure.

The pages name a trialid, not the CTRI number: plain (`trialid=93`, `mid1=45423`) or in base64
(`EncHid=ODA3NDA=`). The rest of such an address says nothing; `userName` holds the words of a search.
"""

import base64
import binascii
import re
from html import unescape
from urllib.parse import parse_qsl, unquote

from trials.registries import RegistryPage

CTRI_SITE = "https://ctri.nic.in/Clinicaltrials"
LARGEST_TRIAL_ID = 9_999_999
_CTRI = re.compile(r"[^\s<>\"'()]*\b(?:pmaindet2|showallp|pdf_generate)\.php\?([^\s<>\"')]*)", re.IGNORECASE)
_NAMES = ("trialid", "mid1", "enchid")
"""The parameters that may hold the trialid, most certain first."""


def find_page(text: str) -> RegistryPage | None:
    """The first address of a record's page in a text, None where there is none."""
    for found in _CTRI.finditer(text):
        if trial_id := _trial_id(found[1]):
            return RegistryPage(found[0], ctri_page(trial_id))
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
