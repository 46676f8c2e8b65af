"""What keeps a criterion from being absolute: "active only", "within 3 months", "with exceptions".

Limits are members of `trials.choices.Limit`, joined by "; ". A time carries its length: "within 3 months".
A permission with a demand ("eligible if stable") is limited by what it demands the opposite of.
"""

import re
from dataclasses import dataclass

from importers.classify.eligibility.wording import (
    NOTHING,
    TIME,
    TURN,
    WASHOUT,
    compiled,
    either,
    pattern,
)
from importers.classify.patterns import Pattern
from trials.choices import Limit

_VIRUS = (
    r"(?:hepatitis|hep|viral|virus\w*|viruses|infections?|HBV|HCV|HIV|AIDS|human|immuno\w+|type|[ABC]|1|2)"
)
_STATE = (
    r"(?:active|acute|severe|serious|symptomatic|progressive|clinically|significant|suspected"
    r"|(?:un|not\s)\w*(?:controlled|treated|stable))"
)
_SAME_LIST = compiled(
    rf"(?:\W|\b{_VIRUS}\b|\b(?:and|or|with|the|a|an|any|either|of|known|non|for|known|{_STATE})\b)*$"
)
"""Between an adjective and a mention: more of the same list ("active HIV, HCV or HBV")."""
_INTRODUCED = compiled(r"\b(?:such\s+as|e\.?g|includ\w+|like|with|by)\b|[:：(]")
_PAST = either("history|prior|previous|past|chronic|latent|inactive|occult|resolved|any|carrier*|suspected")
_VIRUSES = [
    (name, compiled(written))
    for name, written in (
        ("B", r"\bHBV|\bHBs|\bHBc|\bhep\w*[\s,-]*(?:(?:virus|type|A|and|or|,|/)[\s,/-]*){0,3}\(?B\b"),
        (
            "C",
            r"\bHCV|\bhep\w*[\s,-]*(?:(?:virus|viruses|type|A|B|and|or|/|,|&|\(HBV\))[\s,/&-]*){0,5}\(?C\b",
        ),
        ("HIV", r"\bHIV|\bAIDS\b|\bimmun\w*[\s-]?deficien\w*"),
        ("other", r"\bEBV|\bCMV|\bHTLV|cytomegalo|Epstein|syphilis|trepone|tubercul|\bTB\b"),
    )
]
_ANY_VIRUS = compiled("|".join(written.pattern for _name, written in _VIRUSES))
_NOT_ONLY = compiled(
    rf"\b(?:active|acute|symptomatic|current|untreated|uncontrolled)\b[\s,/]*(?:\W*(?:or|and)\W*|/)+(?:\w+\s+){{0,2}}?{_PAST}"
    rf"|{_PAST}(?:\s+of)?[\s,/]*(?:or|and|/)[\s,/]*(?:or\s+)?(?:\w+\s+)?(?:active|acute|symptomatic|current)"
    r"|\bactive\b[^.;]{0,60}?\b(?:or|and)\s+(?:an?\s+|any\s+)?(?:\w+\s+)?history\s+of"
    r"|\bor\s+without\b|\basymptomatic\b[^.;]{0,20}\bor\s+symptomatic|\bactive\s+or\s+not\b|\bregardless\b"
)
"""Both forms are barred: being active is no limit then."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of limit, as it is worded before and after what it limits, and as a permission."""

    limit: Limit
    before: Pattern
    after: Pattern
    permission: Pattern = NOTHING


_IS = r"\b(?:is|are|was|were|be|remains?|that|which)\s+(?:\w+\s+){0,2}?"
_STATES = (
    _Kind(
        Limit.ACTIVE,
        pattern("active|actively|acute|progressive|progressing|ongoing|florid"),
        compiled(
            rf"{_IS}(?:active\b|progress\w+)|\bin\s+(?:an\s+)?active\b|\bactive\s+(?:phase|at)\b|\bprogressive\s+on\b"
        ),
        pattern("inactive|in remission|remission of|resolved|no active|without active|cleared|not active"),
    ),
    _Kind(
        Limit.SYMPTOMATIC,
        compiled(r"\b(?:symptomatic|symptoms\s+of|(?:clinical\s+)?signs\s+of)\b"),
        compiled(
            r"\b(?:with|causing|have|has|had|having|presenting|manifest\w+)\s+(?!no\b)(?:\w+\s+){0,3}?symptom"
            rf"|{_IS}symptomatic"
            r"|\bneurolog\w+\s+(?:symptom|change|deficit|sign|impair|manifest)\w*"
        ),
        pattern("asymptomatic|no symptom*|without symptom*|without neurolog*|no neurolog*|free of symptom*"),
    ),
    _Kind(
        Limit.UNTREATED,
        pattern("untreated|not treated|not previously treated|not adequately treated"),
        compiled(
            rf"{_IS}untreated|\bunless\b[^.;]{{0,40}}treated|\bnot\s+(?:been\s+)?(?:\w+\s+)?treated"
            r"|\bwithout\s+(?:prior\s+)?treatment|\bhave\s+not\s+received"
        ),
        pattern(
            """previously treated|adequately treated|been treated|treated and|definitively treated
            |after treatment|following treatment|antiviral therapy|antiretroviral|HAART"""
        ),
    ),
    _Kind(
        Limit.UNCONTROLLED,
        pattern("uncontrol*|unstable|poorly controlled|not controlled|not well controlled|inadequately"),
        compiled(
            rf"{_IS}(?:uncontrolled|unstable|poorly\s+controlled)(?=\W*(?:$|[.;,)]|by\b|with\b|on\b))"
            r"|\bnot\s+(?:\w+\s+)?(?:controlled|stable)|\bnot\s+under\s+control|\bcannot\s+be\s+controlled"
            r"|\bunless\b[^.;]{0,40}(?:controlled|stable)"
        ),
        pattern("controlled|stable|under control|responsive|responding"),
    ),
    _Kind(
        Limit.SEVERE,
        pattern("severe|serious|clinically significant|significant|clinically relevant|bulky|extensive"),
        pattern("life threatening"),
    ),
    _Kind(
        Limit.NEEDS_TREATMENT,
        NOTHING,
        compiled(
            r"\b(?:requir\w+|need\w*|receiving|treated\s+with)\s+(?:\w+[\s,/-]+){0,4}?"
            r"(?:treatment|therap\w+|immunosuppress\w*|steroid\w*|corticosteroid\w*|medication\w*|drugs?|agents?)"
        ),
    ),
)
_LASTING = tuple(kind for kind in _STATES if kind.limit in (Limit.SEVERE, Limit.NEEDS_TREATMENT))
"""What still limits a bar on disease "active or in the past"."""
_DETECTABLE = compiled(
    r"\bdetectable\b|\b(?:DNA|RNA|NAT|viral\s+loads?|copies|copy\s+number|viraemi\w+|viremi\w+)\b"
)
_UNDETECTABLE = compiled(
    r"\bundetectable|\bnot\s+detect\w*|\b(?:DNA|RNA|PCR|viral\s+load)\b[^.;]{0,30}\bnegative|\bnegative\b[^.;]{0,20}(?:DNA|RNA|PCR)"
)
_FORMS = compiled(
    r"\bCNS[\s-]?3\w?|\bCNS\s+(?:status\s*)?[23]\b|\bparenchymal|\bleptomening\w*|\bmeningeal|\bprimary\s+(?:CNS|central)"
    r"|\bisolated\s+(?:CNS|central)|\bparaneoplastic"
)
_EXCEPTIONS = pattern(
    """except*|with the exception of|excluding|other than|apart from|unless|not including
    |are eligible|are allowed|is allowed|are permitted|may enrol*|can be included|may be included"""
)
_CONDITION = pattern(
    """if|provided|as long as|only|when|must|should|need to|have to|at least|unless|in case|where
    |at the discretion"""
)
_RECENTLY = compiled(rf"\b(?:within|in|during)\s+(?:the\s+)?(?:last\s+|past\s+|previous\s+)?{TIME}")
_UNITS = {"day": "days", "week": "weeks", "month": "months", "year": "years"}
_LENGTH = compiled(
    r"(?P<n>(?<![\d.])\d+(?!\.?\d)|one|two|three|four|five|six|eight|nine|ten|twelve|half)\W{0,6}(?:\w+\W+)??(?P<unit>day|week|month|year)"
)
_DAY = compiled(r"\bday\s*\+?\s*(?P<n>\d+)")
_NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve"
_WORDS = {word: str(number) for number, word in enumerate(_NUMBERS.split())}
_NEAR = 130
"""Characters after a mention that still speak of it."""


def joined(limits: list[str]) -> str:
    """Several limits as one text, each once."""
    return "; ".join(dict.fromkeys(limits))


def of_bar(before: str, mention: str, after: str) -> str:
    """The limits of a bar on a disease; "" where it bars everybody who has it."""
    before, after = TURN.split(before)[-1], TURN.split(after[:_NEAR])[0] + _unless(after)
    kinds = _LASTING if _NOT_ONLY.search(before + mention + after) else _STATES
    found: list[str] = [
        kind.limit for kind in kinds if _applies(kind.before, before, mention) or kind.after.search(after)
    ]
    return joined(found) or _weaker(before, mention, after)


def _weaker(before: str, mention: str, after: str) -> str:
    """What limits a bar where no state of the disease is named."""
    own = after[: illness.start()] if (illness := _other_illness(mention, after)) else after
    if viruses(mention) and (_DETECTABLE.search(own) or _applies(_DETECTABLE, before, mention)):
        return Limit.DETECTABLE
    if recent := _RECENTLY.search(own):
        return _length(recent[0])
    if _EXCEPTIONS.search(after):
        return Limit.EXCEPTIONS
    return Limit.FORMS if _FORMS.search(mention) else ""


def viruses(text: str) -> set[str]:
    """Which of hepatitis B ("B"), hepatitis C ("C"), HIV ("HIV") and other infections ("other") it names."""
    return {name for name, written in _VIRUSES if written.search(text)}


def _other_illness(mention: str, after: str) -> re.Match[str] | None:
    """Where the text goes on to another infection, unless both stand in one list."""
    own = viruses(mention)
    for match in _ANY_VIRUS.finditer(after):
        if not viruses(match[0]) <= own and not _SAME_LIST.match(after[: match.start()]):
            return match
    return None


def of_permission(text: str) -> str:
    """The limits of a sentence that lets people in: what it asks of them the others do not have."""
    found: list[str] = [kind.limit for kind in _STATES if kind.permission.search(text)]
    if _UNDETECTABLE.search(text):
        found.append(Limit.DETECTABLE)
    if not found and (length := length_of(text)):
        found.append(length)
    return joined(found) or (Limit.CONDITION if _CONDITION.search(text) else "")


def of_time(text: str) -> str:
    """The time that must have passed after a treatment; failing that, that there is some condition."""
    return length_of(text) or Limit.CONDITION


def length_of(text: str) -> str:
    """ "within 3 months", from the first time that has to pass; "" where none is stated."""
    found = WASHOUT.search(text)
    return _length(text[found.start() : found.end() + 12]) if found else ""


def _length(text: str) -> str:
    match = _LENGTH.search(text)
    if match:
        number = _WORDS.get(match["n"].lower(), match["n"])
        number, unit = ("6", "month") if number.lower() == "half" else (number, match["unit"].lower())
        return f"{Limit.WITHIN} {number} {_UNITS[unit]}"
    day = _DAY.search(text)
    return f"{Limit.WITHIN} {day['n']} days" if day else ""


def _applies(words: Pattern, before: str, mention: str) -> bool:
    """Whether one of the words is of this mention, and not of an earlier one of the same list."""
    if words.search(mention):
        return True
    for match in words.finditer(before):
        between = before[match.end() :]
        if not re.search(r"[,，、]|\bor\b|\band\b", between) or _SAME_LIST.match(between):
            return True
        if _INTRODUCED.search(between):
            return True
    return False


def _unless(after: str) -> str:
    """`TURN` ends a clause at "unless", which is a limit of the same clause."""
    found = re.search(r"\b(?:unless|however|but)\b[^;]{0,120}", after[:_NEAR], re.IGNORECASE)
    return " " + found[0] if found else ""
