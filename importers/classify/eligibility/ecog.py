"""The worst ECOG performance status (0 well, 4 in bed all day) that may join."""

import re
from collections.abc import Sequence

from importers.classify.eligibility.criteria import OUT, Criterion
from importers.classify.eligibility.wording import LET_IN, SHUT_OUT, TURN, compiled, either

_NAMED = (
    r"(?:\bECOG|Eastern\s+Coo?perative|\bWHO[\s/-]+(?:performance|ECOG|PS)|\bZubrod|performance\s+status)"
)
_IS_ECOG = compiled(r"\bECOG|Eastern\s+Coo?perative|\bWHO\W+(?:\w+\W+)?(?:performance|PS\b|score)|\bZubrod")
_WORDS = ("ecog", "eastern", "who", "zubrod")
_WORDED = {"zero": "0", "one": "1", "two": "2", "three": "3"}
_BARS = compiled(rf"{SHUT_OUT.pattern}|\bexcluded\b")
_OF_SOME = compiled(r"\b(?:cohort|arm|part|group)s?\b")
"""Where a worse status is let in by a part of the trial alone."""
_NEAR = 40
"""Characters after a status that still speak of it."""
_IN_WORDS = compiled(r"\b(?:zero|one|two|three)\b")
_D = r"[0-5](?!\d|\.\d|\s*%)"
_TO = r"\s*(?:-|–|—|−|~|～|to|or|and|and/or|through|/|,|，|、|&)\s*"
_BETWEEN = r"(?:(?!karnofsky|lansky|\bKPS\b)[^;；\n]){0,100}?(?<![\d.])"
_AT_MOST = r"(?:≤|≦|<\s*/?\s*=|=\s*<|<\s*or\s*=(?:\s*to)?|" + either(
    """less than or equal to|no more than|not more than|no greater than|not greater than|not higher than
    |no higher than|no worse than|not worse than|not exceed*|up to|at most|maximum|maximum of"""
)
_BELOW = r"(?:<|＜|" + either("less than|below|under|lower than")
_AT_LEAST = r"(?:≥|≧|>\s*/?\s*=|" + either("greater than or equal to|at least")
_ABOVE = r"(?:>|＞|" + either("greater than|more than|higher than|worse than|above|over|exceed*")
_GRADE = r")\s*(?:grade\s*)?"
_POINTS = r"\s*(?:points?\s*)?(?:or|and)\s+"

PATTERNS = tuple(
    map(
        compiled,
        (
            rf"{_NAMED}{_BETWEEN}(?:"
            rf"{_AT_MOST}{_GRADE}(?P<max>{_D})|{_BELOW}{_GRADE}(?P<below>{_D})"
            rf"|{_AT_LEAST}{_GRADE}(?P<from>{_D})|{_ABOVE}{_GRADE}(?P<over>{_D})"
            rf"|(?P<better>{_D}){_POINTS}(?:better|less|lower|below)|(?P<worse>{_D}){_POINTS}(?:worse|more|higher|greater|above)"
            rf"|(?P<low>{_D}){_TO}(?:{_D}{_TO}(?:(?:or|and)\s+)?){{0,3}}(?P<top>{_D})"
            rf"|(?P<only>{_D})(?!\s*(?:to|or|and)\b|\s*(?:-|–)))",
            rf"(?<![\d.])(?P<low>{_D}){_TO}(?P<top>{_D})\b[^.;]{{0,40}}?(?:ECOG|Eastern\s+Coo?perative)",
            rf"(?:≤|<\s*=)\s*(?P<max>{_D})\b[^.;]{{0,40}}?(?:ECOG|Eastern\s+Coo?perative)",
        ),
    )
)


def worst_ecog(found: Sequence[Criterion]) -> tuple[str, str]:
    """The worst status, and the sentence; two empty texts if none says so.

    A later sentence may let in a worse one: "ECOG 2 is acceptable if due to the disease".
    """
    worst, quote = None, ""
    for one in found:
        if worst is not None and one.side == OUT:
            continue
        lowered = one.text.lower()
        if not any(word in lowered for word in _WORDS) or not _IS_ECOG.search(one.text):
            continue
        if worst is not None and (not LET_IN.search(one.text) or _OF_SOME.search(one.text)):
            continue
        status = _status(one)
        if status is not None and (worst is None or status > worst):
            worst, quote = status, one.text
    return ("" if worst is None else str(worst)), quote


def _status(one: Criterion) -> int | None:
    """The worst status that one criterion lets in."""
    text = _IN_WORDS.sub(lambda match: _WORDED[match[0].lower()], one.text.replace("\\", " "))
    match = next(filter(None, (written.search(text) for written in PATTERNS)), None)
    worst = _worst(match, _side(one, text, match)) if match else None
    return worst if worst is not None and 0 <= worst <= 4 else None


def _side(one: Criterion, text: str, match: re.Match[str]) -> str:
    """The side of a status: also among the criteria for joining "ECOG 3 or 4 are not eligible"."""
    return OUT if _BARS.search(TURN.split(text[match.end() : match.end() + _NEAR])[0]) else one.side


def _worst(match: re.Match[str], side: str) -> int | None:
    numbers = {name: int(value) for name, value in match.groupdict().items() if value is not None}
    if side == OUT:
        over = [numbers["over"]] if "over" in numbers else []
        return next(
            iter([*over, *(numbers[name] - 1 for name in ("from", "worse", "low") if name in numbers)]), None
        )
    if "below" in numbers:
        return numbers["below"] - 1
    return next((numbers[name] for name in ("max", "better", "top", "only") if name in numbers), None)
