"""Trialids and CTRI numbers in what people type or paste."""

import re
from typing import NamedTuple

from importers.models.crawl import CtriTarget
from importers.registries.ctri import numbers
from importers.registries.ctri.web_addresses import LARGEST_TRIAL_ID, ctri_trial_id
from importers.text.cleaning import clean


class Typed(NamedTuple):
    """`numbers` are CTRI numbers whose page is not known yet, `strange` the words that are neither."""

    ids: set[int]
    numbers: list[str]
    strange: list[str]


def read_typed(text: str) -> Typed:
    """Ids, addresses of pages and CTRI numbers, parted by spaces or commas."""
    typed = Typed(set(), [], [])
    for word in clean(text).replace(",", " ").split():
        trial_id = _trial_id(word)
        number = "" if trial_id else numbers.read(word)
        if trial_id := trial_id or trial_id_of(number):
            typed.ids.add(trial_id)
        elif number:
            typed.numbers.append(number)
        else:
            typed.strange.append(word)
    return typed


def trial_id_of(number: str) -> int:
    """The trialid of a CTRI number, 0 where it is not known."""
    target = CtriTarget.objects.filter(ctri_number=number).first() if number else None
    return target.trial_id if target else 0


def _trial_id(word: str) -> int:
    """A decimal trialid, or the address of a page that holds one; else 0."""
    if re.fullmatch(r"[0-9]{1,7}", word):
        return int(word) if int(word) <= LARGEST_TRIAL_ID else 0
    return ctri_trial_id(word)
