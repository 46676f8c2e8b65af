"""How words sound, so that one spelling finds another: misspelt English, and Hindi in either script.

sound("lymfoma") == sound("lymphoma")
hindi_key("phephde") == hindi_key("फेफड़ों") == "fefd"
"""

import re
from functools import lru_cache
from unicodedata import category

from trials.vocabulary.folding import fold_word

VOWELS = "aeiou"
_DOUBLED = re.compile(r"(.)\1+")
MARKS = ("Mc", "Mn")
_DEVANAGARI = re.compile("[\u0900-\u097f]")
_ENGLISH = tuple(
    (re.compile(written), heard)
    for written, heard in (
        (r"ph", "f"),
        (r"ae|oe", "e"),
        (r"oo|ou", "u"),
        (r"c(?=[eiy])", "s"),
        (r"ck|c", "k"),
        (r"y", "i"),
        (r"z", "s"),
        (r"w", "v"),
        (r"(?<!^)h", ""),
    )
)
_LATIN_HINDI = tuple(
    (re.compile(habit), form)
    for habit, form in (
        (r"^ps", "s"),
        (r"ph", "f"),
        (r"ck|ch(?=[lmnrt]|ol)", "k"),
        (r"dg(?=[ek])", "j"),
        (r"sh", "s"),
        (r"(?<=[kgtdbjz])h", ""),
        (r"c(?=[eiy])", "s"),
        (r"[cq](?!h)", "k"),
        (r"chh?", "c"),
        (r"x", "ks"),
        (r"w", "v"),
        (r"z", "j"),
        (r"aa", "a"),
        (r"ee|y", "i"),
        (r"oo", "u"),
        (r"ai|ei", "e"),
        (r"au|ou", "o"),
        (r"(?<=[aeiou])n?h\b", ""),
    )
)
"""How Hindi is written in Latin letters, each habit brought to one form."""
_ENDING = re.compile(r"(?<=.{2})(?:i?on|en|[aeiou]+)$")
"""What declension changes: gurda, gurde, gurdon."""
_HINDI_ENDING = re.compile("(?<=.)(?:[ाेो]ं?)$")
_SIBILANTS = str.maketrans("शषण", "ससन")
_CONSONANTS = {
    letter: latin
    for latin, letters in (
        *(("k", "कख"), ("g", "गघ"), ("ch", "चछ"), ("j", "जझ"), ("t", "टठतथ"), ("d", "डढदध"), ("p", "प")),
        *(("n", "ङञणन"), ("f", "फ"), ("b", "बभ"), ("m", "म"), ("y", "य"), ("r", "र"), ("l", "लळ")),
        *(("v", "व"), ("s", "शषस"), ("h", "ह")),
    )
    for letter in letters
}
_VOWELS = (("a", "अआा"), ("i", "इईिी"), ("u", "उऊुू"), ("ri", "ऋृ"), ("e", "एऐऍेैॅ"), ("o", "ओऔऑोौॉ"))
_VOWEL_SIGNS = {
    letter: latin for latin, letters in _VOWELS for letter in letters if category(letter) in MARKS
}
_VOWEL_LETTERS = {
    letter: latin for latin, letters in _VOWELS for letter in letters if category(letter) not in MARKS
}
_LABIAL = "pfbm"
_ALIKE = str.maketrans("jgc", "sss")
"""English g, s and z, which Hindi script may all write with the same letter: प्लाज्मा, सर्जरी."""


def is_devanagari(word: str) -> bool:
    """Whether a word has a letter of the Hindi script in it."""
    return bool(_DEVANAGARI.search(word))


@lru_cache(maxsize=20_000)
def sound(word: str) -> str:
    """A folded word as it sounds in English; one in Hindi script as an Indian says it."""
    if is_devanagari(word):
        word = romanised(word)
    for written, heard in _ENGLISH:
        word = written.sub(heard, word)
    return _single(word)


@lru_cache(maxsize=20_000)
def skeleton(heard: str) -> str:
    """The consonants of a sound; every vowel in front is as good as any other."""
    return ("a" if heard[:1] in VOWELS else "") + "".join(c for c in heard if c not in VOWELS)


@lru_cache(maxsize=20_000)
def hindi_key(word: str) -> str:
    """One key for a Hindi word in either script, however it is declined and written in Latin letters."""
    return _ENDING.sub("", normal(word))


@lru_cache(maxsize=20_000)
def normal(word: str) -> str:
    """A word of either script in one Latin spelling, as an Indian hears it."""
    heard = romanised(word) if is_devanagari(word) else word.lower()
    for habit, form in _LATIN_HINDI:
        heard = habit.sub(form, heard)
    return _single(heard)


@lru_cache(maxsize=20_000)
def faithful(word: str) -> str:
    """A word of Hindi script, its sibilants and nasals in one spelling."""
    return fold_word(word).translate(_SIBILANTS)


def stem(word: str) -> str:
    """The same without the ending that declension changes."""
    return _HINDI_ENDING.sub("", faithful(word))


def undoubled(word: str) -> str:
    """A word with every letter once where it is typed twice: "veellore"."""
    return _DOUBLED.sub(r"\1", word)


@lru_cache(maxsize=20_000)
def english_key(word: str) -> str:
    """The consonants by which an English word is found in Hindi script: मायलॉयड and myeloid are "mld"."""
    return _single(skeleton(normal(word)).translate(_ALIKE))


@lru_cache(maxsize=20_000)
def romanised(word: str) -> str:
    """A word of Hindi script in Latin letters, its unspoken vowels left out: कोलन is kolan."""
    syllables = _syllables(word)
    for at in range(len(syllables) - 1, 0, -1):
        consonant, vowel = syllables[at]
        last = at == len(syllables) - 1
        if vowel == "A" and consonant and (last or (syllables[at + 1][1] and _spoken(syllables[at - 1]))):
            syllables[at] = (consonant, "")
    return "".join(consonant + vowel.lower() for consonant, vowel in syllables)


def _spoken(syllable: tuple[str, str]) -> bool:
    return syllable[1] != ""


def _syllables(word: str) -> list[tuple[str, str]]:
    """Consonant and vowel of each syllable; "A" is the vowel that is not written."""
    found: list[tuple[str, str]] = []
    for at, letter in enumerate(word):
        if letter in _CONSONANTS:
            found.append((_CONSONANTS[letter], "A"))
        elif letter in _VOWEL_SIGNS and found:
            found[-1] = (found[-1][0], _VOWEL_SIGNS[letter])
        elif letter == "्" and found:
            found[-1] = (found[-1][0], "")
        elif letter in _VOWEL_LETTERS:
            found.append(("", _VOWEL_LETTERS[letter]))
        elif letter in "ंँ":
            found.append((_nasal(word[at + 1 : at + 2]), ""))
        elif letter.isalnum():
            found.append((letter, ""))
    return found


def _nasal(following: str) -> str:
    return "m" if _CONSONANTS.get(following, "") in tuple(_LABIAL) else "n"


def _single(word: str) -> str:
    return re.sub(r"(.)\1", r"\1", word)
