"""Names of hospitals as they are compared: one spelling, without owners, departments and small words."""

import html
import re
from collections.abc import Iterable, Set
from functools import lru_cache

from importers.places.spelling import near_generic
from importers.places.words import word_list
from trials.vocabulary.places import place_key

_SITE_NUMBER = re.compile(r"[(\[]?\s*\bsite\s*(?:no|number|#)?\W*\d[\d\w-]*\s*[)\]]?", re.IGNORECASE)
_UNIT_OF = re.compile(
    r"[(\[]\s*(?:an?\s+)?unit\s*of[^)\]]*[)\]]?|(?:[,;–—-]\s*|\s)(?:an?\s+)?unit\s+of\s.*$", re.IGNORECASE
)
"""The owner of a hospital, which is no part of its name."""
_DEPARTMENT = re.compile(
    r"^\W*(?:the\s+)?(?:dept|department|departments|division|div|unit|section|ward|room|floor|block|opd)\b"
    r"|^\W*(?:medical|surgical|radiation|clinical|paediatric|pediatric)?\s*"
    r"(?:oncology|ha?ematology|cardiology|endocrinology|neurology|gastroenterology|nephrology|pulmonology)\W*$"
    r"|\b(?:first|second|third|ground|\d+(?:st|nd|rd|th)) floor\b",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\s*(?:[,;]|\s[-–—]\s|\s-(?=\w)|(?<=\w)-\s|-(?=(?:dept|department|division|(?:medical|clinical) onc)))"
    r"\s*",
    re.IGNORECASE,
)
_ABBREVIATION = re.compile(r"(?<=\w)\s*\((?:[A-Z][A-Za-z]*[A-Z][A-Z.\-]*)\)\W*$")
_ONE_SPELLING = {
    "center": "centre",
    "centers": "centre",
    "centres": "centre",
    "ctr": "centre",
    "hosp": "hospital",
    "inst": "institute",
    "institution": "institute",
    "insititute": "institute",
    "specialty": "speciality",
    "specialities": "speciality",
    "specialties": "speciality",
    "specialist": "speciality",
    "superspeciality": "super speciality",
    "superspecialty": "super speciality",
    "superspecialities": "super speciality",
    "multispeciality": "multi speciality",
    "multispecialty": "multi speciality",
    "multispecialities": "multi speciality",
    "govt": "government",
    "gov": "government",
    "saint": "st",
    "healthcare": "health care",
    "postgraduate": "post graduate",
    "scieneces": "science",
    "superspecaility": "super speciality",
    "paediatric": "pediatric",
    "haematology": "hematology",
    "haemato": "hemato",
    "shree": "sri",
    "shri": "sri",
    "med": "medical",
    "coll": "college",
    "medicalcollege": "medical college",
    "clg": "college",
    "pt": "pandit",
    "rcc": "regional cancer centre",
    "jln": "jawaharlal nehru",
    "lbs": "lal bahadur shastri",
    "nscb": "netaji subhas chandra bose",
    "rml": "ram manohar lohia",
    "subhash": "subhas",
    "mahaveer": "mahavir",
    "laxmi": "lakshmi",
    "smt": "",
    "dr": "",
    "prof": "",
    "and": "",
    "the": "",
    "of": "",
    "for": "",
    "at": "",
    "in": "",
    "amp": "",
    "pvt": "",
    "ltd": "",
    "private": "",
    "limited": "",
    "llp": "",
    "p": "",
    "n": "",
}


def without_owner(text: str) -> str:
    """The text without "(a unit of ...)" and numbers of sites."""
    return _SITE_NUMBER.sub(" ", _UNIT_OF.sub(" ", html.unescape(text)))


def without_abbreviation(text: str) -> str:
    """The text without its abbreviation in brackets at the end: "... Institute (RGCI)"."""
    return _ABBREVIATION.sub("", text)


def name_parts(text: str) -> list[str]:
    """The parts a text is made of: name, department, locality."""
    return [part for part in _PART.split(text) if any(char.isalnum() for char in part)]


def is_department(part: str) -> bool:
    return bool(_DEPARTMENT.search(part))


def distinguishing(words: Iterable[str], place: Set[str] = frozenset()) -> tuple[str, ...]:
    """The words that tell one hospital from another: not generic, not the city, no numbers."""
    return tuple(
        word for word in words if word not in _NAMELESS and word not in place and not word[0].isdigit()
    )


@lru_cache(maxsize=1_000)
def city_words(name: str, state: str, aliases: tuple[str, ...] = ()) -> frozenset[str]:
    """Words that only repeat where the city is: its names and its state's."""
    return frozenset(word for text in (name, state, *aliases[:2]) for word in name_words(text))


@lru_cache(maxsize=20_000)
def name_words(text: str) -> tuple[str, ...]:
    """The words of a name in one spelling, without legal forms and small words; initials joined."""
    plain = place_key(re.sub(r"(?<=\w)['’`´](?=s\b)", "", html.unescape(text)))
    plain = re.sub(r"\b((?:[a-z] )+[a-z])\b", lambda initials: initials[1].replace(" ", ""), plain)
    words = " ".join(_right(word) for word in plain.split()).split()
    return tuple(
        _ONE_SPELLING.get(stem, stem) for stem in map(_singular, words) if _ONE_SPELLING.get(stem, stem)
    )


def _right(word: str) -> str:
    return _ONE_SPELLING[word] if word in _ONE_SPELLING else near_generic(word) or word


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word


def listed(name: str) -> frozenset[str]:
    """The words of a list, as `name_words` writes them."""
    return frozenset(word for text in word_list(name) for word in name_words(text))


GENERIC = listed("generic")
"""Words that alone tell no hospital from another."""

SPECIAL = listed("special")
"""Words that make another hospital of the same name: the eye hospital, the dental college."""

HARMLESS = (GENERIC - SPECIAL) | listed("harmless")
"""Words that may stand beside a name without making another hospital of it."""

CHAINS = listed("chains")
"""First words that several hospitals of one city can share."""

COMMON = listed("common")
"""Names that many hospitals bear, so that two in one city may: gods, virtues, words of hope."""

_NAMELESS = GENERIC | listed("nameless")
