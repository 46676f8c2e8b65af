"""Sites whose registry text names no hospital: numbered sites, bare departments, people.

They stay without a hospital and are grouped by city; who a person works for is not guessed.
"""

import re
from collections.abc import Set

from importers.places.hospital_names import distinguishing, name_words, without_owner
from importers.places.words import word_list

_NUMBERED_SITE = re.compile(
    r"^(?:\W*[\w.&'-]+){0,3}?\W*"
    r"(?:investigati(?:ve|onal|on)|research|study|clinical|trial|local|recruiting|test)\s+"
    r"(?:(?:study|trial|research)\s+)?"
    r"(?:site|institution|facility|location)s?\b\W*(?:(?:number|no|nr|id)\b)?[\W\d]*$"
    r"|^(?:site|centre|center|institution)\W*(?:(?:number|no|nr|id)\b)?[\W\d]*$"
    r"|^(?:for )?(?:additional|more) information|^(?:please )?(?:call|contact) |^many locations",
    re.IGNORECASE,
)
_TITLE = re.compile(r"^(?:[Dd]r|DR|[Pp]rof|Professor|Mr|Mrs|Ms)\b\.?\s*")
_DEGREE = re.compile(r",?\s*\b(?:m\.?d|m\.?s|ph\.?d|d\.?m|mbbs|dnb|frcs|mch)\b\.?", re.IGNORECASE)
_MAX_NAME_WORDS = 4
_MAX_NUMBERED_SITE = 120  # characters; the pattern takes minutes on a long word

_INSTITUTION = re.compile(
    r"hospital|clinic|institut|cent(?:re|er)|college|universit|foundation|medic|research|care\b|trust"
    r"|society|corporation|company|nursing|home|laborator|science|school|council|oncology|cancer|heart"
    r"|health|association|organi[sz]ation|department|dept|pharma|biotech|limited|ltd|group|unit|ashram"
    r"|sansthan|mission|surgical|dental|eye\b|kidney|diabet|memorial|public|general",
    re.IGNORECASE,
)
_OF_A_PLACE = (
    ("medical", "college"),
    ("institute", "medical", "science"),
    ("cancer", "research", "institute"),
)
"""What a city or a state has one of, so that its name is enough."""
_SURNAMES = word_list("surnames")


def is_anonymous(facility: str) -> bool:
    """Whether the text names no hospital or other organisation."""
    text = facility.strip()
    if not any(char.isalpha() for char in text):
        return True
    numbered = len(text) <= _MAX_NUMBERED_SITE and _NUMBERED_SITE.match(text)
    return bool(numbered) or is_person(text) or names_nothing(text)


def is_person(text: str) -> bool:
    """A person: a title before a few words, or a common surname at the end, and no institution word."""
    if _INSTITUTION.search(_DEGREE.sub("", text)):
        return False
    titled = _TITLE.match(text)
    words = re.findall(r"[^\W\d_]+", _DEGREE.sub("", _TITLE.sub("", text)))
    if not 1 <= len(words) <= _MAX_NAME_WORDS or any(char.isdigit() for char in text):
        return False
    return bool(titled) or (len(words) > 1 and words[-1].casefold() in _SURNAMES)


def names_nothing(text: str, place: Set[str] = frozenset()) -> bool:
    """Whether only words every hospital of the city could use are left: "Registered BABE centre".

    The medical college of a city bears its name: "Tirunelveli Medical College".
    """
    words = name_words(without_owner(text))
    only = any(
        word in place and words[i + 1 : i + 1 + len(kind)] == kind
        for i, word in enumerate(words)
        for kind in _OF_A_PLACE
    )
    return bool(words) and not only and not distinguishing(words, place)
