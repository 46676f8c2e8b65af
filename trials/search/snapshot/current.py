"""Which snapshot a request reads: the one of today's data, made where there is none.

A small catalogue is made anew while the request waits: then no page shows anything older than the data. Of a
large one the older snapshot serves while a process of its own makes the new one, `LONGEST_BEHIND` at most;
rows that are shown are read from the database all the same. One file a version of the data, replaced whole.
"""

import logging
import mmap
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_NB, flock
from hashlib import sha256
from pathlib import Path
from time import monotonic

from django.conf import settings
from django.db import connection

from trials.models import DataVersion
from trials.search.snapshot.build import build
from trials.search.snapshot.stored import FORMAT, Snapshot

SMALL = 20_000
"""Listed trials up to which a request waits for its snapshot, about a second."""
LONGEST_BEHIND = 120.0
"""Seconds for which a snapshot older than the data is served."""
_ASKED = f"""
    SELECT number || '-' || xmin, pg_current_xact_id_if_assigned() IS NULL FROM {DataVersion._meta.db_table}
"""  # noqa: S608

logger = logging.getLogger(__name__)
_kept: dict[Path, tuple[tuple[int, int], Snapshot]] = {}
"""The snapshot that this process has open, with the mark of its file."""
_unwritten: list[Snapshot] = []
"""The one that this process has to itself, because the disk is full."""
_seen_behind: dict[str, float] = {}
"""When this process first saw that a snapshot is behind."""
_builders: list["subprocess.Popen[bytes]"] = []


def current(version: str | None = None) -> Snapshot:
    """The listed trials as they are now; more statements where a snapshot is to be made.

    One statement, none where the `version` of the data has been read in this request.
    """
    version = version or _version()
    if version is None:
        return Snapshot(build(""))
    kept = _newest()
    if kept and kept.key == version:
        return kept
    if kept is None or kept.total <= SMALL or _too_long(kept):
        return make(version)
    _start_builder()
    return kept


def is_current() -> bool:
    """Whether what lists show is as new as the data; an answer made while it is not must not be kept."""
    kept = _newest()
    return kept is None or kept.total <= SMALL or kept.key == _version()


def make(version: str | None = None) -> Snapshot:
    """Make the snapshot of today's data, unless another process has done so meanwhile."""
    version = version or _version() or ""
    if _unwritten and _unwritten[0].key == version:
        return _unwritten[0]
    try:
        return _written(version)
    except OSError as error:
        logger.warning("The snapshot of the trials cannot be written: %s", error.strerror)
        _unwritten[:] = [Snapshot(build(version))]
        return _unwritten[0]


def _written(version: str) -> Snapshot:
    with _alone():
        kept = _newest()
        if kept and kept.key == version:
            return kept
        file = _file()
        written = file.with_suffix(".new")
        written.write_bytes(build(version))
        written.replace(file)
    return _opened(file)


def _version() -> str | None:
    """Number and transaction of the newest change; None where this transaction has written itself."""
    with connection.cursor() as cursor:
        cursor.execute(_ASKED)
        row = cursor.fetchone()
    return str(row[0]) if row and row[1] else None


def _newest() -> Snapshot | None:
    """The snapshot in the folder, of whatever version; None where there is none that can be read."""
    try:
        return _opened(_file())
    except (OSError, ValueError):  # none yet, or cut short by a full disk
        return None


def _opened(file: Path) -> Snapshot:
    found = file.stat()
    mark = (found.st_ino, found.st_mtime_ns)
    kept = _kept.get(file)
    if kept is None or kept[0] != mark:
        with file.open("rb") as opened:
            mapped = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
        kept = _kept[file] = (mark, Snapshot(memoryview(mapped)))
    return kept[1]


def _too_long(kept: Snapshot) -> bool:
    """Whether this snapshot has been behind for longer than people may be shown it."""
    if kept.key not in _seen_behind:
        _seen_behind.clear()
        _seen_behind[kept.key] = monotonic()
    return monotonic() - _seen_behind[kept.key] > LONGEST_BEHIND


def _start_builder() -> None:
    """A process of its own makes the next snapshot; it ends at once where another does so already."""
    _builders[:] = [builder for builder in _builders if builder.poll() is None]
    if not _builders and not _being_made():
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "make_snapshot"]
        quiet = subprocess.DEVNULL
        _builders.append(subprocess.Popen(command, stdout=quiet, stderr=quiet))  # noqa: S603  # our own program


def _being_made() -> bool:
    try:
        with _alone(LOCK_NB):
            return False
    except BlockingIOError:
        return True


@contextmanager
def _alone(how: int = 0) -> Iterator[None]:
    with _file().with_suffix(".lock").open("a") as lock:
        flock(lock, LOCK_EX | how)
        yield


def _file() -> Path:
    """One file a database, a program and what of the catalogue anybody may see."""
    known = connection.settings_dict
    what = (known["HOST"], known["PORT"], known["NAME"], settings.MODE, FORMAT)
    folder: Path = settings.DATA_DIR / "snapshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{sha256(repr(what).encode()).hexdigest()[:16]}.snapshot"
