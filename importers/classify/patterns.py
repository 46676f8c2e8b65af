"""Regular expressions that are tried only where letters stand without which they cannot match.

`re` looks at every place of a text, and most rules find nothing in most texts. So each expression is read
once for letters of which every match holds some ("allo", "donor", "cord blood" ...); a text with none of
them is done with, which takes a twentieth of the time. What is found is what `re` finds.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import product
from re import _constants as sre  # type: ignore[attr-defined, unused-ignore]
from re import _parser  # type: ignore[attr-defined, unused-ignore]
from typing import Any, NamedTuple

_MOST = 100
"""Pieces to look for, beyond which the expression itself is as quick."""
_MOST_SPELLINGS = 24
"""Ways of writing one stretch of an expression that are told apart."""
_LONG_ENOUGH = 4
"""Letters from which on a piece is rare; of two longer ones neither is better."""
_IGNORE_CASE = int(re.IGNORECASE)
_ALSO = (("ſ", "s"), ("ı", "i"), ("i̇", "i"))
"""Letters that match others where capitals and small letters are the same, and that `lower` leaves apart."""


class Pattern:
    """An expression with the methods of `re.Pattern`; those that look through a text look first.

    It is compiled when it is first used: all of them take a fifth of the time in which a program starts, and
    most programs read no records.
    """

    def __init__(self, expression: str, flags: int = 0) -> None:
        self.pattern, self._flags = expression, flags

    @cached_property
    def whole(self) -> re.Pattern[str]:
        return re.compile(self.pattern, self._flags)

    @cached_property
    def match(self) -> Callable[..., re.Match[str] | None]:
        return self.whole.match

    @cached_property
    def fullmatch(self) -> Callable[..., re.Match[str] | None]:
        return self.whole.fullmatch

    @cached_property
    def _may_match(self) -> Callable[[str], bool] | None:
        """Whether a text holds what every match needs; None where nothing is known that it needs."""
        pieces = needed(self.whole)
        if not pieces:
            return None
        if self.whole.flags & re.IGNORECASE:
            return lambda text: _holds(pieces, _lowered(text))
        return lambda text: _holds(pieces, text)

    @cached_property
    def search(self) -> Callable[[str], re.Match[str] | None]:
        may_match, search = self._may_match, self.whole.search
        return (lambda text: search(text) if may_match(text) else None) if may_match else search

    @cached_property
    def finditer(self) -> Callable[[str], Iterable[re.Match[str]]]:
        may_match, finditer = self._may_match, self.whole.finditer
        return (lambda text: finditer(text) if may_match(text) else ()) if may_match else finditer

    @cached_property
    def findall(self) -> Callable[[str], Sequence[Any]]:
        may_match, findall = self._may_match, self.whole.findall
        return (lambda text: findall(text) if may_match(text) else []) if may_match else findall

    @cached_property
    def split(self) -> Callable[[str], list[str | Any]]:
        may_match, split = self._may_match, self.whole.split
        return (lambda text: split(text) if may_match(text) else [text]) if may_match else split

    def sub(self, replacement: str | Callable[[re.Match[str]], str], text: str, count: int = 0) -> str:
        may_match = self._may_match
        return self.whole.sub(replacement, text, count) if not may_match or may_match(text) else text


def _holds(pieces: Sequence[str], text: str) -> bool:
    for piece in pieces:  # noqa: SIM110 -- a generator would take twice as long
        if piece in text:
            return True
    return False


def _lowered(text: str) -> str:
    lowered = text.lower()
    if not lowered.isascii():
        for letter, same in _ALSO:
            lowered = lowered.replace(letter, same)
    return lowered


def needed(pattern: re.Pattern[str]) -> tuple[str, ...]:
    """Pieces of which every match of an expression holds one, in small letters where case does not matter."""
    tree = _parser.parse(pattern.pattern, pattern.flags)
    pieces = _of_sequence(tree, fold=bool(pattern.flags & _IGNORE_CASE)).pieces or frozenset()
    shortest = [piece for piece in pieces if not any(other in piece for other in pieces - {piece})]
    return tuple(sorted(shortest, key=len)) if len(shortest) <= _MOST else ()


class _Read(NamedTuple):
    """What is known of a part of an expression: all it can be, where that is little; what it must hold."""

    written: frozenset[str] | None
    pieces: frozenset[str] | None


_UNKNOWN = _Read(None, None)
_EMPTY = frozenset({""})


def _of_sequence(parts: Iterable[Any], *, fold: bool) -> _Read:
    """One part after the other: stretches of known letters, and the best of what stands between them."""
    run, pieces, is_whole = _EMPTY, None, True
    for kind, value in parts:
        written, held = _of_part(kind, value, fold=fold)
        if written is not None and len(run) * len(written) <= _MOST_SPELLINGS:
            run = frozenset(map("".join, product(run, written)))
            continue
        is_whole = False
        pieces = _better(pieces, run)
        run = _EMPTY if written is None else written
        pieces = _better(pieces, held)
    return _Read(run if is_whole else None, _better(pieces, run))


def _of_part(kind: Any, value: Any, *, fold: bool) -> _Read:
    if kind is sre.LITERAL:
        return _of_letters([value], fold=fold)
    if kind is sre.IN and all(one is sre.LITERAL for one, _ in value):
        return _of_letters([letter for _, letter in value], fold=fold)
    if kind in (sre.AT, sre.ASSERT, sre.ASSERT_NOT):
        return _Read(_EMPTY, None)
    if kind is sre.SUBPATTERN:
        _group, added, _removed, inner = value
        return _UNKNOWN if added & _IGNORE_CASE else _of_sequence(inner, fold=fold)
    if kind is sre.BRANCH:
        return _of_branches([_of_sequence(branch, fold=fold) for branch in value[1]])
    if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT):
        return _of_repeat(value, fold=fold)
    return _UNKNOWN


def _of_letters(codes: Sequence[int], *, fold: bool) -> _Read:
    letters = [chr(code) for code in codes]
    if fold:
        letters = [letter.lower() if letter.isascii() else "" for letter in letters]
    written = frozenset(letters)
    return _UNKNOWN if "" in written or len(written) > _LONG_ENOUGH else _Read(written, written)


def _of_branches(branches: Sequence[_Read]) -> _Read:
    written = _united([branch.written for branch in branches])
    if written is not None and len(written) > _MOST_SPELLINGS:
        written = None
    return _Read(written, _united([branch.pieces for branch in branches]))


def _of_repeat(repeat: tuple[int, int, Any], *, fold: bool) -> _Read:
    least, most, inner = repeat
    written, pieces = _of_sequence(inner, fold=fold)
    if least == 0:
        return _Read(written | _EMPTY, None) if most == 1 and written is not None else _UNKNOWN
    return _Read(written if least == most == 1 else None, pieces)


def _united(sets: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    found = frozenset[str]()
    for one in sets:
        if one is None:
            return None
        found |= one
    return found


def _better(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    """Of two sets of pieces the one that fewer texts hold some of; a set with an empty text is none."""
    ranked = [(_rarity(found), found) for found in (one, other) if found and "" not in found]
    return max(ranked, key=lambda pair: pair[0])[1] if ranked else None


def _rarity(pieces: frozenset[str]) -> tuple[int, int]:
    return min(_LONG_ENOUGH, *map(len, pieces)), -len(pieces)
