"""The backups of every night in BACKUP_DIR: one a day, seven days and four weeks kept.

Asked every hour, so that a night the machine was off, or the disk full, is made up for. What went wrong
stands in a note beside the backups, from where admins are mailed (`importers.runs.alerts`) by a process that
lives when the worker does not.
"""

import fcntl
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from trialfinder.backup import BackupError
from trialfinder.backup.make import make

logger = logging.getLogger(__name__)
DAYS, WEEKS = 7, 4
LATE = timedelta(hours=36)
NOTE = "last_error"
_NAME = re.compile(r"trialfinder-(\d{4}-\d\d-\d\d)\.backup")


def back_up() -> Path | None:
    """Make the backup of today where it is wanted and not there yet; then delete what is too old."""
    folder, today = settings.BACKUP_DIR, timezone.localdate()
    if folder is None or today in _kept(folder):
        return None
    path = Path(folder) / f"trialfinder-{today}.backup"
    try:
        with _alone(folder):
            for unfinished in folder.glob("trialfinder-*.part"):  # of a process that was killed
                unfinished.unlink()
            make(path, settings.BACKUP_KEY)
    except _Taken:
        return None
    except Exception as error:
        words = str(error) if isinstance(error, BackupError) else type(error).__name__
        _note(folder, words)
        logger.error("There is no backup of today: %s", words)
        return None
    (folder / NOTE).unlink(missing_ok=True)
    kept = _kept(folder)
    for day in too_old(set(kept)):
        kept[day].unlink()
    return path


def too_old(days: set[date]) -> set[date]:
    """All but the newest seven and, of those before, the newest of each of the newest four weeks."""
    before = sorted(days, reverse=True)[DAYS:]
    newest: dict[tuple[int, int], date] = {}
    for day in before:
        newest.setdefault(day.isocalendar()[:2], day)
    return set(before) - set(list(newest.values())[:WEEKS])


def remove_old(before: datetime) -> int:
    """Delete backups of days before, also where none was made since; but never the newest. Their number."""
    kept = _kept(settings.BACKUP_DIR) if settings.BACKUP_DIR else {}
    old = [day for day in sorted(kept)[:-1] if day < timezone.localdate(before)]
    for day in old:
        kept[day].unlink(missing_ok=True)
    return len(old)


def trouble(now: datetime) -> str:
    """What admins must know of the nightly backups; "" where all is well or none are wanted."""
    folder = settings.BACKUP_DIR
    if folder is None:
        return ""
    if not folder.is_dir():
        return f"BACKUP_DIR is {folder}, and there is no such folder."
    try:
        newest = max(
            (path.stat().st_mtime for path in _kept(folder).values()), default=folder.stat().st_mtime
        )
        if (note := folder / NOTE).exists():
            return note.read_text(errors="replace")
    except (OSError, ValueError) as error:  # what cannot be looked at must not keep other alerts back
        return f"{folder} cannot be looked at: {error}."
    if now.timestamp() - newest > LATE.total_seconds():
        return "For more than a day and a half none was made. Are worker and beat running?"
    return ""


def _kept(folder: Path) -> dict[date, Path]:
    found = {path: _NAME.fullmatch(path.name) for path in folder.glob("trialfinder-*.backup")}
    return {date.fromisoformat(name[1]): path for path, name in found.items() if name}


class _Taken(Exception):
    """Another process makes it just now."""


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    try:
        with (folder / "backup.lock").open("a") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise _Taken from None
            yield
    except OSError as error:
        raise BackupError(f"{folder} cannot be used: {error.strerror or error}.") from error


def _note(folder: Path, words: str) -> None:
    try:
        (folder / NOTE).write_text(words)
    except OSError as error:
        logger.error("%s cannot be written: %s", folder / NOTE, error.strerror)
