"""One snapshot as bytes: a directory of what is where, then bitmaps and arrays; read where they lie."""

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar

import msgspec
from pyroaring import BitMap

Buffer = bytes | memoryview
T = TypeVar("T")
_LENGTH = 8
_SEPARATOR = "\0"
FORMAT = 1
"""Counted up when a snapshot is built or written otherwise: one of another program is not read."""


class Place(msgspec.Struct, array_like=True):
    """Where something lies behind the directory, and for a bitmap how many trials it has."""

    start: int
    end: int
    count: int = 0


class Directory(msgspec.Struct):
    """What a snapshot holds."""

    key: str
    total: int
    families: dict[str, dict[str, Place]]
    arrays: dict[str, Place]
    texts: dict[str, Place]
    numbers: dict[str, int]


class Snapshot:
    """Every listed trial by its position in the default order. Nothing is unpacked before it is needed."""

    def __init__(self, buffer: Buffer) -> None:
        self._buffer = memoryview(buffer)
        self._first = _LENGTH + int.from_bytes(self._buffer[:_LENGTH], "little")
        self.directory = msgspec.json.decode(self._buffer[_LENGTH : self._first], type=Directory)
        self._made: dict[str, Any] = {}

    def once(self, name: str, make: Callable[[], T]) -> T:
        """What goes with this version of the data, made once and kept as long as the snapshot is open."""
        if name not in self._made:
            self._made[name] = make()
        found: T = self._made[name]
        return found

    @property
    def key(self) -> str:
        """The version of the data that it was made of; "" for one that only its transaction can see."""
        return self.directory.key

    @property
    def total(self) -> int:
        return self.directory.total

    @cached_property
    def all(self) -> BitMap:
        """Every position."""
        return BitMap(range(self.total))

    def counts(self, family: str) -> Mapping[str, int]:
        """How many listed trials have each value of a column."""
        return {value: place.count for value, place in self.directory.families[family].items()}

    def having(self, family: str, value: str) -> BitMap:
        """The trials with this value of a column."""
        place = self.directory.families[family].get(value)
        return self._bitmap(place) if place else BitMap()

    def union(self, family: str, values: Iterable[str]) -> BitMap:
        """The trials with any of these values of a column."""
        return BitMap.union(BitMap(), *(self.having(family, value) for value in values))

    def counted(self, family: str, hits: BitMap) -> dict[str, int]:
        """How many of these trials have each value of a column; values that none has are absent."""
        if len(hits) == self.total:
            return dict(self.counts(family))
        found = {
            value: hits.intersection_cardinality(self._bitmap(place))
            for value, place in self.directory.families[family].items()
        }
        return {value: number for value, number in found.items() if number}

    def numbers(self, name: str) -> memoryview:
        """An array of whole numbers, read where it lies."""
        return self._at(self.directory.arrays[name]).cast("I")

    @cached_property
    def ids(self) -> memoryview:
        """Primary keys by position."""
        return self._at(self.directory.arrays["ids"]).cast("q")

    @cached_property
    def by_id(self) -> memoryview:
        """Positions in the order of primary keys."""
        return self.numbers("by_id")

    def texts(self, name: str) -> list[str]:
        """A list of texts."""
        found = self.directory.texts[name]
        return str(self._at(found), "utf-8").split(_SEPARATOR) if found.count else []

    def _bitmap(self, place: Place) -> BitMap:
        return BitMap.deserialize(self._at(place))  # type: ignore[arg-type]  # any buffer will do

    def _at(self, place: Place) -> memoryview:
        return self._buffer[self._first + place.start : self._first + place.end]


class Writer:
    """Puts a snapshot together."""

    def __init__(self, key: str, total: int) -> None:
        self._parts: list[bytes] = []
        self._length = 0
        self._directory = Directory(key, total, {}, {}, {}, {})

    def bitmaps(self, family: str, of: Mapping[str, BitMap]) -> None:
        """The trials with each value of a column."""
        places = {}
        for value, bitmap in of.items():
            bitmap.run_optimize()
            places[value] = self._put(bitmap.serialize(), len(bitmap))
        self._directory.families[family] = places

    def array(self, name: str, numbers: "array[int]") -> None:
        self._directory.arrays[name] = self._put(numbers.tobytes())

    def texts(self, name: str, texts: Sequence[str]) -> None:
        """Texts without NUL, which PostgreSQL does not store either."""
        self._directory.texts[name] = self._put(_SEPARATOR.join(texts).encode(), len(texts))

    def number(self, name: str, value: int) -> None:
        """One number that pages show."""
        self._directory.numbers[name] = value

    def written(self) -> bytes:
        """The snapshot; arrays begin where a processor likes numbers to begin."""
        directory = msgspec.json.encode(self._directory)
        directory += b" " * (-len(directory) % _LENGTH)
        return b"".join((len(directory).to_bytes(_LENGTH, "little"), directory, *self._parts))

    def _put(self, data: bytes, count: int = 0) -> Place:
        start = self._length
        padded = data + b"\0" * (-len(data) % _LENGTH)
        self._parts.append(padded)
        self._length += len(padded)
        return Place(start, start + len(data), count)
