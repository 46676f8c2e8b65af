"""Who runs a trial: "Dr Asha Rao" is an investigator, the name of a developer of CAR T is a sponsor."""

import re
from functools import cache

from trials import vocabulary
from trials.search.understand.fillers import fillers
from trials.search.understand.ordinary import ordinary
from trials.search.understand.question import Question
from trials.search.understand.words import disease_words, hospital_words, place_words, popular_places
from trials.vocabulary.folding import fold
from trials.vocabulary.phrases import Phrases

TITLES = frozenset(fold("dr prof professor pi डॉ डा doctor investigator").words)
TITLED_SHORT = frozenset({"dr", "prof", "pi"})
"""Titles that a place does not follow: "doctor Karnal" looks for one there."""
LONGEST_NAME = 3  # words
_PARTS = re.compile(r"\s*(?:[/;,()]|\blicensed\b.*|\band\b)\s*")
_OTHER_WORDS = frozenset(
    fold(
        """
        fate legend precision juno beam cargo century galaxy caribou march vector mustang kite eureka sonoma
        luminary medicine biosciences therapeutics university site planned network funded
        """
    ).words
)
"""Developers whose one word means something else."""
_FORMS = re.compile(
    r"\b(?:inc|ltd|limited|pvt|co|bio|biotech|therapeutics|medicine|oncology|biomedicine)\b\.?", re.I
)


def find_investigator(question: Question) -> None:
    """Take the free words behind a title as a name: three at most, none of them another word."""
    words = question.folded.words
    for at, title in enumerate(words):
        if title not in TITLES or not question.free[at]:
            continue
        last = _after_initials(question, at + 1)
        if _is_first_name(question, last):
            last += 1
        while last < min(len(words), at + 1 + LONGEST_NAME) and _may_be_name(question, last):
            last += 1
        if last > at + 1:
            question.take(at, last, "investigator", (question.folded.written(at + 1, last),))
            return


def _after_initials(question: Question, at: int) -> int:
    """Behind the initials that a short title and a name stand around: "Dr H. K. Jain", not "dr i need"."""
    words, last = question.folded.words, at
    while last < len(words) and len(words[last]) == 1 and words[last].isalpha() and question.free[last]:
        last += 1
    has_name = last < len(words) and (_may_be_name(question, last) or _is_first_name(question, last, at - 1))
    return last if words[at - 1] in TITLED_SHORT and has_name else at


def _is_first_name(question: Question, at: int, title: int | None = None) -> bool:
    """Whether the word behind a title is a name that is a town too, "Dr Puri", or looks like a disease."""
    if at >= len(question.folded.words) or not question.free[at]:
        return False
    word = question.folded.words[at]
    town = word in place_words() and word not in popular_places()
    return town and question.folded.words[at - 1 if title is None else title] in TITLED_SHORT


def _may_be_name(question: Question, at: int) -> bool:
    word = question.folded.words[at]
    if not question.free[at] or word in _no_names() or any(map(str.isdigit, word)):
        return False
    meant = question.read.words[at]
    return meant == word or meant not in disease_words() or question.folded.written(at, at + 1).istitle()


@cache
def _known_words() -> frozenset[str]:
    return fillers() | ordinary() | disease_words() | place_words()


@cache
def _no_names() -> frozenset[str]:
    return _known_words() | hospital_words()


def find_sponsor(question: Question) -> None:
    """Take the first developer named."""
    for hit in _sponsors().find(question.folded):
        if all(question.free[hit.first : hit.last]):
            question.take(hit.first, hit.last, "sponsor", (hit.meaning,))
            return


@cache
def _sponsors() -> Phrases[str]:
    """Developers by their name, and by it without what kind of company they are."""
    return Phrases(
        (written, name)
        for product in vocabulary.products().values()
        if product.is_car_t
        for name in filter(None, _PARTS.split(product.developer))
        for written in (name, _FORMS.sub("", name).strip())
        if len(written) > 2 and fold(written).words[0] not in TITLES and not _is_other_word(written)
    )


def _is_other_word(name: str) -> bool:
    words = fold(name).words
    return all(word in _known_words() | _OTHER_WORDS for word in words)
