"""Every verdict that any answer to a field can have on one trial, as a text with a letter a place.

The verdicts are those of `trials.explain.match`, asked once for every answer of the closed list. A page with
scripts and a form that was sent both look up letters; neither decides anything.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from trials.choices import Facet
from trials.explain.answers import Answers
from trials.explain.match import Reason, StatedFacts, Verdict, match
from trials.record import StoredFacet
from trials.views.match.questions import fields

FITS, AGAINST, ASK, SILENT = "f", "d", "a", "-"
"""`SILENT`: the trial says nothing of it and there is nothing to ask."""
FACETS = {"lines": Facet.MIN_PRIOR_LINES, "ecog": Facet.ECOG_MAX}
"""The facet of a field that has another name."""
Key = tuple[Any, ...]


def pattern(name: str, stated: StatedFacts) -> str:
    """The letters of a field: first for no answer, then for each answer in its list."""
    return _pattern(name, _key(name, stated))


def _key(name: str, stated: StatedFacts) -> Key:
    """All that the verdict on a field depends on: many trials state the same."""
    if name == "conditions":
        return (*sorted(stated.conditions),)
    if name == "age":
        return stated.min_age_years, stated.max_age_years
    if name == "sex":
        return (stated.sex,)
    facet = stated.facets.get(FACETS.get(name, name))
    stated_there = (facet["value"], facet["quote"], facet.get("limit", "")) if facet else None
    return stated_there, (*sorted(stated.targets),) if name == Facet.PRIOR_SAME_TARGET else ()


def _stated(name: str, key: Key) -> StatedFacts:
    """The facts of a key, as `match` reads them."""
    if name == "conditions":
        return StatedFacts(conditions=key)
    if name == "age":
        return StatedFacts(min_age_years=key[0], max_age_years=key[1])
    if name == "sex":
        return StatedFacts(sex=key[0])
    facets: Mapping[str, StoredFacet] = {}
    if key[0]:
        value, quote, limit = key[0]
        facets = {FACETS.get(name, name): {"value": value, "quote": quote, "limit": limit}}
    return StatedFacts(facets=facets, targets=key[1])


@lru_cache(maxsize=8192)
def _pattern(name: str, key: Key) -> str:
    stated = _stated(name, key)
    meanings: list[tuple[Any, ...]] = [(None,), *(option.answers for option in fields()[name].options)]
    return "".join(_letter({_one(name, answer, stated) for answer in meant}) for meant in meanings)


def _one(name: str, answer: Any, stated: StatedFacts) -> str:
    answers = Answers(**{name: answer})
    [reason] = match(answers, stated, [name]).reasons
    return _of_reason(reason)


def _of_reason(reason: Reason) -> str:
    if not reason.is_relevant:
        return SILENT
    return {Verdict.FITS: FITS, Verdict.DOES_NOT_FIT: AGAINST, Verdict.ASK: ASK}[reason.verdict]


def _letter(letters: set[str]) -> str:
    """The verdict on an answer that can mean several: where they differ, people ask."""
    return letters.pop() if len(letters) == 1 else ASK
