"""Which way a criterion points: whether people with something can join in spite of it, or cannot."""

import re
from collections.abc import Callable, Iterator

from importers.classify.eligibility.criteria import IN, OUT, Criterion
from importers.classify.eligibility.facets import Facet
from importers.classify.eligibility.treatments import OTHER_TREATMENT
from importers.classify.eligibility.wording import (
    CLAUSE_END,
    CONDITION,
    LET_IN,
    NOT_SHUT_OUT,
    SHUT_OUT,
    TURN,
    WASHOUT,
    compiled,
    is_negated,
    pattern,
)

ALLOWED, EXCLUDED, NOT_STATED = "allowed", "excluded", "not_stated"

Accept = Callable[[re.Match[str]], bool]

_SPARED = compiled(r"(?:except\w*|excluding|other\s+than|unless)(?:(?!\bor\b|\band\b)[^.;)）]){0,25}$")
"""What directly before a mention takes it out of the exclusion."""
_DIAGNOSED = pattern("confirmed|diagnos*|proven|documented|histolog*|patholog*|recurrent|biopsy")
_GVHD_FIRST = compiled(
    r"(?:GVHD|graft\W+v\w*\W+host)[^.;]{0,60}?(?:after|following|from|due\s+to|post)\b[^.;]{0,25}$"
)
_BEFORE, _AFTER, _AROUND = 80, 200, 60
_MENTIONS = 4


def direction(facet: Facet, one: Criterion, accept: Accept) -> str:
    """`allowed`, `excluded`, or "" where the criterion says neither."""
    for text, match in _mentions(facet, one):
        if accept(match) and (value := _of_mention(facet, one, text, match)):
            return value
    return ""


def _mentions(facet: Facet, one: Criterion) -> Iterator[tuple[str, re.Match[str]]]:
    """Each mention in a criterion; failing that, each that only the heading above makes complete."""
    found = False
    for number, match in enumerate(facet.mention.finditer(one.text)):
        found = True
        yield one.text, match
        if number >= _MENTIONS:
            break
    if not found and facet.under_heading and one.under:
        opening = one.under.rstrip(":： *_") + " "
        for match in facet.mention.finditer(opening + one.text):
            if match.end() > len(opening) + 1:
                yield opening + one.text, match


def _of_mention(facet: Facet, one: Criterion, text: str, match: re.Match[str]) -> str:
    start, end = match.span()
    before, after = text[max(0, start - _BEFORE) : start], text[end : end + _AFTER]
    nearest = re.split(r"\bor\b|[,;:(]", before[-_AROUND:])[-1]
    if (
        facet.unlike.search(before[-_AROUND:] + match[0] + after[:_AROUND])
        or facet.unlike_before.search(nearest)
        or facet.unlike_after.match(after)
    ):
        return ""
    if facet.treatment:
        return _of_treatment(facet, one, before, match[0], after)
    return _of_state(facet, one, before, match[0], after)


def _of_treatment(facet: Facet, one: Criterion, before: str, said: str, after: str) -> str:
    """Had once, it excludes; excluded only for a time after it, or on a condition, it is allowed."""
    for_a_time, stance = _is_for_a_time(one, before, said, after), _stance(after)
    if one.side == OUT:
        return ALLOWED if for_a_time or stance == ALLOWED or _SPARED.search(before) else EXCLUDED
    clause = _clause_before(before)
    if LET_IN.search(clause) and not SHUT_OUT.search(clause):
        return ALLOWED
    if is_negated(clause + said) or stance == EXCLUDED:
        return ALLOWED if for_a_time else EXCLUDED
    lets_in = one.side == IN and facet.let_in.search(before[-50:] + said + after[:30])
    return ALLOWED if stance == ALLOWED or lets_in else ""


def _of_state(facet: Facet, one: Criterion, before: str, said: str, after: str) -> str:
    """A disease or pregnancy: excluding only while it is active is excluding."""
    stance = "" if facet.never_lets_in and not NOT_SHUT_OUT.search(after) else _stance(after)
    before = TURN.split(before)[-1]
    if one.side == OUT:
        if LET_IN.search(before) and not SHUT_OUT.search(before):
            return ""
        return ALLOWED if stance == ALLOWED and not CLAUSE_END.search(_until_stance(after)) else EXCLUDED
    if is_negated(before + said) or stance == EXCLUDED:
        return EXCLUDED
    if stance == ALLOWED:
        return ALLOWED
    if facet.let_in.search(before[-20:] + said + after[:20]) and (
        one.side == IN or _DIAGNOSED.search(one.text)
    ):
        return ALLOWED
    return EXCLUDED if is_negated(TURN.split(after)[0][:_AROUND]) else ""


def _stance(after: str) -> str:
    """What the sentence goes on to say of those people."""
    if NOT_SHUT_OUT.search(after):
        return ALLOWED
    if SHUT_OUT.search(after):
        return EXCLUDED
    return ALLOWED if LET_IN.search(after) else ""


def _until_stance(after: str) -> str:
    found = NOT_SHUT_OUT.search(after) or LET_IN.search(after)
    return after[: found.start()] if found else after


def _is_for_a_time(one: Criterion, before: str, said: str, after: str) -> bool:
    """Whether only a time, or only a condition, stands between people and the trial."""
    other = OTHER_TREATMENT.search(after)
    own = after[: other.start()] if other else after
    return bool(
        WASHOUT.search(said + own)
        or CONDITION.search(said + own)
        or WASHOUT.search(_clause_before(before))
        or WASHOUT.match(one.text)
        or _GVHD_FIRST.search(before)
        or WASHOUT.search(one.under)
    )


def _clause_before(before: str) -> str:
    ends = [match.end() for match in CLAUSE_END.finditer(before)]
    return before[ends[-1] :] if ends else before
