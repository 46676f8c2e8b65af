"""Criteria that are numbers: lines of treatment had before, and the ECOG performance status."""

import re
from collections.abc import Sequence

from importers.classify.eligibility.criteria import OUT, Criterion
from importers.classify.eligibility.wording import compiled, pattern

NUMBERS = {
    **{"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "a": 1, "single": 1},
    **{"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3},
    **{"front": 1, "frontline": 1, "front-line": 1, "front line": 1},
}
_N = r"(?P<n>\d(?!\d)|one|two|three|four|five)"
_AGAIN = r"\s*(?:\(\s*\W?\s*\w+\s*\)\s*)?"
_OR_MORE = r"(?:or\s+more|or\s+greater|\+|and\s+above)"
_WHAT = (
    r"(?:(?!\b(?:weeks?|days?|months?|years?|doses?|cycles?|courses?|blocks?|lesions?|sites?|of\s+the\s+following)\b)"
    r"[\w/-]+,?\s+){0,6}?(?:lines?|regimens?|(?:(?:prior|previous|systemic|standard|different|anti\S+|chemo\S*|targeted)\s+)"
    r"(?:[\w-]+\s+){0,3}?(?:therap(?:y|ies)|treatments?))\b"
)
_FAILED = (
    r"(?:fail\w*|after|following|received|receiving|progress\w*|refractory|relaps\w*|recurr\w*|completed|exhausted"
    r"|intoleran\w*|treated\s+with|despite|undergone)"
)
LINES = tuple(
    compiled(written)
    for written in (
        rf"(?:at\s+least|≥|>=|minimum\s+of|no\s+(?:less|fewer)\s+than|not\s+less\s+than|more\s+than\s+or\s+equal\s+to)\s*{_N}"
        rf"{_AGAIN}(?:{_OR_MORE}\s+)?{_WHAT}",
        rf"\b{_N}{_AGAIN}{_OR_MORE}\s+(?:than\s+)?{_WHAT}",
        rf"(?P<over>more\s+than|>)\s*{_N}{_AGAIN}{_WHAT}",
        rf"\b{_N}\s*(?:to|-|–|~)\s*(?:\d|three|four|five)\s+{_WHAT}",
        rf"{_FAILED}\s+(?:(?!to\s)\w+\s+){{0,3}}?{_N}{_AGAIN}(?:prior\s+|previous\s+|different\s+)?(?:\w+\s+){{0,2}}?(?:lines?|regimens?|therapies|treatments)\b",
        rf"{_FAILED}\s[^.;]{{0,60}}?\b(?P<n>first|second|third|1st|2nd|3rd|front)[\s-]?(?:or\s+\w+[\s-]+)?line\b(?!\s+(?:radi|surg))",
        r"(?P<n>first|1st|frontline|front[\s-]line|second|2nd)[\s-]?(?:line)?\s+(?:standard\s+)?(?:\w+\s+){0,2}?(?:therapy|treatment|chemotherapy)\s+"
        r"(?:has\s+|have\s+)?(?:fail|was\s+ineffective|ineffective)",
        rf"{_FAILED}\s+(?P<n>a)\s+standard[\s-]+line",
        rf"\b{_N}\s+(?:prior|previous)\s+(?:\w+\s+){{0,2}}?(?:lines?|regimens?)\b",
    )
)
_AT_MOST = compiled(
    r"(?:no\s+more\s+than|not\s+more\s+than|up\s+to|at\s+most|maximum\s+of|≤|<=|=<|<|fewer\s+than|less\s+than)\s*\\?$"
)
_OTHERS = pattern(
    *(
        "TKI*",
        "tyrosine",
        "philadelphia",
        "Ph+",
        "no prior",
        "not received",
        "not have received",
        "untreated",
    ),
    *(
        "treatment naive",
        "previously untreated",
        "newly diagnosed",
        "response to at least",
        "partial response",
    ),
    *(
        "better to at least",
        "may have received",
        "may have had",
        "to be treated",
        "alternative",
        "patients with Ph",
        "defined as",
        "definition",
    ),
)
"""Lines that are asked of some people only, or of none."""


def fewest_lines(found: Sequence[Criterion]) -> tuple[str, str]:
    """The fewest earlier lines of treatment a trial asks for, and the sentence; ("", "") if none says so."""
    for one in found:
        if one.side == OUT or not _speaks_of_lines(one.text) or _OTHERS.search(one.text):
            continue
        for written in LINES:
            match = written.search(one.text)
            if match and not _AT_MOST.search(one.text[: match.start("n")].rstrip()):
                return str(_lines(match)), one.text
    return "", ""


def _lines(match: re.Match[str]) -> int:
    said = match["n"].lower()
    return (NUMBERS.get(said) or int(said)) + bool(match.groupdict().get("over"))


def _speaks_of_lines(text: str) -> bool:
    lowered = text.lower()
    return "line" in lowered or "regimen" in lowered or "therap" in lowered or "treatment" in lowered


_ECOG = r"(?:\bECOG|Eastern\s+Coo?perative|\bWHO[\s/-]+(?:performance|ECOG|PS)|\bZubrod|performance\s+status)"
_IS_ECOG = compiled(r"\bECOG|Eastern\s+Coo?perative|\bWHO\W+(?:\w+\W+)?(?:performance|PS\b|score)|\bZubrod")
_D = r"[0-5](?!\d|\.\d|\s*%)"
_FROM_TO = r"\s*(?:-|–|—|−|~|～|to|or|and|and/or|through|/|,|，|、|&)\s*"
_ECOG_BETWEEN = r"(?:(?!karnofsky|lansky|\bKPS\b)[^;；\n]){0,100}?"
ECOG_VALUE = compiled(
    rf"{_ECOG}{_ECOG_BETWEEN}(?<![\d.])"
    rf"(?:(?:≤|≦|<\s*/?\s*=|=\s*\\?<|<\s*or\s*=(?:\s*to)?|less\s+than\s+or\s+equal\s+to|(?:no|not)\s+(?:more|greater|higher|worse)\s+than"
    rf"|not\s+exceed\w*|up\s+to|at\s+most|maximum(?:\s+of)?)\s*(?:grade\s*)?(?P<max>{_D})"
    rf"|(?:<|＜|less\s+than|below|under|lower\s+than)\s*(?:grade\s*)?(?P<below>{_D})"
    rf"|(?:≥|≧|>\s*/?\s*=|greater\s+than\s+or\s+equal\s+to)\s*(?:grade\s*)?(?P<from>{_D})"
    rf"|(?:>|＞|greater\s+than|more\s+than|higher\s+than|worse\s+than|above|over|exceed\w*)\s*(?:grade\s*)?(?P<over>{_D})"
    rf"|(?P<better>{_D})\s*(?:points?\s*)?(?:or|and)\s+(?:better|less|lower|below)"
    rf"|(?P<worse>{_D})\s*(?:points?\s*)?(?:or|and)\s+(?:worse|more|higher|greater|above)"
    rf"|(?P<low>{_D}){_FROM_TO}(?:{_D}{_FROM_TO}(?:(?:or|and)\s+)?){{0,3}}(?P<top>{_D})"
    rf"|(?P<only>{_D})(?!\s*(?:to|-|–|or|and)\b|\s*(?:-|–|to)))"
)
_ECOG_AFTER = compiled(
    rf"(?<![\d.])(?P<low>{_D}){_FROM_TO}(?P<top>{_D})\b[^.;]{{0,40}}?(?:ECOG|Eastern\s+Coo?perative)"
)
_ECOG_AT_MOST_AFTER = compiled(rf"(?:≤|<\s*=)\s*(?P<max>{_D})\b[^.;]{{0,40}}?(?:ECOG|Eastern\s+Coo?perative)")


ECOG = (ECOG_VALUE, _ECOG_AFTER, _ECOG_AT_MOST_AFTER)


def worst_ecog(found: Sequence[Criterion]) -> tuple[str, str]:
    """The worst ECOG performance status that may join, and the sentence; ("", "") if none says so."""
    for one in found:
        if not _IS_ECOG.search(one.text):
            continue
        text = one.text.replace("\\", " ")
        match = next(filter(None, (written.search(text) for written in ECOG)), None)
        worst = _worst(match, one.side) if match else None
        if worst is not None and 0 <= worst <= 4:
            return str(worst), one.text
    return "", ""


def _worst(match: re.Match[str], side: str) -> int | None:
    said = {name: int(value) for name, value in match.groupdict().items() if value is not None}
    if side == OUT:
        lowest_out = {"from": 0, "worse": 0, "low": 0, "over": 1}
        return next((said[name] + more - 1 for name, more in lowest_out.items() if name in said), None)
    if "below" in said:
        return said["below"] - 1
    return next((said[name] for name in ("max", "better", "top", "only") if name in said), None)
