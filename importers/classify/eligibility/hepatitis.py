"""Hepatitis B and hepatitis C each: which of the two a bar names, and whether both have the same limits.

"Active hepatitis B" says nothing of hepatitis C. The facet is of both, so that its limit says so:
"hepatitis B: active only; hepatitis C: not mentioned".
"""

from collections.abc import Iterable, Sequence

from importers.classify.eligibility.direction import EXCLUDED, CriterionReading
from importers.classify.eligibility.limits import joined, viruses
from importers.classify.eligibility.wording import compiled
from importers.records import Stated
from trials.choices import Limit

NAMES = {"B": "hepatitis B", "C": "hepatitis C"}
_GOES_ON = compiled(r"(?:\W|\b(?:[BC]|and|or|virus|viruses)\b)*")
"""The letters of a list that goes on after a mention: "hepatitis B", " and/or C"."""


def apart(stated: Stated, read: Sequence[CriterionReading]) -> Stated:
    """A bar with the limits of each virus, where they are not the same."""
    if stated.value != EXCLUDED:
        return stated
    found = {letter: _limit(letter, read) for letter in NAMES}
    if found["B"] == found["C"] or Limit.EXCEPTIONS in stated.limit:
        return stated
    named = [f"{NAMES[letter]}: {one}" for letter, limit in found.items() for one in limit.split("; ") if one]
    return Stated(stated.value, stated.quote, joined(named))


def _limit(letter: str, read: Iterable[CriterionReading]) -> str:
    """ "" where some bar holds for everybody with it."""
    limits = [one.limit for one in read if one.value == EXCLUDED and letter in _viruses(one)]
    if not limits:
        return Limit.NOT_MENTIONED
    return "" if "" in limits else joined([one for limit in limits for one in limit.split("; ")])


def _viruses(one: CriterionReading) -> set[str]:
    """The viruses that a mention names; "viral hepatitis" is both."""
    further = _GOES_ON.match(one.continued[len(one.mention) :])
    return viruses(one.mention + (further[0] if further else "")) & NAMES.keys() or set(NAMES)
