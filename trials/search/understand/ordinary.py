"""Ordinary words that look like a misspelt disease or city, and are not: "color" is not colon.

A rule of letters cannot distinguish "brian" from "brain" or पूरी from पुरी: these are words that people know.
"""

from functools import cache

from trials.vocabulary.asking import ordinary_words
from trials.vocabulary.folding import fold

_IN_SMALL_LETTERS = """
met fra ley vor malt cup cups proc sar lem nec una aid grave poem fat gut hb ppm gb bids
"""
IN_SMALL_LETTERS = frozenset(_IN_SMALL_LETTERS.split())
"""Words that are the name of a disease or an antigen only in capitals, with more words, or in the plural."""
ABROAD = """
pakistan sindh bangladesh nepal bhutan srilanka lanka china thailand singapore malaysia indonesia dubai uae
qatar oman kuwait saudi israel turkey iran iraq usa us america uk england britain london scotland ireland
germany france italy spain australia canada mexico brazil africa russia japan korea oregon massachusetts
virginia california texas ohio carolina florida illinois georgia alabama पाकिस्तान नेपाल बांग्लादेश अमेरिका
"""
"""Places behind a city that is not the Indian one: "Hyderabad Pakistan", "Salem Oregon"."""


@cache
def _abroad() -> frozenset[str]:
    return frozenset(fold(ABROAD).words)


def is_abroad(word: str) -> bool:
    """Whether a folded word is a country, or a state, that is not India's."""
    return word in _abroad()


@cache
def ordinary() -> frozenset[str]:
    """Every such word, folded."""
    return frozenset(fold(" ".join(ordinary_words())).words)
