"""Each word of a question in the one form the phrases are written in.

corrected("lymfoma") == "lymphoma"          misspelt, and not a word as it is
read("मायलॉयड") == "myeloid"                English in Hindi script
read("phephde") == read("फेफड़ों") == "fefd"   an organ in Hindi, in either script
"""

import re
from functools import cache, lru_cache

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from trials.search.understand.fillers import fillers
from trials.search.understand.letters import spelt_out
from trials.search.understand.ordinary import ordinary
from trials.search.understand.sounds import (
    english_key,
    hindi_key,
    in_indian_script,
    normal,
    skeleton,
    sound,
    stem,
    undoubled,
)
from trials.search.understand.words import (
    disease_words,
    english_words,
    hindi_words,
    meant_words,
    neighbours,
    organ_keys,
    organ_stems,
    organ_words,
    place_words,
    popular_places,
    product_letters,
    right_words,
)
from trials.vocabulary.asking import loan_words
from trials.vocabulary.folding import fold_word

SHORTEST, LONGEST = 5, 40  # letters of a word that can be misspelt
CLOSE = 0.6  # similarity (1 is equal) below which no word is looked at
LIKE, ALIKE = 0.75, 0.6
"""The same for English in Hindi script, whose consonants agree already; less where they are five or more."""
NAMED_AFTER_ORGAN = frozenset({"cancer", "tumor", "carcinoma"})
_GENITIVE = re.compile("(?:च्या|च[ािीे])$")
"""What Marathi ends a word with where Hindi has का behind it: रक्ताचा."""
_MEDICAL = re.compile("(?:emia|itis|osis|pathy|ectomy)$")
"""Endings of medical words, which no place has: thalassemia is no misspelt Thalassery."""
NONE: frozenset[str] = frozenset()
POSSESSIVE = "ka"
"""What stands for every word that joins an organ and its cancer: ka, ki, ke, में ..."""
_NUMBERED = re.compile("(\\D+)([0-9]+)")
_JOINS = frozenset(
    {
        *("ka", "ki", "ke", "me", "mein", "cha", "chi", "che", "chya", "da", "di", "de", "nu", "ni"),
        *("का", "कि", "की", "के", "में", "मे"),
    }
)


@lru_cache(maxsize=20_000)
def read(word: str, as_typed: str = "", *, forgiving: bool = True) -> str:
    """A folded word as the phrases have it: its English, an organ's key, or its right spelling.

    Not `forgiving`, misspelt words in Latin letters stay as they are.
    """
    if word in _JOINS:
        return POSSESSIVE
    if english := loan_words().get(word) or spelt_out().get(word):
        return english
    if in_indian_script(word):
        return _read_hindi(word)
    organ = "" if word in english_words() else _organ(word)
    return organ or (corrected(word, as_typed) if forgiving else word)


def expected(word: str, before: str, after: str) -> str:
    """The word that the words beside an unknown one expect there: "multiple mylanoma", "diffuse lage b".

    Nearer than `corrected` may go, as the name of a disease goes on with few words; "" for none. A word that
    is right by itself is one letter off at most: "mantel cell", or an organ before cancer: "lever cancer".
    """
    is_word = word in ordinary()
    if (
        (word in right_words() and not is_word)
        or not word.isalpha()
        or not SHORTEST - 1 <= len(word) <= LONGEST
    ):
        return ""
    if word not in english_words() and _organ(word):
        return ""
    following, preceding = neighbours()
    wanted = following.get(before, NONE) | preceding.get(after, NONE)
    if is_word and after in NAMED_AFTER_ORGAN:
        wanted |= organ_words()
    ways = [
        (other in ordinary(), OSA.distance(sound(word), sound(other)), other)
        for other in wanted
        if len(other) >= SHORTEST - 1
        and in_indian_script(other) == in_indian_script(word)
        and (OSA.distance(word, other) <= 1 if is_word else _is_slip(word, other))
        and not (is_word and other in ordinary())
    ]
    return min(ways)[-1] if ways and corrected(word) not in wanted - ordinary() else ""


def _is_slip(word: str, other: str) -> bool:
    """One letter of a short word; in a long one half its sounds, with one consonant among them at most."""
    if word[0] != other[0]:
        return False
    if len(word) <= SHORTEST:
        return OSA.distance(word, other) <= 1 or skeleton(sound(word)) == skeleton(sound(other))
    heard, known = sound(word), sound(other)
    few = OSA.distance(heard, known) <= (len(known) - 1) // 2
    return few and OSA.distance(skeleton(heard), skeleton(known)) <= 1


def correction(word: str, as_typed: str) -> str:
    """What a misspelt English word is read as, "" for one that is right or Hindi."""
    if word in loan_words() or not word.isascii():
        return ""
    meant = read(word, as_typed)
    return meant if meant != word and meant == corrected(word, as_typed) else ""


def _read_hindi(word: str) -> str:
    if english := loan_words().get(word):
        return english
    if match := _NUMBERED.fullmatch(word):
        return _read_hindi(match[1]) + match[2]
    if word in fillers():
        return word
    return _organ(word) or _organ(_GENITIVE.sub("", word)) or _english(word) or corrected(word)


def _organ(word: str) -> str:
    """The key of an organ's Hindi name, folded as the phrases are; "" for another word.

    Latin letters may write one sound in many ways; Hindi script hardly does, and खाना is not कान.
    """
    key = hindi_key(word)
    known = stem(word) in organ_stems() if in_indian_script(word) else key in organ_keys()
    return fold_word(key) if known else ""


def _english(word: str) -> str:
    """The English word of a disease or city that this spells in Hindi script, "" for none."""
    heard, key = normal(word), english_key(word)
    found = [(OSA.normalized_similarity(normal(other), heard), other) for other in _by_key().get(key, ())]
    similarity, english = max(found, default=(0.0, ""))
    short = len(key) < SHORTEST - 1
    return (
        english
        if similarity >= (LIKE if len(key) < SHORTEST else ALIKE) and (len(heard) > SHORTEST or not short)
        else ""
    )


@lru_cache(maxsize=5_000)
def corrected(word: str, as_typed: str = "") -> str:
    """The folded word that this one is meant for, or the word itself.

    `as_typed` is tried too: folding takes the last letter of "lupas" for a plural.
    """
    if word in right_words():
        return word
    if any(map(str.isdigit, word)):
        return _numbered(word)
    tries = (attempt for attempt in (word, as_typed) if SHORTEST <= len(attempt) <= LONGEST)
    return next(filter(None, map(_meant, tries)), word)


def _numbered(word: str) -> str:
    """A product's name with the same number and almost the same letters, else the word: "nexkar19"."""
    match = _NUMBERED.fullmatch(word)
    if not match or len(match[1]) < SHORTEST:
        return word
    known = {sound(letters): letters for letters in product_letters().get(match[2], ())}
    heard = sound(match[1])
    near = [
        (OSA.distance(heard, other), letters) for other, letters in known.items() if _may_be(heard, other)
    ]
    return min(near)[1] + match[2] if near else word


def _meant(word: str) -> str:
    """The known word that sounds the same or almost so, "" for none."""
    heard = sound(word)
    known = _by_sound(in_indian_script(word)).get(heard[:1], {})
    if heard in known and (known[heard] not in place_words() or _may_be_place(word, known[heard])):
        return known[heard]
    near = extract(heard, known.keys(), scorer=OSA.normalized_similarity, score_cutoff=CLOSE, limit=8)
    ways = [
        (*_edits(heard, other), known[other] not in disease_words(), other)
        for other, _, _ in near
        if (_may_be_place(word, known[other]) if known[other] in place_words() else _may_be(heard, other))
    ]
    return known[min(ways)[-1]] if ways else ""


def _edits(heard: str, other: str) -> tuple[bool, int]:
    """How far apart two sounds are; other consonants are worse than other vowels."""
    return skeleton(heard) != skeleton(other), OSA.distance(heard, other)


def _may_be(heard: str, other: str) -> bool:
    """Whether one sound may be a slip for the other: the longer the word, the more slips are forgiven."""
    other_consonants, slips = _edits(heard, other)
    length = min(len(heard), len(other))
    if heard[0] != other[0]:
        return False
    if other_consonants:
        return slips <= (length - 3) // 3
    return slips <= max((length - 1) // 3 + (length > 5), 2)


def _may_be_place(word: str, place: str) -> bool:
    """Whether a word may be a slip for a place, as Indians hear both.

    Towns with short names are near too many words and people ("Sarah" is not Soura, "banner" not Baner): a
    slip is forgiven in long names, and in the short names of cities that many search for.
    """
    spellings = {normal(word), normal(undoubled(word))}
    return not _MEDICAL.search(word) and any(may_be_heard(heard, normal(place), place) for heard in spellings)


def may_be_heard(heard: str, other: str, place: str) -> bool:
    """Whether what is heard may be a slip for what this place sounds like."""
    slips, same_consonants = OSA.distance(heard, other), skeleton(heard) == skeleton(other)
    is_popular = place in popular_places()
    if heard[:1] != other[:1] or (len(other) < (6 if is_popular else 7) and not same_consonants):
        return False
    if same_consonants and slips == 1 and len(heard) == len(other) - 1 >= SHORTEST:
        return True  # a vowel is left out: "bokro"
    length = max(len(other), len(place) - 2) if is_popular else len(other)  # "chennai" is heard as "cene"
    return slips <= sum(length >= enough for enough in ((5, 8) if is_popular else (7, 10)))


@cache
def _by_sound(hindi: bool) -> dict[str, dict[str, str]]:
    """Words a misspelt one of the same script may be meant for, by how they sound, by their first sound."""
    words = (word for word in meant_words() if len(word) >= SHORTEST and not any(map(str.isdigit, word)))
    found: dict[str, dict[str, str]] = {}
    for word in words:
        if in_indian_script(word) == hindi:
            found.setdefault(sound(word)[:1], {})[sound(word)] = word
    return found


@cache
def _by_key() -> dict[str, list[str]]:
    """English words by the consonants that Hindi script has for them; three at least."""
    found: dict[str, list[str]] = {}
    for word in meant_words():
        if (
            word.isascii()
            and word.isalpha()
            and word not in place_words() | hindi_words()
            and len(key := english_key(word)) >= 3
        ):
            found.setdefault(key, []).append(word)
    return found
