"""Eligibility text as single criteria, each with the side it stands on and the heading it stands under."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from importers.classify.eligibility.wording import EXCEPTIONS, NOT_SHUT_OUT, SHUT_OUT, is_negated
from importers.classify.patterns import Pattern
from trials.record import TrialRecord

IN, OUT, UNKNOWN, OTHERS = "in", "out", "", "others"
"""`OTHERS`: criteria for donors or healthy people, which say nothing of patients."""

_HEADING = Pattern(
    r"^\W*(?:[\w/-]+\W+){0,4}?(?P<kind>exclusion|non[\s-]?inclusion|inclusion)\s*(?:criteri\w*)?\b(?P<rest>.*)",
    re.I,
)
_HEADING_END = Pattern(r"[^.:：]{0,60}(?:[:：.]+[\s*_-]*)?$")
_HEADING_INLINE = Pattern(r"[^.:：;,]{0,40}[:：]\s*")
_MID_LINE = Pattern(r"(?<=[.;。])[ \t]+(?=(?:key\s)?(?:exclusion|inclusion)(?:\scriteria)?\s?[:：])", re.I)
"""Where a heading follows in the same line: "... HIV negative. Exclusion criteria: ..."."""
_OTHER_HEADING = Pattern(r"\W*(?:eligibility|entry|study|selection)\s+criteria\W*[:：]\W*", re.I)
_STEP = (
    r"(?:enrol\w*|entry|treatment|infusion|registration|participation|leukapheresis|apheresis"
    r"|lymphodepletion|procurement)"
)
_STEP_HEADING = Pattern(
    r"\W*(?:\w+\W+){0,2}?criteria"
    r"\W+(?:for|to|at|before|prior\s+to|of)"
    rf"(?:\W+\w+){{0,3}}?\W+{_STEP}(?:\W+\w+){{0,4}}\W*"
    rf"|\W*{_STEP}\W+(?:eligibility\s+)?criteria\W*",
    re.I,
)
"""Who can join a later step ("Eligibility criteria for infusion"): opens inclusion, also after exclusion.

One that stands there more than once parts inclusion and exclusion alike into steps, and opens nothing.
"""
_TAKES_PART = r"(?:take\s+part|join|participate|enrol|be\s+(?:included|enrolled))"
_WHO = r"\W*(?:(?:people|patients|participants|subjects|those|you)\s+)?(?:who\s+)?"
_PLAIN_HEADING = Pattern(
    rf"{_WHO}(?:are\s+|is\s+)?"
    rf"(?:(?P<out>(?:cannot|can\s+not|may\s+not|should\s+not)\s+{_TAKES_PART}|not\s+eligible|ineligible)"
    rf"|(?:can|may)\s+{_TAKES_PART})(?:\s+in\s+(?:the|this)\s+(?:study|trial))?\s*[:：?]\s*",
    re.I,
)
"""Headings in plain words: "Who can take part:", "Not eligible:"."""
_PLAIN_WORDS = Pattern("take part|join|participate|eligible|enrol|be included")
_RUNS_ON = Pattern(
    r"\b(?:if|when|who|any\s+of|following)(?:\s+(?:they|he|she|or|the|any|of|following|have|has|had|are|is|a|been))*\W*$",
    re.I,
)
"""How a line ends whose list begins below without a colon."""
_OF_OTHERS = Pattern(r"\b(?:donors?|caregivers?|carers?|healthy\s+(?:volunteers|controls)|staff)\b", re.I)
_NOT_OPEN = Pattern(r"exclu|\bnot\b|ineligib|\bstop|withdraw|discontinu|delay|postpon", re.I)
_ABOUT_BOTH = Pattern(r"inclusion\W{1,5}(?:and\W|or\W)?\s*exclusion", re.I)
_BULLET = Pattern(
    r"(?:[\s*•·●○▪◦#_\\–-]|>(?!\s*[=\d]))+|\s*[(（]?(?:[0-9]{1,2}|[A-Za-z]|[ivx]{1,4})(?:\\?\.[0-9]+)*\\?[.)）、]\s*"
)
_PARTS = Pattern(
    r"(?<=[;；。])\s*"
    r"|(?<=[\w)\]][\w)\]]\.)(?<!e\.g\.)(?<!i\.e\.)(?<!etc\.)(?<!\bvs\.)(?<!incl\.)\s+(?=[A-Z])"
    r"|\s(?=\s*(?:[1-9]\d?|[a-h]|[ivx]{1,4})[.)）]\s*[A-Z][a-z])"
    r"(?<![/≤≥<>=~–&-]\s)(?<!\bto\s)(?<!\bor\s)(?<!\band\s)(?<!\bof\s)\s*"
)
_MAY_PART = re.compile(r"[;；。.)）](?:(?<=[;；。])|\s*[A-Z])")
"""What every place where `_PARTS` parts a line has; most lines are one sentence."""
_LONGEST_TEXT, _LONGEST = 60_000, 1500
"""Characters of a text and of a sentence that are read: hostile text must not cost time."""
_LONGEST_HEADING, _LONGEST_STEP = 300, 90


@dataclass(frozen=True, slots=True)
class Criterion:
    """One sentence of the criteria, as written. `side`: who can join (`IN`), who cannot (`OUT`).

    `under`: the line that opens a list of which this is a point ("Prior treatment with any of:").
    """

    text: str
    side: str
    under: str = ""


@dataclass(frozen=True, slots=True)
class _Opened:
    """A line that ends in a colon, and how far in it stands; what is further in, belongs to it."""

    indent: int
    bulleted: bool
    text: str
    side: str

    def governs(self, indent: int, bulleted: bool) -> bool:
        return indent > self.indent or (bulleted and not self.bulleted and indent == self.indent)


def criteria(record: TrialRecord) -> list[Criterion]:
    """Every criterion in the record's order; of text that is not split, by the headings in it."""
    if record.inclusion or record.exclusion:
        both = f"{record.inclusion}\n{record.exclusion}"
        return [*_read(record.inclusion, IN, both), *_read(record.exclusion, OUT, both)]
    text = _MID_LINE.sub("\n", record.eligibility)
    return list(_read(text, UNKNOWN, text))


def _read(text: str, side: str, whole: str) -> Iterator[Criterion]:
    opened: list[_Opened] = []
    for line in text[:_LONGEST_TEXT].split("\n"):
        kind, line = _heading(line, side, whole)
        if kind is not None:
            side, opened = kind, []
        bullet = _BULLET.match(line)
        plain = line[bullet.end() if bullet else 0 :].strip()
        if not plain:
            continue
        indent = len(line) - len(line.lstrip())
        bulleted = bool(bullet and bullet[0].strip())
        while opened and not opened[-1].governs(indent, bulleted):
            opened.pop()
        here = opened[-1].side if opened else side
        under = opened[-1].text if opened else ""
        if under and EXCEPTIONS.search(under):
            continue  # "with the exception of:" - what follows is let in, and says nothing of the rest
        if here != OTHERS:
            yield from _sentences(plain, here, under)
        if len(plain) <= _LONGEST_HEADING and _opens_a_list(plain):
            opened.append(_Opened(indent, bulleted, plain, _side_below(plain, here)))


def _sentences(line: str, side: str, under: str) -> Iterator[Criterion]:
    for part in _PARTS.split(line) if _MAY_PART.search(line) else (line,):
        if text := _shortened(part).strip():
            yield Criterion(text, side, under)


def _shortened(sentence: str) -> str:
    """The start of a sentence that is too long to read, up to the end of a word: it may be quoted."""
    if len(sentence) <= _LONGEST:
        return sentence
    start, space, _word = sentence[:_LONGEST].rpartition(" ")
    return start if space else sentence[:_LONGEST]


def _opens_a_list(line: str) -> bool:
    """Whether what stands further in below belongs to the line."""
    return line.rstrip("*_ ").endswith((":", "：")) or bool(_RUNS_ON.search(line) and SHUT_OUT.search(line))


def _side_below(opening: str, side: str) -> str:
    """People with what is listed below "must not have any of:" cannot join, wherever that stands."""
    if re.search(r"\binclusion\s+criteri", opening, re.IGNORECASE) and not _ABOUT_BOTH.search(opening):
        return IN
    if NOT_SHUT_OUT.search(opening):
        return IN
    return OUT if SHUT_OUT.search(opening) or is_negated(opening) else side


def _opens_a_step(line: str, whole: str) -> bool:
    if len(line) > _LONGEST_STEP or not _STEP_HEADING.fullmatch(line) or _NOT_OPEN.search(line):
        return False
    return whole.lower().count(line.strip().lower()) == 1


def _heading(line: str, side: str, whole: str) -> tuple[str | None, str]:
    """The side that a line opens, if it does, and what else it says."""
    start = line[:80].lower()
    plain = _PLAIN_HEADING.match(line[:_LONGEST_HEADING]) if _PLAIN_WORDS.search(start) else None
    if plain:
        return OUT if plain["out"] else IN, line[plain.end() :]
    match = _HEADING.match(line[:_LONGEST_HEADING]) if "clusion" in start else None
    if not match and "criteri" in start and _opens_a_step(line, whole):
        return IN, ""
    if side in (IN, OUT) and _OTHER_HEADING.fullmatch(line[:_LONGEST_HEADING]):
        return UNKNOWN, ""
    if not match or _ABOUT_BOTH.search(line[:_LONGEST_HEADING]):
        return None, line
    opens = IN if match["kind"].lower() == "inclusion" else OUT
    if _OF_OTHERS.search(line[:80]):
        opens = OTHERS
    if len(line) <= _LONGEST_HEADING and _HEADING_END.fullmatch(match["rest"]):
        return opens, ""
    inline = _HEADING_INLINE.match(match["rest"])
    return (opens, line[match.start("rest") + inline.end() :]) if inline else (None, line)
