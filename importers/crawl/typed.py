"""Trialids and CTRI numbers in what people type or paste."""

import base64
import binascii
import re
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from importers.crawl.models import CtriTarget
from importers.crawl.targets import LARGEST_ID
from importers.registries.ctri import numbers
from importers.text import clean


class Typed(NamedTuple):
    """`numbers` are CTRI numbers whose page nobody has told us yet, `strange` the words that are neither."""

    ids: set[int]
    numbers: list[str]
    strange: list[str]


def read_typed(text: str) -> Typed:
    """Ids, addresses of pages and CTRI numbers, parted by spaces or commas."""
    typed = Typed(set(), [], [])
    for word in clean(text).replace(",", " ").split():
        number = numbers.read(word)
        if trial_id := _known(number) if number else _trial_id(word):
            typed.ids.add(trial_id)
        elif number:
            typed.numbers.append(number)
        else:
            typed.strange.append(word)
    return typed


def _known(number: str) -> int:
    target = CtriTarget.objects.filter(ctri_number=number).first()
    return target.trial_id if target else 0


def _trial_id(word: str) -> int:
    """A decimal trialid, or the address of a page that holds one, plain or in base64; else 0."""
    found = word
    if "?" in word:
        try:
            given = parse_qs(urlsplit(word).query)
        except ValueError:
            return 0
        found = (given.get("trialid") or given.get("mid1") or [""])[0]
        if not found and "EncHid" in given:
            found = _decoded(given["EncHid"][0])
    number = int(found) if re.fullmatch(r"[0-9]{1,7}", found, re.ASCII) else 0
    return number if number <= LARGEST_ID else 0


def _decoded(text: str) -> str:
    try:
        return base64.b64decode(text, validate=True).decode("ascii")
    except (binascii.Error, ValueError):
        return ""
