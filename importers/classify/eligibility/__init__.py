"""Key eligibility of a record: allowed, excluded or not stated, each with the sentence that says so.

Never guessed: no sentence, no value. Excluding only active disease is excluding; excluding only for a time
after a treatment is allowing it (labelling guide, "Eligibility facets").
"""

import re
from collections.abc import Iterable, Sequence

from importers.classify.eligibility.criteria import IN, OUT, Criterion, criteria
from importers.classify.eligibility.facets import (
    ECOG,
    ECOG_BEFORE,
    ECOG_VALUE,
    FACETS,
    LINES,
    NEGATED,
    NOT_PERMITTED,
    NUMBERS,
    ONLY_SOME,
    OTHER_THAN,
    PERMITTED,
    TUMOUR_OF_BRAIN,
    WASHOUT,
    Facet,
)
from importers.records import Stated, TrialRecord

__all__ = ["Stated", "key_eligibility"]

ALLOWED, EXCLUDED, NOT_STATED = "allowed", "excluded", "not_stated"


def key_eligibility(record: TrialRecord) -> dict[str, Stated]:
    """Every facet by name; those of `FACETS`, then `min_prior_lines` and `ecog_max`."""
    found = criteria(record)
    text = "\n".join(one.text for one in found)
    told = {facet.name: _facet(facet, found) if facet.words.search(text) else _nothing() for facet in FACETS}
    return told | {"min_prior_lines": _lines(found), "ecog_max": _ecog(found)}


def _nothing() -> Stated:
    return Stated(NOT_STATED)


def _facet(facet: Facet, found: Sequence[Criterion]) -> Stated:
    """The first criterion that says something; where people may join in spite of it, that one."""
    told = [Stated(value, one.text) for one in found if (value := _direction(facet, one))]
    home = [one for one in found if facet.name == "cns_disease" and _is_home(one)]
    if home:
        return Stated(ALLOWED, home[0].text)
    for value in (ALLOWED, EXCLUDED) if facet.name == "prior_allo_sct" else (EXCLUDED, ALLOWED):
        for stated in told:
            if stated.value == value:
                return stated
    return _nothing()


def _is_home(one: Criterion) -> bool:
    return one.side != OUT and bool(TUMOUR_OF_BRAIN.search(one.text))


def _direction(facet: Facet, one: Criterion) -> str:
    mention = facet.mention.search(one.text)
    if not mention or facet.skip.search(one.text):
        return ""
    before = one.text[max(0, mention.start() - 45) : mention.start()]
    if NOT_PERMITTED.search(one.text):
        return EXCLUDED
    if one.side == OUT:
        return _of_exclusion(facet, one.text[mention.start() :], before)
    if PERMITTED.search(one.text):
        return ALLOWED
    if NEGATED.search(before + one.text[mention.start() : mention.end() + (0 if facet.bare else 60)]):
        return EXCLUDED
    return ALLOWED if facet.bare and one.side == IN else ""


def _of_exclusion(facet: Facet, rest: str, before: str) -> str:
    """What excludes only for a time, or all but this, lets people in."""
    spared = facet.bare and OTHER_THAN.search(before)
    later = facet.washout and (WASHOUT.search(rest) or PERMITTED.search(rest))
    return ALLOWED if spared or later else EXCLUDED


def _lines(found: Iterable[Criterion]) -> Stated:
    """The fewest earlier lines of treatment a trial asks for."""
    for one in found:
        if one.side == OUT or ONLY_SOME.search(one.text):
            continue
        for pattern in LINES:
            if match := pattern.search(one.text):
                number = match["n"].lower()
                return Stated(str(NUMBERS.get(number) or int(number)), one.text)
    return Stated("")


def _ecog(found: Iterable[Criterion]) -> Stated:
    """The worst ECOG performance status that may join."""
    for one in found:
        if not ECOG.search(one.text):
            continue
        if match := ECOG_BEFORE.search(one.text):
            return Stated(match["top"], one.text)
        if match := ECOG_VALUE.search(one.text):
            value = _highest(match, one.side)
            if value is not None:
                return Stated(str(value), one.text)
    return Stated("")


def _highest(match: re.Match[str], side: str) -> int | None:
    if match["out"]:
        above = ">" in match[0] and "=" not in match[0] and "≥" not in match[0]
        return int(match["out"]) - (0 if above else 1) if side == OUT else None
    if side == OUT:
        return None
    if match["below"]:
        return int(match["below"]) - 1
    stated = match["top"] or match["max"] or match["better"] or match["only"]
    return int(stated)
