"""Find many phrases in a text in one pass: a trie of folded words, leftmost and longest first.

Longest first is what keeps `non-Hodgkin lymphoma` from being read as Hodgkin lymphoma: the longer
phrase consumes the shorter one.
"""

from collections.abc import Iterable, Iterator
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
        for phrase, meaning in phrases:
            node = self._node(phrase)
            node.meaning = node.meaning or meaning
        for phrase, meaning in exact:
            self._node(phrase).written.setdefault(_letters(phrase), meaning)

    def _node(self, phrase: str) -> _Node[Meaning]:
        node = self._root
        for word in fold(phrase).words:
            node = node.following.setdefault(word, _Node())
        return node

    def find(self, folded: Folded) -> Iterator[Hit[Meaning]]:
        """Phrases in order, none overlapping another."""
        position = 0
        while position < len(folded.words):
            hit = self._longest(folded, position)
            if hit:
                yield hit
            position = hit.last if hit else position + 1

    def _longest(self, folded: Folded, first: int) -> Hit[Meaning] | None:
        node, longest = self._root, None
        for last in range(first, len(folded.words)):
            if folded.words[last] not in node.following:
                break
            node = node.following[folded.words[last]]
            meaning = node.meaning
            if node.written:
                meaning = node.written.get(_letters(folded.written(first, last + 1)), meaning)
            if meaning is not None:
                longest = Hit(meaning, first, last + 1)
        return longest


def _letters(text: str) -> str:
    """What must agree for an abbreviation written in capitals: its letters and digits, with their case."""
    return "".join(character for character in text if character.isalnum())
