"""Misspelt words of diseases and cities, corrected only where the word is known to nobody."""

import re
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from trials import vocabulary
from trials.understand.fillers import fillers
from trials.vocabulary.folding import fold
from trials.vocabulary.places import cities, hospitals, states

SHORTEST, LONGEST = 5, 40  # letters of a word that can be misspelt
LOOSE, STRICT = 0.7, 0.8
"""Similarity needed (1 is equal): loose where the word is long and begins and ends alike."""
_SOUNDS = (("ph", "f"), ("ae", "e"), ("oe", "e"), ("y", "i"), ("ck", "k"), ("c", "k"), ("z", "s"), ("w", "v"))
NEVER = frozenset(
    {
        "hopkin",
        "hospice",
        "normal",
        "thermal",
        "minimal",
        "national",
        "medical",
        "general",
        "surgical",
        "radiation",
        "transplant",
        "chemotherapy",
    }
)


@lru_cache(maxsize=20_000)
def _sound(word: str) -> str:
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    return re.sub(r"(.)\1", r"\1", word)


@cache
def _known() -> frozenset[str]:
    """Words that are right as they are."""
    names = [
        name
        for hospital in hospitals().values()
        for name in (hospital.name, hospital.city, *hospital.aliases)
    ]
    names += [name for city in cities().values() for name in (city.name, *city.aliases)]
    names += [name for state in states().values() for name in (state.name, *state.aliases)]
    names += [name for product in vocabulary.products().values() for name in (product.name, *product.aliases)]
    names += [name for target in vocabulary.targets().values() for name in target.aliases]
    return (
        frozenset(word for name in names for word in fold(name).words) | fillers() | NEVER | _disease_words()
    )


@cache
def _disease_words() -> frozenset[str]:
    phrases = [
        phrase
        for condition in vocabulary.conditions().values()
        for phrase in (*condition.synonyms, *condition.search_words, condition.name)
    ]
    return frozenset(word for phrase in phrases for word in fold(phrase).words)


@cache
def _by_sound() -> dict[str, str]:
    """Words a misspelt one may be meant for, by how they sound."""
    places = {word for city in cities().values() for word in fold(city.name).words}
    words = (
        word for word in sorted(_disease_words() | places) if len(word) >= SHORTEST and not word.isdigit()
    )
    return {_sound(word): word for word in words}


@lru_cache(maxsize=5_000)
def corrected(word: str, as_typed: str = "") -> str:
    """The folded word that this one is meant for, or the word itself.

    `as_typed` is tried too: folding takes the last letter of "lupas" for a plural.
    """
    if word in _known() or any(map(str.isdigit, word)):
        return word
    tries = (attempt for attempt in (word, as_typed) if SHORTEST <= len(attempt) <= LONGEST)
    return next(filter(None, map(_meant, tries)), word)


def _meant(word: str) -> str:
    """The known word that sounds the same or almost so, "" for none."""
    sound = _sound(word)
    if sound in _by_sound():
        return _by_sound()[sound]
    for found, similarity, _ in process.extract(
        sound, _by_sound().keys(), scorer=OSA.normalized_similarity, score_cutoff=LOOSE, limit=5
    ):
        begins = found[0] == sound[0]
        alike = len(sound) > SHORTEST and (found[-2:] == sound[-2:] or found[:4] == sound[:4])
        if begins and (similarity >= STRICT or alike):
            return _by_sound()[found]
    return ""
