"""Runs several parts as copies of this process: their lines on one terminal, all of them stopped together.

A copy shares what was loaded before it was made: the parts of a site take a third of the memory, and a part
is there at once. So whoever copies may have no second thread: none would be in the copy, and its locks would.
"""

import ctypes
import os
import selectors
import signal
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, BinaryIO

GRACE_SECONDS = 5.0
MOST_AT_ONCE = 65536
"""Bytes read of one part before another has its turn."""
PR_SET_PDEATHSIG = 1
PR_SET_NAME = 15


class Copied(BaseException):
    """Raised in the copy, so that nothing of the launcher goes on there. `name`: the part that it becomes."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(slots=True)
class Part:
    """A copy that runs, or ran until a moment ago."""

    pid: int
    started_at: float = field(default_factory=time.monotonic)
    has_ended: bool = False

    def ended(self) -> bool:
        self.has_ended = self.has_ended or os.waitpid(self.pid, os.WNOHANG) != (0, 0)
        return self.has_ended

    def signal(self, number: signal.Signals) -> None:
        """To its whole session for SIGKILL; to the part itself otherwise, which tells its own children."""
        with suppress(ProcessLookupError):
            if number is signal.SIGKILL:
                os.killpg(self.pid, number)  # also whatever a part that has ended left behind
            elif not self.has_ended:
                os.kill(self.pid, number)


class Processes:
    """The parts that were started, by name.

    Each has a session of its own, so that Ctrl-C reaches only us and we decide who stops when; where we are
    killed, the system tells each to stop.
    """

    def __init__(self) -> None:
        self.running: dict[str, Part] = {}
        self.lines = selectors.DefaultSelector()
        self.quiet = False

    def start(self, name: str) -> None:
        """Raises `Copied` in the new process."""
        ours, theirs = os.pipe()
        launcher = os.getpid()
        if pid := os.fork():
            os.close(theirs)
            self.running[name] = Part(pid)
            self.lines.register(open(ours, "rb", buffering=0), selectors.EVENT_READ, [name, b""])  # noqa: PTH123, SIM115
            return
        os.close(ours)
        self._forget()
        _stand_alone(name, launcher, theirs)
        raise Copied(name)

    def ended(self) -> str:
        """The name of one that has ended by itself, "" while all run."""
        return next((name for name, part in self.running.items() if part.ended()), "")

    def age(self, name: str) -> float:
        """Seconds since the part was started."""
        return time.monotonic() - self.running[name].started_at

    def clear(self, name: str) -> None:
        """Kill what a part that has ended left behind, or one that is to be started anew."""
        part = self.running.pop(name)
        part.signal(signal.SIGKILL)
        if not part.has_ended:
            os.waitpid(part.pid, 0)

    def stop(self) -> None:
        """Asks all to stop, and after a few seconds insists. What they say of it is not shown."""
        self.quiet = True
        self._signal(signal.SIGTERM)
        deadline = time.monotonic() + GRACE_SECONDS
        while time.monotonic() < deadline and not self._all_ended():
            self.listen(0.05)
        for name in list(self.running):
            self.clear(name)

    def listen(self, seconds: float) -> None:
        """Show what the parts say, as soon as they do; until so many seconds have passed at most."""
        if not self.lines.get_map():
            time.sleep(seconds)
        for key, _ in self.lines.select(seconds):
            self._read(key.fileobj, key.data)  # type: ignore[arg-type]  # we register files alone

    def _all_ended(self) -> bool:
        ended = [part.ended() for part in self.running.values()]  # each is asked: it is buried then
        return all(ended)

    def _signal(self, number: signal.Signals) -> None:
        for part in self.running.values():
            part.signal(number)

    def _read(self, file: BinaryIO, said: list[Any]) -> None:
        data = file.read(MOST_AT_ONCE)
        name, begun = said
        *lines, said[1] = (begun + data).split(b"\n")
        if not data:
            self.lines.unregister(file)
            file.close()
            lines += [said[1]] if said[1] else []
        if not self.quiet:
            for line in lines:
                show(f"{name:<6} | {line.decode(errors='replace')}")

    def _forget(self) -> None:
        """What is the launcher's alone: where a copy kept it open, the others would never see it closed."""
        for key in list(self.lines.get_map().values()):
            key.fileobj.close()  # type: ignore[union-attr]
        self.lines.close()
        self.running.clear()


def show(words: str) -> None:
    """A line for the terminal. One that cannot be written, to a log on a full disk say, ends nothing."""
    with suppress(OSError):
        print(words, flush=True)


def _stand_alone(name: str, launcher: int, output: int) -> None:
    """A session, a name, an end and a terminal of its own.

    Linux signals it when the launcher dies, however that dies (prctl(2)); elsewhere it runs on.
    """
    os.setsid()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    if sys.platform == "linux":
        system = ctypes.CDLL(None)
        system.prctl(PR_SET_NAME, f"trials-{name}".encode())
        system.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != launcher:
        sys.exit("The launcher ended before this part began.")  # no signal will come for that
    with open(os.devnull) as nothing:  # noqa: PTH123
        os.dup2(nothing.fileno(), 0)
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.close(output)
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]  # a text file, not a stub of one
