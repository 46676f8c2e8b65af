"""Find many phrases in a text in one pass: a trie of folded words, leftmost and longest first.

Longest first is what keeps `non-Hodgkin lymphoma` from being read as Hodgkin lymphoma: the longer
phrase consumes the shorter one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from trials.vocabulary.folding import Folded, fold

Meaning = TypeVar("Meaning")


@dataclass(frozen=True)
class Hit(Generic[Meaning]):
    """A phrase found: what it means and which words of the text it covers, `last` not included."""

    meaning: Meaning
    first: int
    last: int


@dataclass
class _Node(Generic[Meaning]):
    following: dict[str, "_Node[Meaning]"] = field(default_factory=dict)
    meaning: Meaning | None = None  # of the phrase that ends here, however it is written
    written: dict[str, Meaning] = field(default_factory=dict)  # of one that must be written so


class Phrases(Generic[Meaning]):
    """A set of phrases to look for. The first meaning given to a phrase stays."""

    def __init__(
        self, phrases: Iterable[tuple[str, Meaning]], exact: Iterable[tuple[str, Meaning]] = ()
    ) -> None:
        self._root: _Node[Meaning] = _Node()
        self._most_words = 0
        for phrase, meaning in phrases:
            node = self._node(phrase)
            node.meaning = node.meaning or meaning
        for phrase, meaning in exact:
            self._node(phrase).written.setdefault(_letters(phrase), meaning)

    def _node(self, phrase: str) -> _Node[Meaning]:
        node, words = self._root, fold(phrase).words
        self._most_words = max(self._most_words, len(words))
        for word in words:
            node = node.following.setdefault(word, _Node())
        return node

    def find(self, folded: Folded) -> list[Hit[Meaning]]:
        """Phrases in order, none overlapping another."""
        words, openings = folded.words, self._root.following
        if openings.keys().isdisjoint(words):
            return []
        hits: list[Hit[Meaning]] = []
        free_from = 0
        for position, word in enumerate(words):
            if word in openings and position >= free_from and (hit := self._longest(folded, position)):
                hits.append(hit)
                free_from = hit.last
        return hits

    def _longest(self, folded: Folded, first: int) -> Hit[Meaning] | None:
        node, longest = self._root, None
        for last, word in enumerate(folded.words[first : first + self._most_words], first + 1):
            if word not in node.following:
                break
            node = node.following[word]
            meaning = node.meaning
            if node.written:
                meaning = node.written.get(_letters(folded.written(first, last)), meaning)
            if meaning is not None:
                longest = Hit(meaning, first, last)
        return longest


def _letters(text: str) -> str:
    """What must agree for an abbreviation written in capitals: its letters and digits, with their case."""
    return "".join(character for character in text if character.isalnum())
