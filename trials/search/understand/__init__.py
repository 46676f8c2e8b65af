"""What somebody typed into the search box: conditions, antigens, products, phases, a place, an id.

    understand("CAR T BCMA phase 2 Mumbai")

Lay words, Hindi, transliterated Hindi and misspellings are understood from the vocabulary; what is left
goes to full-text search. Pure: no database.
"""

import re
from dataclasses import dataclass, field
from itertools import repeat

from trials import registries, vocabulary
from trials.choices import Phase
from trials.search.understand.fillers import fillers
from trials.search.understand.letters import UNITS, abbreviations
from trials.search.understand.meanings import phrases
from trials.search.understand.organs import find_lone_organ, find_organs, is_cancer
from trials.search.understand.places import find_places
from trials.search.understand.spelling import corrected, correction, read
from trials.vocabulary.folding import Folded, fold

__all__ = ["Span", "Understood", "understand"]

LONGEST = 500  # characters read of a question; nobody asks longer
SAID_IN_SENTENCES = frozenset(
    {"in", "for", "of", "the", "to", "and", "me", "ka", "ki", "trial", "near", "with", "my"}
)
_STAGE = re.compile("(?:m|r|rr|nd|la|s|t)([A-Z][A-Za-z]+)")
_METASTASIS = re.compile(r"\bmet(?:s\b|asta)", re.I)
_NUMBER = r"(?:1|2|3|4|iv|iii|ii|i|one|two|three|four)[ab]?"
_PHASE = re.compile(
    rf"\b(early )?(?:phase|ph|phez|faze|चरण) ?({_NUMBER}(?: (?:and |or |to )?{_NUMBER}\b)?)(?![^\W_])"
)
_NUMBERS = {
    "1": "1",
    "i": "1",
    "one": "1",
    "2": "2",
    "ii": "2",
    "two": "2",
    "3": "3",
    "iii": "3",
    "three": "3",
}
_NUMBERS |= {"4": "4", "iv": "4", "four": "4"}

_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3}
_ORDINAL_PHASE = re.compile(rf"\b({'|'.join(_ORDINALS)}) phase\b(?! {_NUMBER}\b)")


@dataclass(frozen=True, slots=True)
class Span:
    """Words as typed and what they were taken for, so that a page can show it."""

    text: str
    kind: str  # conditions, targets, products, phases, city, state, registry_id, page
    values: tuple[str, ...]
    respelt: tuple[tuple[str, str], ...] = ()  # misspelt words, each with what it was read as


@dataclass(frozen=True, slots=True)
class Understood:
    """What a question means. `conditions` are alternatives: any of them answers it."""

    conditions: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()
    city: str = ""
    state: str = ""
    registry_id: str = ""
    page: str = ""
    """The address of a record's page, in the form of `trials.registries.find_page`, where it names no id."""
    rest: str = ""
    spans: tuple[Span, ...] = ()


@dataclass
class _Question:
    """A question being read: its words, and which of them are still free."""

    folded: Folded
    read: Folded
    """The same words, each in the form the phrases are written in."""
    free: list[bool]
    named: list[bool]
    """Which words are part of something understood."""
    forgiving: bool
    spans: list[tuple[int, Span]] = field(default_factory=list)
    """What is understood so far, each with its first word."""

    def take(self, first: int, last: int, kind: str, values: tuple[str, ...]) -> None:
        self.free[first:last] = [False] * (last - first)
        self.named[first:last] = [bool(values)] * (last - first)
        if values:
            span = Span(self.folded.written(first, last), kind, values, self._respelt(first, last))
            self.spans.append((first, span))

    def _respelt(self, first: int, last: int) -> tuple[tuple[str, str], ...]:
        words = ((self.folded.written(at, at + 1), self.folded.words[at]) for at in range(first, last))
        meant = ((typed, correction(word, typed.lower())) for typed, word in words if self.forgiving)
        return tuple((typed, right) for typed, right in meant if right)

    def values(self, kind: str) -> tuple[str, ...]:
        return tuple(
            dict.fromkeys(value for span in self.in_order() if span.kind == kind for value in span.values)
        )

    def in_order(self) -> tuple[Span, ...]:
        """What is understood, as it was typed."""
        return tuple(span for _, span in sorted(self.spans, key=lambda found: found[0]))

    def drop_superfluous(self) -> None:
        every = self.in_order()
        self.spans = [(first, span) for first, span in self.spans if not _superfluous(span, every)]


def understand(query: str, *, forgiving: bool = True) -> Understood:
    """What a question means; anything typed has an answer, the emptiest too.

    Not `forgiving`, it takes every word as typed: misspelt ones are left for full text.
    """
    text, id_span = _one_trial("".join(c if c.isprintable() else " " for c in query[:LONGEST]))
    if _shouts(text):
        text = text.lower()
    folded = fold(text)
    count = len(folded.words)
    words = _read(folded, forgiving)
    spans = [(-1, id_span)] if id_span else []
    question = _Question(folded, words, [True] * count, [False] * count, forgiving, spans)
    _take_phases(question)
    # Before the phrases, or "mouth of uterus cancer" would be read as cancer of the uterus.
    find_organs(question.read, question.free, question.named, question.take, fewest_words=2)
    _take_phrases(question)
    find_organs(question.read, question.free, question.named, question.take)
    question.drop_superfluous()
    find_places(question.folded, question.free, question.take, corrected if forgiving else str)
    if not question.values("conditions"):
        find_lone_organ(question.read, question.free, question.take)
    return Understood(
        conditions=question.values("conditions"),
        targets=question.values("targets"),
        products=question.values("products"),
        phases=question.values("phases"),
        city=next(iter(question.values("city")), ""),
        state=next(iter(question.values("state")), ""),
        registry_id=next(iter(question.values("registry_id")), ""),
        page=next(iter(question.values("page")), ""),
        rest=_rest(question),
        spans=question.in_order(),
    )


def _shouts(text: str) -> bool:
    """Whether capitals tell nothing, ALL is the word: "ALL TRIALS IN DELHI", not "FL POD24"."""
    words = set(text.lower().split())
    return text.isupper() and bool(
        words & SAID_IN_SENTENCES or any(len(word) > 4 for word in words & fillers())
    )


def _one_trial(text: str) -> tuple[str, Span | None]:
    """The text without the first registry id in it, and that id; of a page's address nothing else is left."""
    if page := registries.find_page(text):
        kind = "registry_id" if page.registry_id else "page"
        return "", Span(page.text, kind, (page.registry_id or page.url,))
    found = registries.find_id(text)
    if found is None:
        return text, None
    span = Span(text[found.start : found.end], "registry_id", (found.registry_id,))
    return text[: found.start] + " " + text[found.end :], span


def _take_phases(question: _Question) -> None:
    """ "Phase 1/2" is both; "stage 4" is no phase."""
    for match in _ORDINAL_PHASE.finditer(question.read.line):
        first = question.read.line[: match.start()].count(" ")
        question.take(first, first + 2, "phases", (Phase[f"PHASE{_ORDINALS[match[1]]}"].value,))
    for match in _PHASE.finditer(question.read.line):
        words = [word.rstrip("ab") for word in match[2].split()]
        numbers = [_NUMBERS[word] for word in words if word in _NUMBERS]
        phases = tuple(Phase[f"PHASE{number}"].value for number in numbers)
        first = question.read.line[: match.start()].count(" ")
        last = first + match[0].count(" ") + 1
        question.take(first, last, "phases", (Phase.EARLY_PHASE1.value,) if match[1] else phases)


def _read(folded: Folded, forgiving: bool) -> Folded:
    """Misspelt words as what they are meant for, Hindi as the vocabulary has it."""
    written = [folded.written(place, place + 1) for place in range(len(folded.words))]
    words = tuple(map(_read_word, folded.words, written, repeat(forgiving)))
    return Folded(folded.text, words, folded.spans)


def _read_word(word: str, as_typed: str, forgiving: bool) -> str:
    """One word; "mRCC" is RCC that is metastatic, "mets" are metastases and not the antigen MET."""
    if as_typed.lower() == "mets":
        return "metastasis"
    stage = _STAGE.fullmatch(as_typed)
    if stage and stage[1] in abbreviations():
        return stage[1].lower()
    return read(word, as_typed.lower(), forgiving=forgiving)


def _take_phrases(question: _Question) -> None:
    """Products, antigens and conditions."""
    for hit in phrases().find(question.read):
        measured = hit.first and question.folded.words[hit.first - 1].isdigit()
        if measured and question.folded.words[hit.first] in UNITS:
            continue
        if all(question.free[hit.first : hit.last]):
            question.take(hit.first, hit.last, hit.meaning.kind, hit.meaning.values)


def _superfluous(span: Span, spans: tuple[Span, ...]) -> bool:
    """Whether a wider name only repeats a narrower one: "FL lymphoma", "childhood brain tumour DIPG"."""
    if span.kind != "conditions":
        return False
    known = vocabulary.conditions()
    named = [
        slug for other in spans if other.kind == "conditions" and other is not span for slug in other.values
    ]
    if named and "digestive" in span.values and _METASTASIS.search(span.text):
        return True  # "melanoma, liver mets": where it went is not what it is
    return any(
        known[wider].umbrella and wider in vocabulary.wider(slug) for wider in span.values for slug in named
    )


def _says_nothing(question: _Question, at: int) -> bool:
    """Whether a word narrows nothing: a filler, a small number, cancer, the "ca" of "ca breast"."""
    word, as_read = question.folded.words[at], question.read.words[at]
    if word == "ca":
        return any(question.named[max(at - 1, 0) : at + 2])
    short = (word.isdigit() and len(word) < 4) or len(word) == 1
    return short or word in fillers() or as_read in fillers() or is_cancer(as_read)


def _rest(question: _Question) -> str:
    """The words nobody understood, as typed, fillers and bare numbers left out."""
    left = [
        question.folded.written(at, at + 1)
        for at, free in enumerate(question.free)
        if free and not _says_nothing(question, at)
    ]
    return " ".join(left)
