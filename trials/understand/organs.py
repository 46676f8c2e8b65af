"""Cancers named by their place: "cancer in my father's lungs", फेफड़ों में कैंसर, "pet ka cancer".

An organ alone is no disease ("blood test"): it counts beside a word for cancer, with nothing between the
two but words that narrow nothing, or where it is all there is to a question.
"""

from collections.abc import Callable
from functools import cache

from trials.understand.fillers import fillers
from trials.understand.meanings import as_read
from trials.understand.spelling import POSSESSIVE
from trials.vocabulary.asking import organs
from trials.vocabulary.folding import Folded, fold
from trials.vocabulary.phrases import Hit, Phrases

CANCER = frozenset(
    fold(
        """
        cancer tumor carcinoma malignancy malignant neoplasm growth lump mass sarcoma ganth gaanth गांठ गाठ
        """
    ).words
)
PARTING = frozenset("spread to from after and or not without metastatic".split())
"""Fillers that tell one thing from the next: "breast cancer spread to brain"."""
Take = Callable[[int, int, str, tuple[str, ...]], None]


def is_cancer(word: str) -> bool:
    """Whether a word as read is one for cancer, in any language families write to us."""
    return word in CANCER


def find_organs(
    read: Folded, free: list[bool], named: list[bool], take: Take, *, fewest_words: int = 1
) -> None:
    """Take every organ that has a cancer, and the only organ of a question that says nothing else.

    `named` tells the words that belong to a disease found already: its cancer is not the organ's.
    """
    words = tuple("" if taken else word for word, taken in zip(read.words, named, strict=True))
    for hit in _organs().find(read):
        if not all(free[hit.first : hit.last]) or hit.last - hit.first < fewest_words:
            continue
        if _has_cancer(hit, words) or _says_nothing_else(hit, words):
            take(hit.first, hit.last, "conditions", hit.meaning)


def _has_cancer(hit: Hit[tuple[str, ...]], words: tuple[str, ...]) -> bool:
    """Whether only fillers part the organ from a word for cancer. Hindi names come before it."""
    if _until_cancer(words[hit.last :]):
        return True
    in_hindi = " ".join(words[hit.first : hit.last]) not in _english()
    joined = words[hit.last : hit.last + 1] == (POSSESSIVE,)
    return _until_cancer(words[: hit.first][::-1]) and (joined or not in_hindi)


def _until_cancer(words: tuple[str, ...]) -> bool:
    for word in words:
        if is_cancer(word) or word in PARTING or not _narrows_nothing(word):
            return is_cancer(word)
    return False


def _says_nothing_else(hit: Hit[tuple[str, ...]], words: tuple[str, ...]) -> bool:
    in_english = " ".join(words[hit.first : hit.last]) in _english()
    return in_english and all(map(_narrows_nothing, words[: hit.first] + words[hit.last :]))


def _narrows_nothing(word: str) -> bool:
    return word in fillers() or word == POSSESSIVE


@cache
def _organs() -> Phrases[tuple[str, ...]]:
    return Phrases(
        (as_read(name), organ.conditions) for organ in organs() for name in (*organ.english, *organ.hindi)
    )


@cache
def _english() -> frozenset[str]:
    return frozenset(as_read(name) for organ in organs() for name in organ.english)
