"""Text as the vocabulary compares it: one spelling for every way of writing a word.

Folding keeps what carries meaning (Greek letters, digits, Devanagari vowel signs) and drops what does
not (case, accents, hyphens, brackets, plural and possessive s, British spelling). Every folded word
remembers where it stood, so that evidence quotes the registry's own words.
"""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import accumulate

_GLUED = "|".join(
    (
        r"anti(?=[A-Z])|α(?=[A-Z])",
        r"CD\d+[a-e]?(?=[x×]?CD\d|[x×]\d|CAR|BCMA)|(?<=\d)[x×](?=\d|CD)",
        r"CAR\d+(?=BCMA|CD)",
        r"[A-Za-z]*[a-z]{5}(?=[A-Z][a-z]{2})",
    )
)
"""Words that records write without a gap: antiCD19, αCD19, CD19xCD22, CD19x22, CD19CAR, SubjectsNon."""
_POSITIVE = r"(?<=[0-9A-Za-z])[+＋](?![0-9A-Za-z])"
_MARKS = "".join(chr(at) for at in range(0x0900, 0x0E00) if unicodedata.category(chr(at)) in ("Mc", "Mn"))
"""Vowel signs and their like of every script of India: they part no word."""
_LETTERS = rf"[^\W_]+(?:[{_MARKS}\u200c\u200d]+[^\W_]*)*"
_WORD = re.compile(rf"{_GLUED}|{_POSITIVE}|{_LETTERS}(?:['’]s(?!\w))?")
_NOT_PLAIN = re.compile(
    r"anti[A-Z]|CD\d+[a-e]?(?:x|CD|CAR|BCMA)|x(?<=\dx)(?:\d|CD)|CAR\d+(?:BCMA|CD)"
    r"|[A-Z](?<=[a-z]{5}[A-Z])[a-z]{2}|\+|'s"
)
"""What in an ASCII text may keep its words from being just the runs of letters and digits."""
_PLAIN_WORD = re.compile("[0-9A-Za-z]+")
"""A word as `_WORD` finds it, where nothing of the kind occurs: most texts, and much quicker."""
_ACCENTS = dict.fromkeys(range(0x0300, 0x0370))
_DEVANAGARI = str.maketrans({"ँ": "ं", "ी": "ि", "ू": "ु", "़": None, "\u200c": None, "\u200d": None})
_NASAL = re.compile("[ङञणनम]्(?=[क-ह])")
"""Hindi writes a nasal before a consonant with a letter or with a dot: लिम्फोमा, लिंफोमा."""
_EXACT = {"+": "positive", "cART": "antiretroviral", "HAART": "antiretroviral"}
"""Read apart: CD19+ is CD19 positive; cART, unlike CART, is combined antiretroviral therapy."""
_SPELLING = (
    ("aemi", "emi"),
    ("haem", "hem"),
    ("asthaen", "asthen"),
    ("tumour", "tumor"),
    ("oesoph", "esoph"),
    ("paed", "ped"),
    ("gynaec", "gynec"),
    ("sulph", "sulf"),
    ("mould", "mold"),
)
_KEEP_S = re.compile(r"(?:ss|us|is)$|^\w{1,3}$|\d")


@lru_cache(maxsize=50_000)
def fold_word(word: str) -> str:
    """One word in its folded form; `Leukaemias` and `leukemia's` are the same."""
    word = word.removesuffix("'s").removesuffix("’s")
    if word in _EXACT:
        return _EXACT[word]
    folded = word.lower() if word.isascii() else _without_accents(word)
    for british, american in _SPELLING:
        folded = folded.replace(british, american)
    return _singular(folded)


def _without_accents(word: str) -> str:
    folded = unicodedata.normalize("NFKD", word).translate(_ACCENTS).lower().translate(_DEVANAGARI)
    return _NASAL.sub("ं", folded)


def _singular(word: str) -> str:
    if word.endswith("metastases"):
        return word[:-2] + "is"
    if not word.isascii() or not word.endswith("s") or _KEEP_S.search(word):
        return word
    return word[:-3] + "y" if word.endswith("ies") else word[:-1]


class Spans:
    """Where each word of a text stands. Looked up on first use: few texts are ever quoted."""

    def __init__(self, text: str, word: re.Pattern[str]) -> None:
        self._text = text
        self._word = word

    def __getitem__(self, place: int) -> tuple[int, int]:
        return self._found[place]

    @cached_property
    def _found(self) -> list[tuple[int, int]]:
        return [match.span() for match in self._word.finditer(self._text)]


@dataclass(frozen=True)
class Folded:
    """A text, its folded words, and where each stood in the text."""

    text: str
    words: tuple[str, ...]
    spans: Spans = field(compare=False)
    line: str = field(init=False, compare=False)
    """The folded words with one space between, for regular expressions."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "line", " ".join(self.words))

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *accumulate(len(word) + 1 for word in self.words)]

    def written(self, first: int, last: int) -> str:
        """The text as written from word `first` up to, not including, word `last`."""
        return self.text[self.spans[first][0] : self.spans[last - 1][1]]

    def quote(self, match: re.Match[str]) -> str:
        """The text as written of what a regular expression found in `line`."""
        first = bisect_right(self._starts, match.start()) - 1
        last = bisect_right(self._starts, max(match.start(), match.end() - 1))
        return self.quoted(first, last)

    def quoted(self, first: int, last: int) -> str:
        """The same as `written`, to the ends of its words: of "CD19CAR" no part is quoted."""
        start, end = self.spans[first][0], self.spans[last - 1][1]
        while _is_within_a_word(self.text, start):
            start -= 1
        while _is_within_a_word(self.text, end):
            end += 1
        return self.text[start:end]


def _is_within_a_word(text: str, place: int) -> bool:
    """Whether a Latin word goes on at a place; Chinese and Japanese have no spaces between words."""
    around = text[max(0, place - 1) : place + 1]
    return len(around) == 2 and around.isascii() and around.isalnum()


def fold(text: str) -> Folded:
    """Fold a text. NFKC first, so that full-width letters and ligatures are read as their plain form."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    word = word_of(plain=is_plain(text))
    return Folded(text, tuple(folded_words(text, word)), Spans(text, word))


def is_plain(text: str) -> bool:
    """Whether the words of a text are just its runs of letters and digits."""
    return text.isascii() and not _NOT_PLAIN.search(text)


def word_of(*, plain: bool) -> re.Pattern[str]:
    """What finds the words of a text in its normal form."""
    return _PLAIN_WORD if plain else _WORD


def folded_words(text: str, word: re.Pattern[str]) -> list[str]:
    """The folded words of a text in its normal form."""
    return list(map(fold_word, word.findall(text)))


def fold_in_place(text: str) -> Folded:
    """Fold a text whose words keep their places: what is found can be cut out of the text as it stands."""
    return Folded(text, tuple(map(fold_word, _WORD.findall(text))), Spans(text, _WORD))
