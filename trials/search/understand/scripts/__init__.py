"""The scripts of India as they sound in Latin letters: a module a language, named by its code.

A module that lies here is found; nothing else names it. Words of other scripts are found as they are written.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from unicodedata import category

MARKS = ("Mc", "Mn")


@dataclass(frozen=True, slots=True)
class Script:
    """One script. `vowel_signs` stand at a consonant, `vowel_letters` alone."""

    letter: re.Pattern[str]
    consonants: Mapping[str, str]
    vowel_signs: Mapping[str, str]
    vowel_letters: Mapping[str, str]
    silencer: str
    """The sign that takes the unwritten vowel from a consonant."""
    nasals: str
    """Signs that are an n, or an m before a labial consonant."""
    alike: Mapping[int, int]
    """Letters that are written for each other, for `str.translate`."""
    ending: re.Pattern[str] | None
    """What declension changes at the end of a word."""
    letter_names: Mapping[str, str]
    """How the letters a to z of an abbreviation are spoken; empty where that is not written."""


def script(
    letter: str,
    consonants: Iterable[tuple[str, str]],
    vowels: Iterable[tuple[str, str]],
    *,
    silencer: str,
    nasals: str = "",
    alike: tuple[str, str] = ("", ""),
    ending: str = "",
    alphabet: str = "",
) -> Script:
    """A script from its tables: each Latin spelling with the letters that sound like it."""
    sounds = {sign: latin for latin, signs in vowels for sign in signs}
    names = alphabet.split()
    return Script(
        letter=re.compile(letter),
        consonants={sign: latin for latin, signs in consonants for sign in signs},
        vowel_signs={sign: latin for sign, latin in sounds.items() if category(sign) in MARKS},
        vowel_letters={sign: latin for sign, latin in sounds.items() if category(sign) not in MARKS},
        silencer=silencer,
        nasals=nasals,
        alike=str.maketrans(*alike),
        ending=re.compile(ending) if ending else None,
        letter_names=dict(zip("abcdefghijklmnopqrstuvwxyz", names, strict=True)) if names else {},
    )


@cache
def scripts() -> tuple[Script, ...]:
    """Every script that has a module here."""
    return tuple(_found())


def script_of(word: str) -> Script | None:
    """The script that a word has a letter of."""
    return next((known for known in scripts() if known.letter.search(word)), None)


def _found() -> Iterator[Script]:
    for module in iter_modules(__path__):
        yield import_module(f"{__name__}.{module.name}").SCRIPT
