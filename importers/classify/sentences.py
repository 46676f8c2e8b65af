"""Text in sentences, and in which sense a sentence names something: denied, compared, earlier, conditional.

Every axis reads text through this module, so that no pattern runs over a full stop or a line end.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from importers.classify.patterns import Pattern
from trials.vocabulary.folding import Folded, Spans, fold, folded_words, is_plain, word_of

BREAK = "."
"""The word that stands for a sentence's end in folded text: no pattern and no phrase holds it."""

_STOP = r"(?<=[.!?])[.!?]*[\"'”’)\]]*(?=\s)|(?<=[a-z)\]][a-z)\]][.!?])(?=[A-Z][a-z])"
_LINE_END = r"(?<=[\r\n\u2028\u2029])[\r\n\u2028\u2029]*"
_END = re.compile(
    rf"[.!?。！？\s](?:{_LINE_END}|(?<=\s)(?=[•●▪◦■]\s)|{_STOP}|(?<=[。！？])[。！？]*)",
)
_END_IN_ASCII = re.compile(rf"[.!?\r\n](?:{_STOP}|{_LINE_END})")
"""Where a sentence may end. "1.5", "CLDN18.2" and "MB-CART19.1" have no space after the stop.

Each begins with the letters it can begin with: `re` then looks at no other place of a text.
"""
_ABBREVIATED = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|cf|ca|approx|no|nos|incl|resp|dr|prof|mr|mrs|ms|st|co|inc|ltd|fig|al|ref|vol)"
    r"|\b[A-Z]|\.[a-z])$",
    re.IGNORECASE,
)
_LONGEST_ABBREVIATION = 12
_PIECES = re.compile(r"[\x00-\x7f]+(?![\u0300-\u036f])|.[\u0300-\u036f]*", re.DOTALL)
"""ASCII, which is normal, or a character with the accents that follow it, which may be put together."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence or line, from character `start` up to, not including, `end` of the text it stands in."""

    start: int
    end: int
    text: str


def sentences(text: str) -> Iterator[Sentence]:
    """Every sentence and line of a text in order, without the white space around it. Linear in the text."""
    start = 0
    for match in _end(text).finditer(text):
        if match[0][0] in ".!?" and _is_abbreviation(text, match):
            continue
        yield from _sentence(text, start, match.end())
        start = match.end()
    yield from _sentence(text, start, len(text))


def _end(text: str) -> re.Pattern[str]:
    return _END_IN_ASCII if text.isascii() else _END


def _is_abbreviation(text: str, stop: re.Match[str]) -> bool:
    """Whether the full stop belongs to the word before it: "e.g. CAR-T", "vs. placebo", "Dr. X"."""
    if stop[0] != ".":
        return False
    before = text[max(0, stop.start() - _LONGEST_ABBREVIATION) : stop.start()]
    if not (found := _ABBREVIATED.search(before)):
        return False
    following = text[stop.end() : stop.end() + 2].lstrip()[:1]
    return found[0].lower() not in {"etc", "al", "no"} or not following.isupper()


def _sentence(text: str, start: int, end: int) -> Iterator[Sentence]:
    part = text[start:end]
    if stripped := part.strip():
        start += len(part) - len(part.lstrip())
        yield Sentence(start, start + len(stripped), stripped)


@dataclass(frozen=True, slots=True)
class _Part:
    """A sentence with the places of its words in it."""

    sentence: Sentence
    words: list[str]
    spans: Spans


class _Places(Spans):
    """Where each word of a text in sentences stands in the text as the registry wrote it."""

    def __init__(self, parts: list[_Part], places: list[int] | None) -> None:
        self._parts = parts
        self._places = places

    @cached_property
    def _firsts(self) -> list[int]:
        return [0, *accumulate(len(part.words) + 1 for part in self._parts)]

    def __getitem__(self, place: int) -> tuple[int, int]:
        number = bisect_right(self._firsts, place) - 1
        part, within = self._parts[number], place - self._firsts[number]
        sentence = part.sentence
        if within == len(part.words):  # the break itself
            return self._written(sentence.end, sentence.end)
        start, end = part.spans[within]
        return self._written(sentence.start + start, sentence.start + end)

    def _written(self, start: int, end: int) -> tuple[int, int]:
        if self._places is None:
            return start, end
        return self._places[start], self._places[end]


def fold_sentences(text: str) -> Folded:
    """Fold a text sentence by sentence, with `BREAK` between them; quotations are the text as it stands."""
    normal, places = _normalised(text)
    if places is None and not _end(text).search(text):
        return fold(text)  # most fields are one line
    plain = is_plain(normal)  # then each sentence is
    parts = [_folded(sentence, plain=plain or is_plain(sentence.text)) for sentence in sentences(normal)]
    words = [word for part in parts for word in (*part.words, BREAK)]
    return Folded(text, tuple(words[:-1]), _Places(parts, places))


def _folded(sentence: Sentence, *, plain: bool) -> _Part:
    word = word_of(plain=plain)
    return _Part(sentence, folded_words(sentence.text, word), Spans(sentence.text, word))


def _normalised(text: str) -> tuple[str, list[int] | None]:
    """The text with full-width letters and ligatures in plain form, and where each character stood."""
    if text.isascii() or unicodedata.is_normalized("NFKC", text):
        return text, None
    pieces, places = list[str](), list[int]()
    for match in _PIECES.finditer(text):
        piece, start = match[0], match.start()
        if piece.isascii():
            pieces.append(piece)
            places += range(start, match.end())
        else:
            piece = unicodedata.normalize("NFKC", piece)
            pieces.append(piece)
            places += [start] * len(piece)
    return "".join(pieces), [*places, len(text)]


_NOT = (
    r"(?:no|not|non|without|never|neither|nor|cannot|isn t|doesn t|rather than|instead of|other than|except)"
)
_NEGATED_BEFORE = Pattern(rf"\b{_NOT}(?: (?!but\b|only\b)\w+){{0,4}} ?$")
_COMPARED_BEFORE = Pattern(
    r"\b(?:than|compared (?:with|to)|comparison (?:with|to)|in contrast to|contrary to|unlike|versus"
    r"|superior to"
    r"|inferior to|similar to|alternative to|as opposed to)(?: \w+){0,3} ?$"
)
_EARLIER_BEFORE = Pattern(
    r"\b(?:after|post|prior|previous|previously|following|failed|failing|failure of|refractory to|exposed to"
    r"|have received|has received|had received|who received|already received|already (?:been )?(?:given"
    r"|treated)"
    r"|(?:relaps|progress|recur)\w* (?:after|from|following|on)|treated (?:earlier )?with)(?: \w+){0,4} ?$"
)
_IF_BEFORE = Pattern(
    r"\b(?:(?<!see )(?<!out )(?<!learn )(?<!know )(?<!test )(?<!determine )if|unless|in case of"
    r"|in the event of|provided that)(?: [^.]\w*){0,12} ?$"
)
_WINDOW = 120
"""Characters before a match that are looked at."""


def _before(line: str, start: int) -> str:
    """What stands before a match in its own sentence, as far as it matters."""
    return line[max(0, start - _WINDOW) : start].rpartition(f" {BREAK} ")[2]


def is_negated(line: str, start: int) -> bool:
    """Whether the sentence denies what begins at `start` of a folded line ("no CAR-T cells are given")."""
    return bool(_NEGATED_BEFORE.search(_before(line, start)))


def is_compared(line: str, start: int) -> bool:
    """Whether it is named only to be compared with ("fewer reactions than CAR-T cells")."""
    return bool(_COMPARED_BEFORE.search(_before(line, start)))


def is_earlier(line: str, start: int) -> bool:
    """Whether it is what people had before the study ("previously treated with CAR-T")."""
    return bool(_EARLIER_BEFORE.search(_before(line, start)))


def is_conditional(line: str, start: int) -> bool:
    """Whether it holds only under a condition ("if CAR-T cells are given")."""
    return bool(_IF_BEFORE.search(_before(line, start)))


_LONGEST = 600
"""Characters of a sentence that are read on either side of a place: hostile text must not cost time."""


def sentence_at(line: str, position: int) -> str:
    """The sentence of a folded line that holds a position."""
    opens, closes = max(0, position - _LONGEST), position + _LONGEST
    first = line.rfind(f" {BREAK} ", opens, position)
    last = line.find(f" {BREAK} ", position, closes)
    return line[first + 3 if first >= 0 else opens : last if last >= 0 else closes]
