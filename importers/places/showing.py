"""One way to write the name of a hospital: common words, titles, initials, saints and capitals."""

import re
from collections.abc import Sequence

from importers.places.spelling import near_generic

_INITIALS = re.compile(r"\b(?:[A-Z](?:\.\s?|\s)){1,3}[A-Z](?:\.|\b)(?=\s)")
_INITIAL = re.compile(r"(?<![\w.'])([A-Z])\.?\s+(?=[A-Z][a-z])")
_TITLE = re.compile(r"^(?:dr|late|smt|prof)\b\.?\s*(?=\S+\s+\S+)", re.IGNORECASE)
_ENDS_A_NAME = r"(?i:hospital|hospitals|centre|center|institute|college|sciences|clinic|university)"
_NOT_OF_A_SAINT = frozenset(
    ("thomas", "francis", "james", "charles", "louis", "ignatius", "agnes", "nicholas", "aloysius")
)

_SPELLINGS = (
    (re.compile(r"\s*&\s*"), " and "),
    (re.compile(r"\bcenter\b", re.IGNORECASE), "Centre"),
    (re.compile(r"\bhospitals\b", re.IGNORECASE), "Hospital"),
    (re.compile(r"\bspecialty\b", re.IGNORECASE), "Speciality"),
    (re.compile(r"\bmulti[\s-]*speciality\b", re.IGNORECASE), "Multispeciality"),
    (re.compile(r"\bsuper[\s-]*speciality\b", re.IGNORECASE), "Super Speciality"),
    (re.compile(r"\bgovt\b\.?", re.IGNORECASE), "Government"),
    (re.compile(r"\binst\b\.?", re.IGNORECASE), "Institute"),
    (re.compile(r"\bhosp\b\.?", re.IGNORECASE), "Hospital"),
    (re.compile(r"\bclinics\b", re.IGNORECASE), "Clinic"),
    (re.compile(r"\bctr\b\.?", re.IGNORECASE), "Centre"),
    (re.compile(r"\bmedical\s*college\b", re.IGNORECASE), "Medical College"),
    (re.compile(r"^RCC$"), "Regional Cancer Centre"),
    (re.compile(r"\bmedical science\b", re.IGNORECASE), "Medical Sciences"),
    (re.compile(r"\b(?:shree|shri|sree|sri)\b", re.IGNORECASE), "Shri"),
    (re.compile(r"\bmahave+r\b", re.IGNORECASE), "Mahavir"),
    (re.compile(r"\bsubhash\b", re.IGNORECASE), "Subhas"),
    (re.compile(r"\blaxmi\b", re.IGNORECASE), "Lakshmi"),
    (re.compile(r"\brajeev\b", re.IGNORECASE), "Rajiv"),
    (re.compile(r"\bghandhi\b", re.IGNORECASE), "Gandhi"),
    (re.compile(r"\bpost[\s-]+graduate\b", re.IGNORECASE), "Postgraduate"),
    (re.compile(r"\bhealth[\s-]+care\b", re.IGNORECASE), "Healthcare"),
    (re.compile(r"(?<=\w)-(?=[A-Z][a-z])"), " "),
    (re.compile(r"\bSt\.?\s+(?=[A-Z])"), "St. "),
    (re.compile(r"[(\[]\s*[)\]]"), " "),
)
"""The words of one kind, and names that are written in two ways."""

_ADDITIONS = (
    re.compile(
        r"\b(hospital|clinic|sansthan|multispeciality|super speciality"
        r"|(?:cancer|medical|oncology|heart) (?:institute|centre)|regional cancer centre)"
        r"\W+(?:and )?(?:medical )?research (?:centre|institute|foundation)$",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(medical college)(?:,? hospital|,? (?:and |general |attached |associated )+"
        r"(?!.*\b(?:eye|dental|chest|mental|cancer|child|heart|women)).*\bhospital)$",
        re.IGNORECASE,
    ),
    re.compile(r"\b(hospital|clinic)\W+(?:multi ?|super ?)+speciality(?: hospital)?$", re.IGNORECASE),
)
"""What a hospital may add to its name and often does not."""
_QUALITY = re.compile(r"(?<=\w )(?:(?:multi|super)\s?)+speciality\s+(?=hospital|clinic)", re.IGNORECASE)
_CANCER_RESEARCH = re.compile(r"\b(cancer) research (?=hospital)", re.IGNORECASE)

_SMALL = {"and", "of", "the", "for", "at", "in", "de"}
_SHORTEST_SHOUT = 5
_OFTEN_SHORT = re.compile(r"(?:IMS|IMER|IMSR|MC|MCH|RC|RI|GIC)$|[^AEIOUY]{4}")
"""Endings of abbreviations ("PGIMER"), and letters that cannot be pronounced."""


def shown(parts: Sequence[str], city: str) -> str:
    """The parts of a name in one spelling, joined; without the city behind the kind of hospital."""
    text = " ".join(parts)
    shortest = _SHORTEST_SHOUT - (text.isupper() and " " in text.strip())
    return ", ".join(filter(None, (_one_spelling(part, city, shortest) for part in parts))).strip(" .,-")


def _one_spelling(part: str, city: str, shortest: int) -> str:
    text = _TITLE.sub("", part.strip(" .,-").replace("’", "'"))
    text = _INITIALS.sub(lambda found: re.sub(r"[.\s]", "", found[0]), text)
    text = _INITIAL.sub(r"\1. ", text)
    for pattern, spelling in _SPELLINGS:
        text = pattern.sub(spelling, text)
    if city:
        text = re.sub(rf"\b({_ENDS_A_NAME}|^[A-Z]{{4,12}}),?\s+{re.escape(city)}\W*$", r"\1", text)
    text = " ".join(text.split())
    for addition in (*_ADDITIONS, *_ADDITIONS):
        text = addition.sub(r"\1", text)
    text = _CANCER_RESEARCH.sub(r"\1 ", _QUALITY.sub("", text))
    return _saint(" ".join(_cased(word, shortest) for word in text.split())).strip(" .,-")


def _saint(text: str) -> str:
    """ "St. Johns" is St. John's."""
    found = re.match(r"(St\. )(\w+)s (?=\w)", text)
    if not found or f"{found[2]}s".casefold() in _NOT_OF_A_SAINT:
        return text
    return f"{found[1]}{found[2]}'s {text[found.end() :]}"


def _cased(word: str, shortest: int) -> str:
    """Capital first, but small words small and abbreviations as they are."""
    if word.casefold() in _SMALL:
        return word.casefold()
    if word.isupper() and len(word) >= shortest and not _OFTEN_SHORT.search(word):
        return word.capitalize()
    if right := near_generic(word.casefold()):
        word = right
    return word[:1].upper() + word[1:] if word.islower() else word
