"""How many lines of treatment people must have had."""

import re
from collections.abc import Sequence

from importers.classify.eligibility.criteria import OUT, Criterion
from importers.classify.eligibility.wording import compiled, either, pattern

NUMBERS = {
    "a": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "first": 1,
    "1st": 1,
    "front": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
}
_N = r"(?P<n>\d(?!\d)|one|two|three|four|five)"
_AGAIN = r"\s*(?:\(\s*\W?\s*\w+\s*\)\s*)?"
"""The number a second time, in brackets: "two (2)"."""
_ORDINAL = r"(?P<n>first|second|third|1st|2nd|3rd|front)"
_OR_MORE = r"(?:or\s+more|or\s+greater|\+|and\s+above)"
_AT_LEAST = (
    r"(?:≥|>=|"
    + either(
        """at least|minimum of|minimum|no less than|no fewer than|not less than|not fewer than
        |greater than or equal to"""
    )
    + ")"
)
_NO_COUNT = either(
    "half*|hour*|week*|day*|month*|year*|dose|doses|cycle*|course*|block*|lesion*|site*|of the following"
)
_KIND = r"(?:prior|previous|systemic|standard|different|anti\S+|chemo\S*|targeted)"
_LINES = (
    rf"(?:(?!{_NO_COUNT})[\w/-]+,?\s+){{0,6}}?"
    rf"(?:lines?|regimens?|{_KIND}\s+(?:[\w-]+\s+){{0,3}}?(?:therap(?:y|ies)|treatments?))\b"
)
_HAD = either(
    """fail*|after|following|received|receiving|progress*|refractory|relaps*|recurr*|completed|exhausted
    |intoleran*|treated with|despite|undergone|had|post"""
)
_FEW = r"(?:\w+\s+){0,2}?"

PATTERNS = tuple(
    map(
        compiled,
        (
            rf"{_AT_LEAST}\s*{_N}{_AGAIN}(?:{_OR_MORE}\s+)?{_LINES}",
            rf"\b{_N}{_AGAIN}{_OR_MORE}\s+(?:than\s+)?{_LINES}",
            rf"(?P<over>more\s+than|>)\s*{_N}{_AGAIN}{_LINES}",
            rf"\b{_N}\s*(?:to|-|–|~)\s*(?:\d|three|four|five)\s+{_LINES}",
            rf"{_HAD}\s+(?:(?!to\s)\w+\s+){{0,3}}?{_N}{_AGAIN}{_FEW}(?:lines?|regimens?|therapies|treatments)\b",
            rf"{_HAD}\s[^.;]{{0,60}}?\b(?:first|1st)[\s-]*(?:line)?\s+and\s+{_ORDINAL}[\s-]?line\b",
            rf"{_HAD}\s[^.;]{{0,60}}?\b{_ORDINAL}[\s-]?(?:or\s+\w+[\s-]+)?line\b(?!\s+(?:radi|surg))",
            rf"\b{_ORDINAL}[\s-]?(?:line)?\s+{_FEW}(?:therapy|treatment|chemotherapy)\s+(?:\w+\s+)?(?:fail|ineffective)",
            rf"{_HAD}\s[^.;]{{0,40}}?{_AT_LEAST}\s*{_N}{_AGAIN}{_FEW}(?:therapies|treatments)\b",
            rf"{_HAD}\s[^.;]{{0,40}}?\b{_N}{_AGAIN}{_OR_MORE}\s+{_FEW}(?:therapies|treatments)\b",
            rf"\b(?:prior|previous|earlier)\s+{_FEW}(?:lines?|regimens?|therapies|treatments)\b(?:\s+of\s+\w+)?\W{{0,3}}{_AT_LEAST}\s*{_N}",
            rf"\b(?:prior|previous|earlier)\s+{_FEW}(?:lines?|regimens?|therapies|treatments)\b\W{{0,3}}{_N}\s+{_OR_MORE}",
            rf"\blines?\s+of\s+(?:\w+\s+){{0,2}}?(?:therapy|treatment)\W{{0,3}}{_AT_LEAST}\s*{_N}",
            rf"{_HAD}\s+(?P<n>a)\s+standard[\s-]+line",
            rf"\b{_N}\s+(?:prior|previous)\s+{_FEW}(?:lines?|regimens?)\b",
            rf"\b(?:prior|previous|earlier)\s+{_FEW}(?:lines?|regimens?)\b[^.;]{{0,25}}?\b(?:and|but)\s+{_AT_LEAST}\s*{_N}\b(?!\W*(?:week|month|day|year))",
        ),
    )
)
_AT_MOST = compiled(
    r"(?:≤|<=|=<|<|(?<!no\s)(?<!not\s)"
    + either("no more than|not more than|up to|at most|maximum of|fewer than|less than")
    + r")\s*\\?$"
)
_NOT_ASKED = pattern(
    """TKI*|tyrosine|philadelphia|Ph+|no prior|not received|not have received|untreated|treatment naive
    |newly diagnosed|response to at least|partial response|better to at least|may have received
    |may have had|to be treated|logMAR*|visual acuity|letters|alternative|defined as|definition"""
)
"""Lines that are required of some people only, or of none."""
_WORDS = ("line", "regimen", "therap", "treatment")


def fewest_lines(found: Sequence[Criterion]) -> tuple[str, str]:
    """The fewest earlier lines a trial asks for, and the sentence; two empty texts if none says so."""
    for one in found:
        lowered = one.text.lower()
        if one.side == OUT or not any(word in lowered for word in _WORDS) or _NOT_ASKED.search(one.text):
            continue
        for written in PATTERNS:
            match = written.search(one.text)
            if match and not _AT_MOST.search(one.text[: match.start("n")].rstrip()):
                return str(_count(match)), one.text
    return "", ""


def _count(match: re.Match[str]) -> int:
    number = match["n"].lower()
    return (NUMBERS.get(number) or int(number)) + bool(match.groupdict().get("over"))
