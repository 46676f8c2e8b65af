"""A question while it is read, and what it means in the end."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from trials.search.understand.spelling import corrected, correction
from trials.search.understand.words import right_words
from trials.vocabulary.folding import Folded


@dataclass(frozen=True, slots=True)
class Span:
    """Words as typed and what they were taken for, so that a page can show it."""

    text: str
    kind: str  # the name of a field of `Understood`, or age_group, within, recruiting
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
    age: float | None = None
    """Years; 0.5 is six months."""
    age_group: str = ""
    """child or adult, where no age is given"""
    sex: str = ""
    """male or female"""
    near: str = ""
    """A PIN or a city to be near to. A city is also the `city`."""
    within: int | None = None
    """Kilometres from `near`."""
    recruiting: str = ""
    """india or anywhere"""
    lines: int | None = None
    """Lines of treatment had."""
    prior_car_t: bool | None = None
    investigator: str = ""
    sponsor: str = ""
    unused: tuple[str, ...] = ()
    """Words with a meaning that no filter can use, as typed and in their order."""
    rest: str = ""
    """Words for full-text search."""
    spans: tuple[Span, ...] = ()


_PLACE = ("city", "state", "near", "within", "recruiting")
FIRST_COUNTS = frozenset((*_PLACE, "registry_id", "page", "age", "lines", "investigator", "sponsor"))
"""Kinds of which a question has one value: the first."""
ALL_AGREE = ("age_group", "sex", "prior_car_t")
"""Kinds of which several different values count as none."""


@dataclass
class Question:
    """A question being read: its words, and which of them are still free."""

    folded: Folded
    read: Folded
    """The same words, each in the form the phrases are written in."""
    free: list[bool]
    named: list[bool]
    """Which words are part of something understood."""
    correctable: frozenset[str]
    """Unknown words that may be misspelt; none where words are to be taken as typed."""
    meant: Mapping[int, str] = field(default_factory=dict)
    """Misspelt words that are read as their neighbours expect, by their place."""
    spans: list[tuple[int, Span]] = field(default_factory=list)
    """What is understood so far, each with its first word."""
    meaningful: set[int] = field(default_factory=set)
    """Places of the words that mean something."""

    def take(self, first: int, last: int, kind: str, values: tuple[str, ...]) -> None:
        self.free[first:last] = [False] * (last - first)
        self.named[first:last] = [bool(values) and kind != "unused"] * (last - first)
        if values:
            self.also(first, last, kind, values)

    def also(self, first: int, last: int, kind: str, values: tuple[str, ...]) -> None:
        """Words that mean this beside what they are taken for."""
        self.meaningful.update(range(first, last))
        span = Span(self.folded.written(first, last), kind, values, self._respelt(first, last))
        self.spans.append((first, span))

    def leave_unnamed(self, first: int, last: int) -> None:
        """Let words that are understood be read with those beside them too."""
        self.named[first:last] = [False] * (last - first)

    def set_aside(self, first: int, last: int) -> None:
        """Take words that no filter can use."""
        self.take(first, last, "unused", (self.folded.written(first, last),))

    def set_aside_second_values(self) -> None:
        """Name as not used every further value of a kind that takes one: another age, both sexes."""
        used = {kind: self.values(kind)[:1] for kind in FIRST_COUNTS}
        used |= {kind: values for kind in ALL_AGREE if len(values := self.values(kind)) == 1}
        for number, (first, span) in enumerate(self.spans):
            if span.kind in (*FIRST_COUNTS, *ALL_AGREE) and not set(span.values) <= set(
                used.get(span.kind, ())
            ):
                self.spans[number] = (first, Span(span.text, "unused", (span.text,)))

    def _respelt(self, first: int, last: int) -> tuple[tuple[str, str], ...]:
        words = ((at, self.folded.written(at, at + 1)) for at in range(first, last))
        meant = (
            (typed, self.meant.get(at) or self._correction(self.folded.words[at], typed))
            for at, typed in words
        )
        return tuple((typed, right) for typed, right in meant if right)

    def is_unknown(self, at: int) -> bool:
        """Whether a word is in none of the lists, as typed."""
        return self.folded.words[at] not in right_words()

    def is_respelt(self, first: int, last: int) -> bool:
        """Whether one of these words was read as another one that it may be meant for."""
        return bool(self._respelt(first, last))

    def read_of_free(self) -> Folded:
        """The words as read, those taken left blank: "no prior CAR T lymphoma" names no T lymphoma."""
        words = (word if free else "" for word, free in zip(self.read.words, self.free, strict=True))
        return Folded(self.read.text, tuple(words), self.read.spans)

    def _correction(self, word: str, typed: str) -> str:
        return correction(word, typed.lower()) if word in self.correctable else ""

    def spell(self, word: str) -> str:
        """A word as it is meant."""
        return corrected(word) if word in self.correctable else word

    def values(self, kind: str) -> tuple[str, ...]:
        return tuple(
            dict.fromkeys(value for span in self.in_order() if span.kind == kind for value in span.values)
        )

    def in_order(self) -> tuple[Span, ...]:
        """What is understood, as it was typed."""
        return tuple(span for _, span in sorted(self.spans, key=lambda found: found[0]))

    def first(self, kind: str) -> str:
        """The first value of a kind, "" for none."""
        return next(iter(self.values(kind)), "")
