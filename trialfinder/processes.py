"""Runs several programs together: their lines on one terminal, all of them stopped when one stops."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

GRACE_SECONDS = 5.0


class Processes:
    """The programs that were started, by name. Each has a session of its own, so that Ctrl-C reaches only us
    and we decide who stops when."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.running: dict[str, subprocess.Popen[str]] = {}
        self.started_at: dict[str, float] = {}
        self.readers: list[threading.Thread] = []
        self.quiet = False

    def start(self, name: str, command: list[str], environment: dict[str, str]) -> None:
        process = subprocess.Popen(  # noqa: S603
            command,
            cwd=self.folder,
            env={**os.environ, "PYTHONUNBUFFERED": "1", **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        self.running[name] = process
        self.started_at[name] = time.monotonic()
        reader = threading.Thread(target=self._repeat_lines, args=(name, process), daemon=True)
        reader.start()
        self.readers.append(reader)

    def ended(self) -> str:
        """The name of one that has ended by itself, "" while all run."""
        return next((name for name, process in self.running.items() if process.poll() is not None), "")

    def age(self, name: str) -> float:
        """Seconds since the program was started."""
        return time.monotonic() - self.started_at[name]

    def clear(self, name: str) -> None:
        """Kill what a program that has ended left behind."""
        with suppress(ProcessLookupError):
            os.killpg(self.running.pop(name).pid, signal.SIGKILL)

    def stop(self) -> None:
        """Asks all to stop, and after a few seconds insists. What they say of it is not shown."""
        self.quiet = True
        self._signal(signal.SIGTERM)
        deadline = time.monotonic() + GRACE_SECONDS
        while time.monotonic() < deadline and any(p.poll() is None for p in self.running.values()):
            time.sleep(0.05)
        self._signal(signal.SIGKILL)  # also whatever a program that has ended left behind
        for process in self.running.values():
            process.wait()
        for reader in self.readers:
            reader.join(timeout=1)

    def _signal(self, number: signal.Signals) -> None:
        for process in self.running.values():
            try:
                # The whole session for SIGKILL; the program itself otherwise, to tell its own children.
                if number is signal.SIGKILL:
                    os.killpg(process.pid, number)
                else:
                    process.send_signal(number)
            except ProcessLookupError:
                continue

    def _repeat_lines(self, name: str, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None  # noqa: S101
        for line in process.stdout:
            if not self.quiet:
                sys.stdout.write(f"{name:<6} | {line}")
                sys.stdout.flush()
