"""Readers of one saved document, for the tables of kinds of the registries (`registries/*/files.py`).

Used by `importers.files.archives`, which finds the documents.
"""

import gzip
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO

import msgspec

from importers.text.jsontext import canonical, decode

MB = 1024 * 1024
MAX_DOCUMENT = 128 * MB
"""Largest JSON document read whole. A page of 1,000 studies has about 25 MB, one study up to 2."""
MAX_RECORD = 32 * MB
"""Largest line of JSON lines, and largest web page."""
MAX_EXPANDED = 4096 * MB
MAX_RATIO = 200
"""How far something packed may expand: real studies shrink 5 to 20 times, bombs a thousand times."""


@dataclass(frozen=True, slots=True)
class RawItem:
    """One record as a registry sent it. `origin` says where it stood: file, member, line."""

    origin: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class Known:
    """A record that came as it is stored: only which one it is goes on from here."""

    origin: str
    registry_id: str
    content_hash: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something that holds no record, and why."""

    origin: str
    reason: str


@dataclass(frozen=True, slots=True)
class Hint:
    """No record, but where one can be fetched. What else it holds is the registry's own business."""

    origin: str


Items = Iterator[RawItem | Unreadable | Hint]
Reader = Callable[[IO[bytes], str], Items]
"""Reads an open document; the text is its origin, for people."""


class _Gunzip(gzip.GzipFile):
    """A gzip stream that stops where it expands like a bomb."""

    def __init__(self, packed: IO[bytes]) -> None:
        super().__init__(fileobj=packed)
        self.packed = packed

    def read(self, size: int | None = -1) -> bytes:
        return self._checked(super().read(size))

    def readline(self, size: int | None = -1) -> bytes:
        return self._checked(super().readline(size or -1))

    def _checked(self, data: bytes) -> bytes:
        if self.tell() > min(MAX_EXPANDED, MAX_RATIO * max(self.packed.tell(), MB)):
            raise OSError(f"expands more than {MAX_RATIO} times or to more than {MAX_EXPANDED // MB} MB")
        return data


def gunzipped(reader: Reader) -> Reader:
    """The same reader for documents that gzip has packed."""

    def read_gzip(stream: IO[bytes], origin: str) -> Items:
        with _Gunzip(stream) as expanded:
            yield from reader(expanded, origin)  # type: ignore[arg-type]

    return read_gzip


# JSON


def json_lines(stream: IO[bytes], origin: str) -> Items:
    """One JSON value a line."""
    number = 0
    while line := stream.readline(MAX_RECORD + 1):
        number += 1
        if len(line) > MAX_RECORD:
            yield Unreadable(f"{origin}:{number}", f"a line of more than {MAX_RECORD // MB} MB")
            while line and not line.endswith(b"\n"):
                line = stream.readline(MAX_RECORD)
        elif line.strip():
            yield from _studies(line, f"{origin}:{number}")


def json_document(stream: IO[bytes], origin: str) -> Items:
    """One JSON value: a study, a list of studies, or a page of the API."""
    text = stream.read(MAX_DOCUMENT + 1)
    if len(text) > MAX_DOCUMENT:
        yield Unreadable(
            origin, f"more than {MAX_DOCUMENT // MB} MB of JSON; save it one study a line (.jsonl)"
        )
    else:
        yield from _studies(text, origin)


class _Page(msgspec.Struct):
    studies: list[msgspec.Raw]


def _studies(text: bytes, origin: str) -> Items:
    try:
        parts = _parts(text)
    except ValueError as error:
        yield Unreadable(origin, "a web page, not JSON" if text.lstrip().startswith(b"<") else str(error))
        return
    for number, part in enumerate(parts, start=1):
        yield _study(bytes(part), f"{origin} study {number}" if len(parts) > 1 else origin)


def _study(text: bytes, origin: str) -> RawItem | Unreadable:
    try:
        study = decode(text)
        if not isinstance(study, dict):
            return Unreadable(origin, "not a study: a study is a JSON object")
        return RawItem(origin, canonical(study))
    except ValueError as error:
        return Unreadable(origin, str(error))


def _parts(text: bytes) -> Sequence[bytes | msgspec.Raw]:
    """The text of each study in a JSON value, cut without reading them all. `ValueError` if it is no JSON."""
    try:
        found = msgspec.json.decode(text, type=list[msgspec.Raw] | _Page)
        return found.studies if isinstance(found, _Page) else found
    except msgspec.ValidationError:
        return [text]
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        value = decode(text)  # what msgspec refuses may still be JSON: see importers.text.jsontext
        studies = value.get("studies", [value]) if isinstance(value, dict) else value
        return [canonical(study) for study in (studies if isinstance(studies, list) else [studies])]


# Web pages


def web_page(stream: IO[bytes], origin: str) -> Items:
    """The bytes as they are: what they mean is the parser's business, their encoding too."""
    page = stream.read(MAX_RECORD + 1)
    if len(page) > MAX_RECORD:
        yield Unreadable(origin, f"a page of more than {MAX_RECORD // MB} MB")
    else:
        yield RawItem(origin, page)


# Archives


def nested(_stream: IO[bytes], origin: str) -> Items:
    """An archive as a member of another; `importers.files.archives` opens the outer one."""
    yield Unreadable(origin, "an archive inside an archive is not opened")
