"""How words sound, so that one spelling finds another: misspelt English, and Hindi in either script.

sound("lymfoma") == sound("lymphoma")
hindi_key("phephde") == hindi_key("फेफड़ों") == "fefd"
"""

import re
from functools import lru_cache
from unicodedata import normalize

from trials.search.understand.scripts import Script, script_of
from trials.vocabulary.folding import fold_word

VOWELS = "aeiou"
_DOUBLED = re.compile(r"(.)\1+")
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
_LABIAL = "pfbm"
_ALIKE = str.maketrans("jgc", "sss")
"""English g, s and z, which Hindi script may all write with the same letter: प्लाज्मा, सर्जरी."""


def in_indian_script(word: str) -> bool:
    """Whether a word is in Devanagari, or in another script of India whose sounds are known (`scripts`)."""
    return script_of(word) is not None


@lru_cache(maxsize=20_000)
def sound(word: str) -> str:
    """A folded word as it sounds in English; one in a script of India as an Indian says it."""
    if in_indian_script(word):
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
    heard = romanised(word) if in_indian_script(word) else word.lower()
    for habit, form in _LATIN_HINDI:
        heard = habit.sub(form, heard)
    return _single(heard)


@lru_cache(maxsize=20_000)
def faithful(word: str) -> str:
    """A word of an Indian script, letters that are written for each other in one spelling."""
    script = script_of(word)
    return fold_word(word).translate(script.alike) if script else fold_word(word)


def stem(word: str) -> str:
    """The same without the ending that declension changes."""
    script, plain = script_of(word), faithful(word)
    return script.ending.sub("", plain) if script and script.ending else plain


def undoubled(word: str) -> str:
    """A word with every letter once where it is typed twice: "veellore"."""
    return _DOUBLED.sub(r"\1", word)


@lru_cache(maxsize=20_000)
def english_key(word: str) -> str:
    """The consonants by which an English word is found in Hindi script: मायलॉयड and myeloid are "mld"."""
    return _single(skeleton(normal(word)).translate(_ALIKE))


@lru_cache(maxsize=20_000)
def romanised(word: str) -> str:
    """A word of an Indian script in Latin letters, its unspoken vowels left out: कोलन is kolan."""
    script = script_of(word)
    return word if script is None else _joined(_syllables(normalize("NFC", word), script))


def _joined(syllables: list[tuple[str, str]]) -> str:
    for at in range(len(syllables) - 1, 0, -1):
        consonant, vowel = syllables[at]
        last = at == len(syllables) - 1
        if vowel == "A" and consonant and (last or (syllables[at + 1][1] and _spoken(syllables[at - 1]))):
            syllables[at] = (consonant, "")
    return "".join(consonant + vowel.lower() for consonant, vowel in syllables)


def _spoken(syllable: tuple[str, str]) -> bool:
    return syllable[1] != ""


def _syllables(word: str, script: Script) -> list[tuple[str, str]]:
    """Consonant and vowel of each syllable; "A" is the vowel that is not written."""
    found: list[tuple[str, str]] = []
    for at, letter in enumerate(word):
        if letter in script.consonants:
            found.append((script.consonants[letter], "A"))
        elif letter in script.vowel_signs and found:
            found[-1] = (found[-1][0], script.vowel_signs[letter])
        elif letter == script.silencer and found:
            found[-1] = (found[-1][0], "")
        elif letter in script.vowel_letters:
            found.append(("", script.vowel_letters[letter]))
        elif letter in script.nasals:
            found.append((_nasal(word[at + 1 : at + 2], script), ""))
        elif letter.isalnum():
            found.append((letter, ""))
    return found


def _nasal(following: str, script: Script) -> str:
    return "m" if script.consonants.get(following, "") in tuple(_LABIAL) else "n"


def _single(word: str) -> str:
    return re.sub(r"(.)\1", r"\1", word)
