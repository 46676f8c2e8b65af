"""Names of hospitals as they are compared and shown: spellings, legal forms, departments, addresses."""

import html
import re
from collections.abc import Iterable, Sequence, Set
from functools import lru_cache

from importers.places.pins import without_pins
from importers.places.words import word_list
from trials.vocabulary.places import find_city, find_state, fold

_SITE_NUMBER = re.compile(r"[(\[]?\s*\bsite\s*(?:no|number|#)?\W*\d[\d\w-]*\s*[)\]]?", re.IGNORECASE)
_LEGAL_FORM = re.compile(
    r"^\s*m/s\b\.?|"
    r"[(\[]?\b(?:\(?p\)?\s*\.?\s*ltd|pvt\.?\s*\.?\s*ltd|pvt\.?\s+limited|private\s+limited|private\s+ltd"
    r"|pvt|ltd|limited|llp|inc)\b\.?[)\]]?",
    re.IGNORECASE,
)
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
_STREET = re.compile(
    r"^\W*(?:near|opp|opposite|behind|no|plot|sector|sec|phase)\b|^\W*\d"
    r"|\b(?:road|rd|marg|street|lane|highway|naka|bypass)\W*$",
    re.IGNORECASE,
)
_KIND = re.compile(
    r"hospital|clinic|institut|cent(?:re|er)|college|universit|foundation|science|research|society|home"
    r"|trust|branch|campus|unit|department|dept",
    re.IGNORECASE,
)
_ABBREVIATION = re.compile(r"(?<=\w)\s*\((?:[A-Z][A-Za-z]*[A-Z][A-Z.\-]*)\)\W*$")
_INITIALS = re.compile(r"\b(?:[A-Z](?:\.\s?|\s)){1,3}[A-Z](?:\.|\b)(?=\s)")
_ENDS_A_NAME = r"(?i:hospital|hospitals|centre|center|institute|college|sciences|clinic|university)"

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
    plain = fold(re.sub(r"(?<=\w)['’`´](?=s\b)", "", html.unescape(text)))
    plain = re.sub(r"\b((?:[a-z] )+[a-z])\b", lambda initials: initials[1].replace(" ", ""), plain)
    words = " ".join(_ONE_SPELLING.get(word, word) for word in plain.split()).split()
    return tuple(
        _ONE_SPELLING.get(stem, stem) for stem in map(_singular, words) if _ONE_SPELLING.get(stem, stem)
    )


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

_NAMELESS = GENERIC | listed("nameless")


@lru_cache(maxsize=20_000)
def tidy(facility: str, city: str, state: str) -> str:
    """A name fit to show and to group by, for a hospital no table knows.

    Drops site numbers, legal forms, departments, postal codes and the city at the end; writes the
    common words in one way. What tells branches apart (a locality) stays.
    """
    text = _LEGAL_FORM.sub(" ", without_pins(without_owner(facility)))
    parts = name_parts(without_abbreviation(text))
    kept = [part for part in parts if not is_department(part)] or parts
    while len(kept) > 1 and (_is_place(kept[-1], city, state) or _is_beside_the_name(kept, city, state)):
        kept.pop()
    if city:
        kept[-1] = re.sub(rf"\b({_ENDS_A_NAME})\s+{re.escape(city)}\W*$", r"\1", kept[-1])
    return _shown(kept) or " ".join(facility.split())


def _is_beside_the_name(parts: Sequence[str], city: str, state: str) -> bool:
    """Whether the last part is an address: a street, or a locality after a name of two words of its own.

    Beside one word, or the name of a chain, the locality may be what tells two hospitals apart.
    """
    words = name_words(parts[0])
    if _STREET.search(parts[-1]):
        return not CHAINS.intersection(words[:1])
    telling = distinguishing(words, city_words(city, state))
    return len(telling) > 1 and bool(_KIND.search(parts[0])) and not _KIND.search(parts[-1])


def _is_place(part: str, city: str, state: str) -> bool:
    """Whether a last part only repeats the city, the state or the country."""
    if fold(part) in ("india", fold(city)) or find_state(part):
        return True
    named = find_city(part, state)
    return (
        named is not None and named.name == city and fold(part) in map(fold, (named.name, *named.aliases[:2]))
    )


_SHOWN = (
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
    (re.compile(r"(?<=\bhospital) (?:and )?(?:medical )?research (?:centre|institute)$", re.IGNORECASE), ""),
    (re.compile(r"(?<=\bmedical college),?(?: and)?(?: general)? hospital$", re.IGNORECASE), ""),
    (re.compile(r"\b(?:shree|shri)\b", re.IGNORECASE), "Shri"),
    (re.compile(r"\bpost[\s-]+graduate\b", re.IGNORECASE), "Postgraduate"),
    (re.compile(r"\bhealth[\s-]+care\b", re.IGNORECASE), "Healthcare"),
    (re.compile(r"[(\[]\s*[)\]]"), " "),
)
_SMALL = {"and", "of", "the", "for", "at", "in", "de"}


def _shown(parts: Sequence[str]) -> str:
    text = ", ".join(part.strip(" .,-") for part in parts)
    text = _INITIALS.sub(lambda found: re.sub(r"[.\s]", "", found[0]), text)
    for pattern, spelling in _SHOWN:
        text = pattern.sub(spelling, text)
    words = [_cased(word) for word in text.split()]
    return " ".join(words).strip(" .,-")


def _cased(word: str) -> str:
    """Capital first, but small words small and abbreviations as they are."""
    if word.casefold() in _SMALL:
        return word.casefold()
    return word[:1].upper() + word[1:] if word.islower() else word
