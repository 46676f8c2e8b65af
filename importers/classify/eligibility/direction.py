"""Which way a criterion points: whether people with something can join in spite of it, or cannot."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from importers.classify.eligibility import limits
from importers.classify.eligibility.criteria import IN, OUT, Criterion
from importers.classify.eligibility.facets import FacetReader
from importers.classify.eligibility.treatments import OTHER_TREATMENT
from importers.classify.eligibility.wording import (
    CLAUSE_END,
    CONDITION,
    DEMAND,
    DENIED_AFTER,
    IF,
    LET_IN,
    NOT_SHUT_OUT,
    PEOPLE_WITH_IT,
    SHUT_OUT,
    SUPPOSED,
    TURN,
    WASHOUT,
    compiled,
    is_negated,
    pattern,
)
from importers.classify.patterns import Pattern
from trials.choices import Limit

ALLOWED, EXCLUDED, NOT_STATED = "allowed", "excluded", "not_stated"

Accept = Callable[[re.Match[str]], bool]

_SPARED = compiled(r"(?:except\w*|excluding|other\s+than|unless)(?:(?!\bor\b|\band\b)[^.;)）]){0,25}$")
"""What directly before a mention takes it out of the exclusion."""
_DIAGNOSED = pattern("confirmed|diagnos*|proven|documented|histolog*|patholog*|recurrent|biopsy")
_EARLIER = pattern("prior|previous*|history|earlier|before|had|undergone|underwent")
"""Without one of these "patients treated with" are those whom the trial treats."""
_BARRED = pattern(
    """be excluded|not be enrol*|not be included|not enrol*|not participate|not join|not be eligible
    |not be treated|not be considered|are excluded|not eligible|ineligible"""
)
_GVHD_FIRST = compiled(
    r"(?:GVHD|graft\W+v\w*\W+host)[^.;]{0,60}?(?:after|following|from|due\s+to|post)\b[^.;]{0,25}$"
)
_GRANTED = compiled(r"\W*(?:but\b|however\b|note\b)?\W*(?:in\s+case|if|when)\b")
"""How a sentence begins that goes on to let people in: "if HBcAb is positive, they can be enrolled"."""
_STATED_TO_BE = pattern("be negative|test negative|not be|be excluded|be absent|be ruled out|have negative")
"""A demand on everybody, not on people who have it."""
_EVER = compiled(r"[^.;,]{0,30}?\b(?:at\s+any\s+time|ever)\b")
_OF_ANOTHER = compiled(
    r"[(;]\s*(?:\w+\s+){0,4}?(?:antibod|check\W?point|immunotherap|steroid|chemo|radi|bispecific|transplant|vaccin)"
)
"""Where a permission is of another treatment: "CAR-T cells (earlier antibodies are allowed)"."""
_OF_THE_LIST = compiled(
    r"(?:[\s,/&]|\b(?:hepatitis|HBV|HCV|HIV|human|immun\w+|virus\w*|infections?|type|[ABC]|1|2|and|or)\b)*"
)
"""More of the same list of viruses: ", hepatitis B or hepatitis C infection" before "is allowed"."""
_ANOTHER_STATE = compiled(
    r"(?:(?:patients|those|people|with|an?|the)\s+)*"
    r"(?:history|treated|past|resolved|cured|previous|prior|inactive|cleared|chronic|latent)\b"
)
"""After a list, where what is let in is another state of the disease: ", treated hepatitis C is allowed"."""
_IS_CANCER = compiled(r"CNS[\s-]?[23]|leuk|lymphom|metast|tumou?r|malignan")
_ANOTHER = compiled(
    r"\bor\s+(?:(?:any|other|a|history|of)\s+)*(?:CNS|central|brain|cereb|seizure|epilep|stroke)"
)
_NONE_OF = compiled(r"\bno\s+(?:\w+\s+){0,3}$")
"""Before what is let in, it makes the permission a bar: "no earlier gene therapy is allowed"."""
_FOR_ANOTHER = compiled(
    r"\b(?:not\s+(?:be\s+)?eligible|ineligible)\s+for\s+"
    r"(?!(?:(?:this|the|our|any)\s+)?(?:study|trial|protocol|enrol|inclusion|participation|cohort|phase))"
)
"""Who is "not eligible for transplant" is not shut out by that."""
_ALSO = compiled(r"\b(?:also|still|even)\s+")
_NOBODY = compiled(
    r"\b(?:nobody|no\s+one|no\s+(?:patients?|subjects?|participants?|people|person))\b[^.;]{0,40}$"
)
"""Before those whom a sentence seems to let in: "nobody with it can be enrolled"."""
_NONE = compiled(r"(?:\s+\w+){0,3}\s*[:：]\s*(?:none|no|nil|not\s+allowed|never)\W*$")
"""A form that is filled in: "Prior CAR-T therapy: none"."""
_IN_BRACKETS = Pattern(r"\([^()]*\)")
_BEFORE, _AFTER, _AROUND, _SENTENCE = 80, 200, 60, 300
_MENTIONS = 4


@dataclass(frozen=True, slots=True)
class CriterionReading:
    """What one mention in a criterion says. `limit` is "" where it holds for everybody.

    `continued` is the mention and what follows it.
    """

    value: str
    limit: str
    mention: str
    continued: str


def readings(facet: FacetReader, one: Criterion, accept: Accept) -> Iterator[CriterionReading]:
    """What each mention says that says something."""
    for number, (text, match) in enumerate(_mentions(facet, one)):
        start, end = match.span()
        if number == 0 and not facet.treatment and one.side == OUT and _lets_in(text[:start], text[end:]):
            return
        if not accept(match):
            continue
        before, after = text[max(0, start - _BEFORE) : start], text[end : end + _AFTER]
        if value := _of_mention(facet, one, before, match[0], after):
            yield CriterionReading(
                value, _limit(facet, one, value, before, match[0], after), match[0], match[0] + after
            )


def _limit(facet: FacetReader, one: Criterion, value: str, before: str, mention: str, after: str) -> str:
    if facet.never_lets_in:
        return ""
    if value == EXCLUDED:
        return "" if facet.treatment else limits.of_bar(before, mention, after)
    if not facet.treatment:
        return limits.of_permission(before + mention + after)
    own = mention + _own(after)
    if _is_for_a_time(one, before, mention, after):
        return limits.of_time(f"{own} | {_clause_before(before)} | {one.text[:_AROUND]} | {one.under}")
    return Limit.CONDITION if _is_supposed(one, before, mention, after) else limits.length_of(own)


def _mentions(facet: FacetReader, one: Criterion) -> Iterator[tuple[str, re.Match[str]]]:
    """Each mention in a criterion; failing that, each that only the heading above makes complete."""
    found = False
    here = facet.mention.finditer(one.text) if facet.needs.search(one.text) else ()
    for number, match in enumerate(here):
        found = True
        yield one.text, match
        if number >= _MENTIONS:
            break
    if not found and facet.under_heading and one.under:
        opening = one.under.rstrip(":： *_") + " "
        for match in facet.mention.finditer(opening + one.text):
            if match.end() > len(opening) + 1:
                yield opening + one.text, match


def _of_mention(facet: FacetReader, one: Criterion, before: str, mention: str, after: str) -> str:
    nearest = re.split(r"\bor\b|[,;:(]", before[-_AROUND:])[-1]
    if (
        facet.unlike.search(before[-_AROUND:] + mention + _until_another(mention, after[:_AROUND]))
        or facet.unlike_before.search(nearest)
        or facet.unlike_after.match(after)
    ):
        return ""
    if facet.treatment and facet.unlike.search(one.under):
        return ""
    if _NOBODY.search(before) and _stance(after) == ALLOWED:
        return EXCLUDED
    if one.side != OUT and _NONE.match(after):
        return EXCLUDED
    if one.under and NOT_SHUT_OUT.search(one.under):
        return ALLOWED
    if facet.treatment:
        return _of_treatment(facet, one, before, mention, after)
    return _of_state(facet, one, before, mention, after)


def _of_treatment(facet: FacetReader, one: Criterion, before: str, mention: str, after: str) -> str:
    """Had once, it excludes; excluded only for a time after it, or on a condition, it is allowed."""
    if _is_supposed(one, before, mention, after):
        return ALLOWED
    for_a_time = _is_for_a_time(one, before, mention, after)
    stance = _stance(_OF_ANOTHER.split(after)[0])
    if stance == ALLOWED and _NONE_OF.search(before):
        return ALLOWED if for_a_time else EXCLUDED
    if one.side == OUT:
        return ALLOWED if for_a_time or stance == ALLOWED or _SPARED.search(before) else EXCLUDED
    clause = _clause_before(before)
    if LET_IN.search(clause) and not SHUT_OUT.search(clause):
        return ALLOWED
    if is_negated(clause + mention) or stance == EXCLUDED:
        return ALLOWED if for_a_time else EXCLUDED
    lets_in = one.side == IN and facet.let_in.search(before[-50:] + mention + after[:30])
    return ALLOWED if stance == ALLOWED or lets_in else ""


def _of_state(facet: FacetReader, one: Criterion, before: str, mention: str, after: str) -> str:
    """A disease or pregnancy: excluding only while it is active is excluding."""
    stance = _stance(after)
    if facet.never_lets_in and stance == ALLOWED and not NOT_SHUT_OUT.search(after):
        stance = ""
    before = TURN.split(before)[-1]
    if facet.demand_lets_in and (one.side != OUT or IF.search(before)) and _has_demand(before, after):
        return ALLOWED
    if one.side == OUT:
        until = _until_stance(after)
        rest = _OF_THE_LIST.sub("", until, count=1)
        is_another = "," in until[: len(until) - len(rest)] and _ANOTHER_STATE.match(rest)
        of_it = not CLAUSE_END.search(rest) and not is_another
        return ALLOWED if stance == ALLOWED and of_it else EXCLUDED
    if is_negated(before + mention) or stance == EXCLUDED:
        return EXCLUDED
    if stance == ALLOWED:
        return ALLOWED
    if facet.let_in.search(before[-20:] + mention + after[:20]) and (
        one.side == IN or _DIAGNOSED.search(one.text)
    ):
        return ALLOWED
    following = TURN.split(after)[0][: _AFTER if facet.never_lets_in else _AROUND]
    return EXCLUDED if DENIED_AFTER.search(following) else ""


def _until_another(mention: str, after: str) -> str:
    """What follows cancer in the brain, up to where another illness of the brain begins."""
    return _ANOTHER.split(after)[0] if _IS_CANCER.search(mention) else after


def _lets_in(before: str, after: str) -> bool:
    """Whether a sentence among the bars is one of those who can join in spite of them."""
    before = TURN.split(_IN_BRACKETS.sub(" ", before[-_SENTENCE:]))[-1]
    if LET_IN.search(before) and not SHUT_OUT.search(before):
        return True
    return bool(_GRANTED.match(before) and _stance(after[:_AFTER]) == ALLOWED)


def _stance(after: str) -> str:
    """What the sentence goes on to say of those people."""
    after = _ALSO.sub("", _FOR_ANOTHER.sub(" ", after))
    if NOT_SHUT_OUT.search(after):
        return ALLOWED
    shut_out, let_in = SHUT_OUT.search(after), LET_IN.search(after)
    if shut_out and not (let_in and let_in.start() < shut_out.start()):
        return EXCLUDED
    return ALLOWED if let_in else ""


def _until_stance(after: str) -> str:
    found = NOT_SHUT_OUT.search(after) or LET_IN.search(after)
    return after[: found.start()] if found else after


def _is_for_a_time(one: Criterion, before: str, mention: str, after: str) -> bool:
    """Whether only a time, or only a condition, stands between people and the trial."""
    own = _own(after)
    if _EVER.match(after):
        return False
    return bool(
        WASHOUT.search(mention + own)
        or CONDITION.search(mention + own)
        or WASHOUT.search(_clause_before(before))
        or WASHOUT.match(one.text)
        or _GVHD_FIRST.search(before)
        or WASHOUT.search(one.under)
    )


def _own(after: str) -> str:
    """What follows, up to where another treatment begins."""
    other = OTHER_TREATMENT.search(after)
    return after[: other.start()] if other else after


def _is_supposed(one: Criterion, before: str, mention: str, after: str) -> bool:
    """Whether people who had it must meet a demand: "if treated before, must ..."."""
    demand = DEMAND.search(after)
    if not demand or TURN.search(after[: demand.start()]):
        return False
    of_people = one.side != OUT and SUPPOSED.search(before + mention) and _EARLIER.search(before + mention)
    if not of_people and not IF.search(before + mention):
        return False
    return not _BARRED.search(after[demand.start() :]) and not is_negated(_clause_before(before))


def _has_demand(before: str, after: str) -> bool:
    """Whether people with a disease must meet a demand: "patients with HIV must be on treatment"."""
    demand = DEMAND.search(after)
    if not demand or TURN.search(after[: demand.start()]) or DEMAND.search(before) or is_negated(before):
        return False
    if not (SUPPOSED.search(before) or IF.search(before) or PEOPLE_WITH_IT.match(after)):
        return False
    return not _BARRED.search(after[demand.start() :]) and not _STATED_TO_BE.match(after[demand.end() :])


def _clause_before(before: str) -> str:
    ends = [match.end() for match in CLAUSE_END.finditer(before)]
    return before[ends[-1] :] if ends else before
