"""A small part of the registry's search language: words and "phrases", joined by OR, AND, NOT or nothing.

What is known of the real one (docs/registries/ctgov.md): a field of more than about a dozen words is refused,
whatever joins them and whether quoted or not; so are brackets, slashes, % and letters of other scripts.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

_TOKEN = re.compile(r'"([^"]*)"|(\S+)')
_STRANGE = re.compile(r"[()\[\]{}/%]")
_WORD = re.compile(r"[^\W_]+")


class TooComplicated(Exception):
    """The registry answers 400 `Too complicated query`."""


def words(text: str) -> list[str]:
    """Words in small letters; a hyphen divides: CAR-T is CAR T."""
    return _WORD.findall(text.lower())


class Index:
    """Which of some records hold a phrase, wherever they hold it."""

    def __init__(self, records: Iterable[Mapping[str, Any]]) -> None:
        self._texts: list[str] = []
        self._holders: dict[str, set[int]] = defaultdict(set)
        for number, record in enumerate(records):
            found = list(_texts(record))
            self._texts.append("\n".join(f" {' '.join(words(text))} " for text in found))
            for word in set(self._texts[-1].split()):
                self._holders[word].add(number)

    def find(self, expression: str, most_words: int | None) -> set[int]:
        """Positions of the records found. Raises `TooComplicated` for more than `most_words` words."""
        tokens = _tokens(expression)
        terms = [part for part in tokens if isinstance(part, tuple)]
        if most_words is not None and sum(map(len, terms)) > most_words:
            raise TooComplicated
        found: set[int] = set()
        every: set[int] | None = None
        negated = False
        for part in tokens:
            if part == "OR":
                found, every = found | (every or set()), None
            elif part == "NOT":
                negated = True
            elif isinstance(part, tuple):
                holders = self._holding(part)
                holders = set(range(len(self._texts))) - holders if negated else holders
                every, negated = holders if every is None else every & holders, False
        return found | (every or set())

    def _holding(self, phrase: tuple[str, ...]) -> set[int]:
        candidates = set.intersection(*(self._holders.get(word, set()) for word in phrase))
        sought = f" {' '.join(phrase)} "
        return {number for number in candidates if sought in self._texts[number]}


def _tokens(expression: str) -> list[str | tuple[str, ...]]:
    """Operators as they are, phrases and words as tuples of words."""
    if _STRANGE.search(expression) or not expression.isascii() or expression.count('"') % 2:
        raise TooComplicated
    tokens: list[str | tuple[str, ...]] = []
    for quoted, bare in _TOKEN.findall(expression):
        if bare in ("OR", "AND", "NOT"):
            tokens.append(bare)
        elif phrase := tuple(words(quoted or bare)):
            tokens.append(phrase)
    return tokens


def _texts(value: object) -> Iterator[str]:
    """Every text and number in a JSON value."""
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, str):
        yield value
    elif value is not None:
        yield json.dumps(value)
