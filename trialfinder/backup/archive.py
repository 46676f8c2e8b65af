"""The form of a backup: a ZIP file, encrypted as a whole where a key is given.

    manifest.json            what was backed up, when, by which release; rows and SHA-256 of each table
    tables/trials_trial      a table as PostgreSQL's COPY writes it (text), in the order of its primary key
    secret_key               the key that the site made for itself, where none is given by SECRET_KEY

It is written to FILE.part, whole and on disk before it gets its name. The manifest is written last, so a file
without one is no backup.
"""

import dataclasses
import hashlib
import io
import json
import os
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from trialfinder.backup import BackupError
from trialfinder.backup.sealing import MAGIC, SealedReader, SealedWriter

FORMAT = 1
MANIFEST = "manifest.json"
SECRET_KEY = "secret_key"  # noqa: S105  (a file's name)
PIECE = 1024 * 1024


@dataclass(frozen=True)
class TableEntry:
    """One table as it was backed up."""

    columns: list[str]
    rows: int
    sha256: str
    sequences: dict[str, int] = field(default_factory=dict)
    """The last number given out, of each column that numbers rows."""


@dataclass(frozen=True)
class Manifest:
    """What a backup holds. `migrations` are those its database had been through, sorted."""

    version: str
    made_at: str
    migrations: list[tuple[str, str]]
    follow_key: str  # what tells FOLLOW_KEY from another one, without saying it
    tables: dict[str, TableEntry]
    format: int = FORMAT

    def to_json(self) -> bytes:
        return json.dumps(dataclasses.asdict(self), indent=1, sort_keys=True).encode()

    @classmethod
    def from_json(cls, text: bytes) -> "Manifest":
        """Raises `BackupError` where it is none, or of a later form."""
        try:
            values: dict[str, Any] = json.loads(text)
            if values["format"] > FORMAT:
                raise BackupError(newer(values["version"]))
            values["migrations"] = [(app, name) for app, name in values["migrations"]]
            values["tables"] = {name: TableEntry(**entry) for name, entry in values["tables"].items()}
            return cls(**values)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise BackupError(
                "The file is no backup of this program: its manifest cannot be read."
            ) from error


def newer(version: str) -> str:
    return (
        f"The backup was made by a newer release ({version}): "
        "install that one, or a later one, and restore with it."
    )


def member(table: str) -> str:
    return f"tables/{table}"


@contextmanager
def writing(path: Path, key: str) -> Iterator[zipfile.ZipFile]:
    """A new backup. It gets its name when all of it is written; after an error there is nothing new."""
    part = path.with_name(f"{path.name}.part")
    try:
        with _private(part) as file:
            if key:
                with (
                    SealedWriter(file, key) as sealed,
                    zipfile.ZipFile(sealed, "w", zipfile.ZIP_DEFLATED) as archive,
                ):
                    yield archive
            else:
                with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                    yield archive
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        _sync(path.parent)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise BackupError(f"The backup cannot be written to {path}: {error.strerror or error}.") from error
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _private(path: Path) -> IO[bytes]:
    """Readable for nobody else: a backup holds hashes of passwords and encrypted secrets."""
    path.unlink(missing_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode=0o600), "wb")


def _sync(folder: Path) -> None:
    """A new name is kept over a power cut only when its folder is on disk too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def reading(path: Path, key: str) -> Iterator[zipfile.ZipFile]:
    """A backup that was written whole; its content is not checked yet (`checked`)."""
    try:
        with path.open("rb") as file, zipfile.ZipFile(_opened(file, key)) as archive:
            yield archive
    except OSError as error:
        raise BackupError(f"{path} cannot be read: {error.strerror or error}.") from error
    except (zipfile.BadZipFile, EOFError, zlib.error) as error:
        raise BackupError(f"{path} is no backup of this program, or is damaged or cut off.") from error


def _opened(file: IO[bytes], key: str) -> IO[bytes]:
    beginning = file.read(len(MAGIC))
    file.seek(0)
    if beginning != MAGIC:
        return file
    if not key:
        raise BackupError("The backup is encrypted: set BACKUP_KEY to the key it was made with.")
    return io.BufferedReader(SealedReader(file, key), buffer_size=PIECE)


def checked(archive: zipfile.ZipFile) -> Manifest:
    """The manifest, after every table was read whole and held against it. Raises `BackupError`."""
    if MANIFEST not in archive.namelist():
        raise BackupError("The file is no backup of this program: it has no manifest.")
    manifest = Manifest.from_json(archive.read(MANIFEST))
    wrong = [name for name, entry in manifest.tables.items() if not _is_whole(archive, name, entry)]
    if wrong:
        raise BackupError(f"The backup is damaged; not as its manifest says: {', '.join(sorted(wrong))}.")
    return manifest


def _is_whole(archive: zipfile.ZipFile, name: str, entry: TableEntry) -> bool:
    count = Counted()
    if member(name) not in archive.namelist():
        return False
    with archive.open(member(name)) as file:
        while piece := file.read(PIECE):
            count.write(piece)
    return (count.rows, count.sha256) == (entry.rows, entry.sha256)


class Counted:
    """Takes what COPY writes, counts its rows (a line each: COPY escapes line ends) and passes it on."""

    def __init__(self, onward: Callable[[bytes], object] | None = None) -> None:
        self._onward, self._sum, self.rows = onward, hashlib.sha256(), 0

    def write(self, data: bytes) -> int:
        self._sum.update(data)
        self.rows += data.count(b"\n")
        if self._onward:
            self._onward(data)
        return len(data)

    @property
    def sha256(self) -> str:
        return self._sum.hexdigest()
