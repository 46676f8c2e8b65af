"""Processes of one data folder, as the system lists them."""

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

PROC = Path("/proc")
_TICKS = os.sysconf("SC_CLK_TCK")


def of_folder(data_dir: Path) -> list[int]:
    """All that have this folder in their environment or arguments, and their children; not this process."""
    named = [pid for pid in _all() if os.fsencode(data_dir) in _words(pid)]
    # A server writes its title over its environment.
    return list(dict.fromkeys([*named, *(child for pid in named for child in children(pid))]))


def children(pid: int) -> list[int]:
    """Those that live: one that is dead may wait a while to be buried."""
    try:
        listed = (PROC / f"{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [int(child) for child in listed if lives(int(child))]


def lives(pid: int) -> bool:
    try:
        return (PROC / f"{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def processor(pid: int) -> float:
    """Seconds of processor time of a process and of those of its children that have ended."""
    fields = _read(pid, "stat").rpartition(b")")[2].split()
    return sum(map(int, fields[11:15])) / _TICKS


def running(data_dir: Path, program: bytes) -> int:
    """The process of this folder whose command line names the program; 0 where there is none."""
    found = (pid for pid in of_folder(data_dir) if lives(pid) and program in _read(pid, "cmdline"))
    return next(found, 0)


def title(pid: int) -> str:
    """Its command line, or what it calls itself."""
    return _read(pid, "cmdline").replace(b"\0", b" ").decode(errors="replace").strip()


def send(pids: list[int], number: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, number)


def _all() -> Iterator[int]:
    return (int(folder.name) for folder in PROC.glob("[0-9]*") if folder.name != str(os.getpid()))


def _words(pid: int) -> bytes:
    return _read(pid, "environ") + _read(pid, "cmdline")


def _read(pid: int, name: str) -> bytes:
    try:
        return (PROC / str(pid) / name).read_bytes()
    except OSError:
        return b""
