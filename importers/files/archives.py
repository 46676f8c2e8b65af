"""Records saved earlier, for `--from`: a file, a folder or an archive, read as a stream.

Nothing is unpacked to disk, and the corpus is never in memory as a whole. What cannot be read is reported
as `Unreadable` with a reason, and the rest goes on.
"""

import zlib
from collections.abc import Mapping
from lzma import LZMAError
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from importers.files.documents import MAX_EXPANDED, MAX_RATIO, MB, Items, RawItem, Reader, Unreadable

__all__ = ["Kinds", "RawItem", "Unreadable", "read"]

Kinds = Mapping[str, Reader]
"""How documents are read, by the ending of their name."""

MAX_MEMBERS = 200_000
READ_ERRORS = (OSError, EOFError, zlib.error, LZMAError, BadZipFile, RuntimeError, UnicodeDecodeError)
"""What reading a damaged, encrypted or forbidden file raises."""


def read(path: Path, kinds: Kinds) -> Items:
    """Every record under `path`. `FileNotFoundError` at once where there is no such path."""
    if not path.exists():
        raise FileNotFoundError(f"There is no file or folder {path}")
    return _folder(path, kinds) if path.is_dir() else _file(path, kinds)


def _folder(folder: Path, kinds: Kinds) -> Items:
    """Files of these kinds at any depth, in the order of their names; others are passed over."""
    paths = [path for path in sorted(folder.rglob("*")) if _kind(path.name, kinds) and path.is_file()]
    for path in paths:
        yield from _file(path, kinds)
    if not paths:
        yield Unreadable(str(folder), f"no file in this folder ends in {', '.join(kinds)}")


def _file(path: Path, kinds: Kinds) -> Items:
    kind = _kind(path.name, kinds)
    try:
        if not kind or not path.is_file():
            yield Unreadable(str(path), f"not a file that ends in {', '.join(kinds)}")
        elif kind == ".zip":
            with ZipFile(path) as archive:
                yield from _archive(archive, str(path), kinds)
        else:
            with path.open("rb") as stream:
                yield from kinds[kind](stream, str(path))
    except READ_ERRORS as error:
        yield _broken(str(path), error)


def _kind(name: str, kinds: Kinds) -> str:
    """The ending by which we know how to read a file, "" for files that are not ours (or hidden)."""
    if name.startswith("."):
        return ""
    return next((ending for ending in kinds if name.lower().endswith(ending)), "")


def _broken(origin: str, error: Exception) -> Unreadable:
    return Unreadable(origin, f"cannot be read: {getattr(error, 'strerror', None) or error}")


# Archives


def _archive(archive: ZipFile, origin: str, kinds: Kinds) -> Items:
    members = sorted(archive.infolist(), key=lambda member: member.filename)
    if refusal := _danger(members):
        yield Unreadable(origin, refusal)
        return
    for member in members:
        if kind := _kind(member.filename.rsplit("/", 1)[-1], kinds):
            yield from _member(archive, member, f"{origin}/{member.filename}", kinds[kind])


def _member(archive: ZipFile, member: ZipInfo, origin: str, reader: Reader) -> Items:
    try:
        with archive.open(member) as stream:
            yield from reader(stream, origin)
    except READ_ERRORS as error:
        yield _broken(origin, error)


def _danger(members: list[ZipInfo]) -> str:
    """Why an archive is not opened, "" where it may be. zipfile holds members to the sizes they declare."""
    size = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if len(members) > MAX_MEMBERS:
        return f"the archive holds more than {MAX_MEMBERS} files"
    if size > MAX_EXPANDED:
        return f"the archive expands to more than {MAX_EXPANDED // MB} MB"
    if size > MAX_RATIO * max(packed, MB):
        return f"the archive expands more than {MAX_RATIO} times"
    return ""
