"""Abbreviations as languages of India spell them, by the names of their letters: एएमएल, ए.एम.एल., सीडी19."""

from collections.abc import Iterator, Mapping
from functools import cache

from trials import vocabulary
from trials.search.understand.scripts import scripts
from trials.vocabulary.folding import fold

ONLY_IN_CAPITALS = frozenset({"ALL", "NET", "NETs", "MAS", "BALL", "TALL", "AID", "APS", "SPS", "GIST"})
"""Abbreviations that are words, or parts of common words, in small letters."""
UNITS = frozenset({"mm", "fl", "hl", "tb", "gb"})
"""Abbreviations that are units behind a number."""
SHORTEST, LONGEST = 3, 7  # letters of what is worth spelling


@cache
def abbreviations() -> frozenset[str]:
    """Abbreviations of conditions that are clear in small letters too."""
    every = {short for condition in vocabulary.conditions().values() for short in condition.abbreviations}
    return frozenset(every - ONLY_IN_CAPITALS)


@cache
def spelt_out() -> dict[str, str]:
    """The folded abbreviation for each one written in an Indian script without gaps."""
    return {
        fold("".join(letters)).line: fold(short).line for short, letters, _ in _spelt() if short.isalnum()
    }


def spelt_with_gaps() -> Iterator[tuple[str, tuple[str, str]]]:
    """Each abbreviation with a gap or stop between its letters, and what it means: its kind and name."""
    for _, letters, meaning in _spelt():
        yield " ".join(letters), meaning


def _spelt() -> Iterator[tuple[str, list[str], tuple[str, str]]]:
    for script in scripts():
        if script.letter_names:
            for short, meaning in _shorts():
                yield short, _letters(short, script.letter_names), meaning


def _shorts() -> Iterator[tuple[str, tuple[str, str]]]:
    """Every abbreviation worth spelling, and what it means."""
    for slug, condition in vocabulary.conditions().items():
        for short in condition.abbreviations:
            if short not in ONLY_IN_CAPITALS and _is_short(short):
                yield short, ("conditions", slug)
    for target in vocabulary.targets().values():
        for short in (target.name, *target.aliases):
            if _is_short(short):
                yield short, ("targets", target.name)


def _is_short(name: str) -> bool:
    plain = name.replace("-", "")
    return plain.isascii() and plain.isalnum() and SHORTEST <= len(plain) <= LONGEST


def _letters(short: str, names: Mapping[str, str]) -> list[str]:
    """The names of the letters; the digits of a number stay together."""
    spelt: list[str] = []
    for before, sign in zip(" " + short.lower(), short.lower(), strict=False):
        if sign.isdigit() and before.isdigit():
            spelt[-1] += sign
        elif sign != "-":
            spelt.append(names.get(sign, sign))
    return spelt
