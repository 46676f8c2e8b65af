"""Exports of WHO ICTRP, read for one thing: which CTRI number has which trialid, and whether it names CAR T.

Nothing else of them is taken: they lag behind CTRI by years, and hold no sites. They come in three shapes
(XML and CSV of the portal, weekly CSV without a header), damaged in all of them; so a record is any stretch
that begins with a CTRI number as its own id and holds the address of a page.
"""

import base64
import binascii
import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO

from importers.files.documents import Hint

_NUMBER = re.compile(r"\s*(CTRI/\d{4}/\d{2,3}/\d{6})\s*")
_XML_TRIAL = re.compile(r"<Trial>(.*?)(?=<Trial>|\Z)", re.DOTALL)
_XML_ID = re.compile(r"<TrialID>(.*?)</TrialID>", re.DOTALL)
_PLAIN = re.compile(r"pmaindet2\.php\?trialid=(\d{1,7})\b", re.IGNORECASE)
_ENCODED = re.compile(r"pmaindet2\.php\?EncHid=([A-Za-z0-9+/]+)", re.IGNORECASE)
_CAR_T = re.compile(
    r"\bCAR[\s-]*T\b|chimeric[\s-]+(?:antigen|T)|CAR[\s-]?modified|autoleucel|engineered T[\s-]?cell",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Pointer(Hint):
    """One CTRI trial that an export names. `names_car_t`: its text speaks of CAR T cells."""

    number: str
    trial_id: int
    names_car_t: bool


def pointers(raw: bytes, origin: str) -> Iterator[Pointer]:
    """Every CTRI trial of an export whose page's address it holds."""
    text = raw.decode("utf-8-sig", "replace").replace("\0", "")
    records = _xml(text) if "<Trial>" in text[:100_000] else _csv(text)
    for number, words in records:
        named, trial_id = _NUMBER.fullmatch(number), _trial_id(words)
        if named and trial_id:
            yield Pointer(origin, named[1], trial_id, bool(_CAR_T.search(words)))


def _xml(text: str) -> Iterator[tuple[str, str]]:
    """Id and text of each trial; a file that breaks off gives what it has."""
    for trial in _XML_TRIAL.finditer(text):
        found = _XML_ID.search(trial[1])
        yield (found[1] if found else "", trial[1])


def _csv(text: str) -> Iterator[tuple[str, str]]:
    """The first column and the text of each row, with or without a header."""
    csv.field_size_limit(2**24)
    try:
        for row in csv.reader(StringIO(text)):
            if row:
                yield row[0], " ".join(row)
    except csv.Error:
        return


def _trial_id(text: str) -> int:
    if plain := _PLAIN.search(text):
        return int(plain[1])
    encoded = _ENCODED.search(text)
    try:
        decoded = base64.b64decode(encoded[1] + "==").decode("ascii") if encoded else ""
    except (binascii.Error, ValueError):
        return 0
    return int(decoded) if re.fullmatch(r"[0-9]{1,7}", decoded, re.ASCII) else 0
