"""The prose of a registry's record, field by field, and single sentences of it, quoted as written. Pure."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from trials.record import StoredRecord

NARRATIVE = ("arms", "interventions", "description", "summary")
"""Fields that tell what is done with people."""
CRITERIA = ("inclusion", "exclusion", "eligibility")
OUTCOMES = ("outcomes",)
LONGEST = 420
"""Characters of a quote; a longer sentence is cut around the words that matter."""

_STOP = re.compile(r"\n|[。；！？]|[.!?;](?=\s+[\W\d]*[A-Z]|\s*$)|(?<=[a-z)])\.(?=[A-Z][a-z])")
_PARAGRAPH = re.compile(r"\n\s*\n(?=\S)")
_LINE = re.compile(r"\n(?=\S)")
_NO_STOP = re.compile(r"(?:\b(?:e\.g|i\.e|vs|approx|incl|Dr|Prof|No|St|Fig)|\b[A-Z])\.$")
_MARK = re.compile(r"^(?:[\s*•·●▪◦#>\\-]+|\(?\d{1,2}[.)]\s+|\(?[a-z]\)\s+)+")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!<>~^|&-])")


class RecordText(NamedTuple):
    """One text of a record. `source` says whose record, where a trial has several."""

    field: str
    text: str
    source: str = ""


class Quote(NamedTuple):
    """A sentence as the registry has it, and the field it stands in."""

    field: str
    text: str
    source: str = ""


def passages(record: StoredRecord) -> list[RecordText]:
    """Every text of a record that may tell what happens to people. Criteria that are parted are read so."""
    return [RecordText(field, text, record.registry_id) for field, text in _texts(record) if text]


def _texts(record: StoredRecord) -> Iterator[tuple[str, str]]:
    for arm in record.arms:
        yield "arms", _joined(arm.label, arm.description)
    for given in record.interventions:
        yield "interventions", _joined(given.name, given.description)
    yield "description", record.description
    yield "summary", record.summary
    for outcome in record.outcomes:
        when = outcome.time_frame
        yield "outcomes", f"{outcome.measure} ({when})" if when else outcome.measure
    yield "inclusion", record.inclusion
    yield "exclusion", record.exclusion
    if not record.has_divided_criteria:
        yield "eligibility", record.eligibility


def _joined(name: str, description: str) -> str:
    return f"{name}: {description}" if description else name


def of_fields(texts: Sequence[RecordText], fields: Sequence[str]) -> Iterator[RecordText]:
    """Passages of these fields, in the order of `fields`."""
    for field in fields:
        yield from (text for text in texts if text.field == field)


def sentences(passage: RecordText, words: re.Pattern[str]) -> Iterator[tuple[str, int]]:
    """Each sentence in which `words` stand, and where in it they begin."""
    quoted_to = -1
    for match in words.finditer(passage.text):
        if match.start() < quoted_to:
            continue
        begin, end = _bounds(passage.text, match.start(), match.end())
        quoted_to = end
        yield passage.text[begin:end], match.start() - begin


def quote(passage: RecordText, sentence: str, at: int = 0) -> Quote:
    """The sentence without its list mark, cut to `LONGEST` around `at`."""
    if len(sentence) > LONGEST:
        sentence = _cut(sentence, at)
    return Quote(passage.field, plain(sentence), passage.source)


def plain(text: str) -> str:
    """Registry text on one line: without list mark and without the backslashes of its markdown."""
    return _ESCAPE.sub(r"\1", " ".join(_MARK.sub("", text).split()))


def unescaped(text: str) -> str:
    """Registry text without the backslashes of its markdown; a ">" at its beginning means "more than"."""
    return _ESCAPE.sub(r"\1", text)


def _bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence around `start:end` begins and ends."""
    begin = 0
    for stop in _STOP.finditer(text, max(0, start - 2000), start):
        if not _NO_STOP.search(text, max(0, stop.end() - 8), stop.end()):
            begin = stop.end()
    for stop in _STOP.finditer(text, end):
        if not _NO_STOP.search(text, max(0, stop.end() - 8), stop.end()):
            return begin, stop.end()
    return begin, len(text)


def _cut(sentence: str, at: int) -> str:
    """Whole words around `at`, with dots where something is left out."""
    begin = 0 if at < LONGEST * 2 // 3 else sentence.rfind(" ", 0, at - LONGEST // 3) + 1
    end = begin + LONGEST
    if end < len(sentence):
        end = max(sentence.rfind(" ", begin, end), at + 1)
    return ("… " if begin else "") + sentence[begin:end].strip() + (" …" if end < len(sentence) else "")


def opening(text: str, length: int = 700) -> tuple[str, str]:
    """The beginning of a long text, about `length` characters, and the rest; no point of a list is cut.

    Short texts, and those that offer no good place, stay whole.
    """
    if len(text) <= length * 2:
        return text, ""
    for place in (_PARAGRAPH, _LINE, _STOP):
        ends = [found.end() for found in place.finditer(text, length // 3, length * 3 // 2)]
        if ends:
            cut = min(ends, key=lambda end: abs(end - length))
            return text[:cut].rstrip(), text[cut:].lstrip("\n")
    return text, ""
