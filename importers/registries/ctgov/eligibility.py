"""Eligibility text split at its headings into inclusion and exclusion criteria.

ClinicalTrials.gov keeps eligibility as one text, with headings as each sponsor writes them. A patient
who reads an exclusion criterion under "who can join" is misled, so a text is split only where every
heading in it is understood; else it stays whole.
"""

import re
from itertools import pairwise
from typing import NamedTuple

INCLUSION, EXCLUSION = "inclusion", "exclusion"

_MARKUP = re.compile(r"^[\s*•·#>_\\-]+|^\(?(?:[0-9]{1,2}|[A-Za-z]|[IVX]+)(?:\.[0-9]+)*[.)]\s+|[*_\\]")
_HEADING = re.compile(
    r"(?P<before>(?:[\w&/,'’.-]+\s+){0,4})"
    r"(?:(?P<kind>(?:non[\s-]?)?inclusion|exclusion)\s+crit\w+|criteria\s+(?:of|for)\s+(?P<of>(?:non[\s-]?)?inclusion|exclusion))"
    r"(?P<after>[^:：]{0,90}?)\s*(?:[:：]+\s*(?P<rest>.*)|[.])?",
    re.IGNORECASE,
)
_SHORT_HEADING = re.compile(r"(?P<kind>inclusion|exclusion)s?\s*:?", re.IGNORECASE)
_SENTENCE = re.compile(
    r"\b(?:appl(?:y|ies|ied)|meets?|meeting|met|fulfil\w*|satisf\w*|is|are|was|were|be|may|must|will|can"
    r"|not|no|see|who|any|these|following|above|defined)\b",
    re.IGNORECASE,
)
_ABOUT_EXCLUSION = re.compile(
    r"\bexclu[ds]|\bineligib|\bnot\s+(?:be\s+)?(?:eligib|enrol|inclu)", re.IGNORECASE
)
_ABOUT_INCLUSION = re.compile(
    r"\binclusion|\b(?:are|be)\s+(?:included|eligible\s+(?:for|to)|enrol)"
    r"|^\W*(?:\w+\s+){0,2}(?:eligibility|enrol\w*)\s+criteria(?:\s+(?:for|to|at|before)\s+[\w\s-]{3,60})?\W*$",
    re.IGNORECASE,
)
_OTHERS_APPLY = re.compile(r"inclusion\s*(?:/|and|or)\s*exclusion\b.*\b(?:appl|available)", re.IGNORECASE)
_LONGEST_HEADING = 120
_LOOKED_AT = 300
"""Characters of a line that are looked at for a heading: hostile lines must not cost time."""


class Heading(NamedTuple):
    """A line that opens a section. A bare one ("Inclusion Criteria:") says nothing else."""

    kind: str
    bare: bool


def split(text: str) -> tuple[str, str]:
    """(inclusion, exclusion), or two empty texts where the split is not certain.

    Together they hold every line of the text but bare headings.
    """
    sections: dict[str, list[str]] = {INCLUSION: [], EXCLUSION: []}
    headings: list[Heading] = []
    for line in text.split("\n"):
        heading = _heading(line)
        if heading:
            headings.append(heading)
        elif line.strip() and (not headings or _is_doubtful(line, headings[-1].kind)):
            return "", ""
        if headings and not (heading and heading.bare):
            sections[headings[-1].kind].append(line)
    if not _can_be_regrouped(headings):
        return "", ""
    inclusion, exclusion = ("\n".join(lines).strip("\r\n").rstrip() for lines in sections.values())
    return (inclusion, exclusion) if inclusion and exclusion else ("", "")


def _heading(line: str) -> Heading | None:
    start = line[:_LOOKED_AT]
    if start.isascii() and "clusion" not in start.replace("*", "").replace("_", "").replace("\\", "").lower():
        return None  # most lines: cheap to tell from headings
    words = _plain(start)
    if short := _SHORT_HEADING.fullmatch(words):
        return Heading(short["kind"].lower(), bare=True)
    match = _HEADING.fullmatch(words)
    if not match or _SENTENCE.search(match["before"] + " " + match["after"]):
        return None
    if re.search("clusion", match["before"] + match["after"], re.IGNORECASE):
        return None  # "Inclusion and exclusion criteria"
    kind = (match["kind"] or match["of"]).lower()
    extra = match["before"] + match["after"] + (match["rest"] or "")
    return Heading(INCLUSION if kind == INCLUSION else EXCLUSION, bare=not extra.strip())


def _plain(line: str) -> str:
    """A line without bullets, numbers and marks of emphasis."""
    before = ""
    while before != line:
        before, line = line, _MARKUP.sub("", line)
    return line.strip()


def _is_doubtful(line: str, kind: str) -> bool:
    """Whether a line could be a heading of the other kind that we do not understand."""
    if line.isascii() and not _says_who(line.lower()):
        return False
    other = _ABOUT_EXCLUSION if kind == INCLUSION else _ABOUT_INCLUSION
    start = line[:_LOOKED_AT]
    if not other.search(line) or _OTHERS_APPLY.search(start):
        return False
    opens = line.rstrip(" *_\r").endswith((":", "："))
    bulleted = _MARKUP.match(start)
    return opens or "criteria:" in line.lower() or (not bulleted and len(line) < _LONGEST_HEADING)


def _says_who(line: str) -> bool:
    """Whether a line holds a word that the two patterns above need; most hold none and cost little."""
    return "clu" in line or "eligib" in line or "enrol" in line


def _can_be_regrouped(headings: list[Heading]) -> bool:
    """One kind after the other, or every later section says itself whom it is for."""
    kinds = [heading.kind for heading in headings]
    switches = sum(before != after for before, after in pairwise(kinds))
    return switches == 1 or (switches > 1 and not any(heading.bare for heading in headings))
