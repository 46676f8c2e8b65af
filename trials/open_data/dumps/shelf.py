"""The folder of the dumps: a link a day to the files made last that day, for a week.

A dump is written into a hidden folder, and the day's link is then moved to it, which is one step: whoever is
killed leaves the old files, and a hidden folder that the next dump clears away.
"""

import hashlib
import json
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from trialfinder.embedded.folders import exclusive

DAYS = 7
SUMS, PACKAGE = "SHA256SUMS", "datapackage.json"
DATA = ("trials.ndjson.gz", "trials.csv", "trials.sqlite")
FILES = (*DATA, PACKAGE, "README.txt", "LICENCE.txt", SUMS)
"""All that a dump holds; nothing else is ever served."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class DumpedFile:
    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Dump:
    """One day's files, and what its data package says of them."""

    date: str
    created: datetime
    trials: int
    data_version: str
    files: list[DumpedFile]

    @property
    def sums(self) -> dict[str, str]:
        """The checksum of each file but `SUMS` itself."""
        return {one.name: one.sha256 for one in self.files}


def folder() -> Path:
    return Path(settings.DUMP_DIR)


def days() -> list[str]:
    """The days that have a dump, the newest first."""
    try:
        names = [path.name for path in folder().iterdir() if _DAY.fullmatch(path.name)]
    except FileNotFoundError:
        return []
    return sorted(names, reverse=True)


def dumps() -> list[Dump]:
    """What can be fetched, the newest first. One that vanishes meanwhile, or is damaged, is left out."""
    return [dump for day in days() if (dump := find(day))]


def find(day: str) -> Dump | None:
    """The dump of a day; None where there is none that is whole."""
    if not _DAY.fullmatch(day):
        return None
    try:
        made = (folder() / day).resolve(strict=True)
        package: dict[str, Any] = json.loads((made / PACKAGE).read_text(encoding="utf-8"))
        sums = [line.split("  ", 1) for line in (made / SUMS).read_text(encoding="ascii").splitlines()]
        files = [DumpedFile(name, (made / name).stat().st_size, digest) for digest, name in sums]
        created = datetime.fromisoformat(package["created"])
        return Dump(day, created, package["trials"], package["version"], files)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def path_of(day: str, name: str) -> Path | None:
    """A file of a dump; None for any name that is not one of `FILES`."""
    path = folder() / day / name
    return path if _DAY.fullmatch(day) and name in FILES and path.is_file() else None


@contextmanager
def alone() -> Iterator[None]:
    """One process at a time makes a dump; the others wait."""
    folder().mkdir(parents=True, exist_ok=True)
    with exclusive(folder() / ".lock"):
        yield


def unfinished() -> Path:
    """A new hidden folder to write into."""
    path = folder() / f".{secrets.token_hex(8)}"
    path.mkdir()
    return path


def publish(made: Path, day: date) -> None:
    """The finished files become those of the day, in one step; old days and leftovers go."""
    link = folder() / f".link-{made.name}"
    link.symlink_to(made.name)
    link.replace(folder() / day.isoformat())
    _tidy(day)


def _tidy(today: date) -> None:
    oldest = (today - timedelta(days=DAYS - 1)).isoformat()
    for day in days():
        if day < oldest:
            (folder() / day).unlink()
    kept = {(folder() / day).resolve() for day in days()}
    for path in folder().glob(".*"):
        if path.is_symlink():
            path.unlink()
        elif path.is_dir() and path.resolve() not in kept:
            shutil.rmtree(path, ignore_errors=True)


def write_sums(made: Path) -> None:
    """In the form that `sha256sum --check` reads."""
    lines = [f"{sha256(made / name)}  {name}\n" for name in sorted({*FILES} - {SUMS})]
    (made / SUMS).write_text("".join(lines), encoding="ascii")


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
