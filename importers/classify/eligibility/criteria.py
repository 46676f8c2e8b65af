"""Eligibility text as single criteria, each with the side it stands on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from importers.records import TrialRecord

IN, OUT, UNKNOWN = "in", "out", ""
_OUT_HEADING = re.compile(
    r"^\W*(?:\w+\W+){0,4}?(?:exclusion|non[\s-]?inclusion)\s*(?:criteri\w*)?\b[^.]{0,60}[:.]?\s*$", re.I
)
_IN_HEADING = re.compile(r"^\W*(?:\w+\W+){0,4}?inclusion\s*(?:criteri\w*)?\b[^.]{0,60}[:.]?\s*$", re.I)
_BULLET = re.compile(r"^[\s*•·#>_\\-]+|^\s*\(?(?:[0-9]{1,2}|[A-Za-z])(?:\.[0-9]+)*[.)、]\s*")
_PARTS = re.compile(r"(?<=[;；。])\s*|(?<=[a-z)\]]\.)\s+(?=[A-Z])")
_LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Criterion:
    """One sentence of the criteria, as written. `side`: who can join (`IN`), who cannot (`OUT`)."""

    text: str
    side: str


def criteria(record: TrialRecord) -> list[Criterion]:
    """Every criterion in the record's order; of text that is not split, by the headings in it."""
    if record.inclusion or record.exclusion:
        return [*_read(record.inclusion, IN), *_read(record.exclusion, OUT)]
    return list(_read(record.eligibility, UNKNOWN))


def _read(text: str, side: str) -> Iterator[Criterion]:
    for line in text.split("\n"):
        line = line[:_LONGEST]
        if side != OUT and _OUT_HEADING.match(line[:200]):
            side = OUT
        elif side != IN and _IN_HEADING.match(line[:200]):
            side = IN
        else:
            plain = _BULLET.sub("", line).strip()
            yield from (Criterion(part, side) for part in _PARTS.split(plain) if part.strip())
