"""Finds and ends the parts of an earlier start whose launcher was killed.

The launcher notes each part it starts in `parts.json` of the data folder: a process number proves nothing
after a restart of the machine, so the moment it began (field 22 of /proc/PID/stat, proc(5)) is noted too.
"""

import json
import os
import signal
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

NOTES = "parts.json"
GRACE_SECONDS = 10.0

Mark = tuple[int, int]
"""Process number, and when it began in clock ticks since the machine did."""


def note(data_dir: Path, parts: Mapping[str, int]) -> None:
    """Note the process number of each part that runs."""
    marks = {name: mark for name, pid in parts.items() if (mark := _mark(pid))}
    unfinished = data_dir / f"{NOTES}.new"
    unfinished.write_text(json.dumps(marks))
    unfinished.replace(data_dir / NOTES)


def forget(data_dir: Path) -> None:
    """No part runs any more."""
    (data_dir / NOTES).unlink(missing_ok=True)


def left_over(data_dir: Path) -> dict[str, int]:
    """Parts of an earlier start that still run, with their process numbers."""
    try:
        noted = json.loads((data_dir / NOTES).read_text())
        marks = {str(name): (int(pid), int(began)) for name, (pid, began) in noted.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
    return {name: mark[0] for name, mark in marks.items() if _mark(mark[0]) == mark}


def end(parts: Mapping[str, int]) -> None:
    """Ask these to stop, and after a while kill them with all they started: each leads a session."""
    _send(parts, signal.SIGTERM)
    deadline = time.monotonic() + GRACE_SECONDS
    while time.monotonic() < deadline and any(_mark(pid) for pid in parts.values()):
        time.sleep(0.05)
    for pid in parts.values():
        with suppress(OSError):
            os.killpg(pid, signal.SIGKILL)


def _send(parts: Mapping[str, int], number: signal.Signals) -> None:
    for pid in parts.values():
        with suppress(OSError):
            os.kill(pid, number)


def _mark(pid: int) -> Mark | None:
    """The mark of a process that runs; None where there is none, or where /proc does not say."""
    try:
        # The name of the program, in brackets, may hold anything.
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] == "Z" else (pid, int(fields[19]))
