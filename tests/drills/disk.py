"""The disk of the data folder is full for a while: a file system in memory, of a size of its own."""

import errno
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from tests.drills import imports, machine
from tests.drills.folders import Folders, copied
from tests.drills.outcome import Outcome, strike
from tests.drills.site import Site, running
from tests.drills.waiting import promise

MEGABYTES = 700
FULL_FOR = 45.0
"""Seconds: longer than the pauses between two starts of a part, and than an import needs to meet it."""


def disk(folders: Folders) -> Iterator[Outcome]:
    try:
        with small_disk(folders.folder()) as folder:
            site = folders.filled()
            copied(site.data_dir, folder)
            yield from full(Site(folder, CTGOV_API_URL=folders.old))
    except (PermissionError, FileNotFoundError, subprocess.CalledProcessError):
        yield Outcome("the disk is full", skipped="only root may mount a small file system")


def full(site: Site) -> Iterator[Outcome]:
    with running(site):
        yield strike(site, f"the disk is full for {FULL_FOR:.0f} s", partial(fill, site, ""), importing=True)
        for name in ("beat", "worker", "web"):
            yield strike(site, f"the same, and {name} is killed meanwhile", partial(fill, site, name))
        imports.until_ended(site, imports.begin(site))


def fill(site: Site, killed: str) -> float:
    """The moment at which there is room again."""
    ballast = site.data_dir / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(2**16))
        except OSError as error:
            promise(error.errno == errno.ENOSPC, f"the disk is not full: {error}")
    if killed:
        machine.send([site.part(killed)], signal.SIGKILL)
    time.sleep(FULL_FOR)
    ballast.unlink()
    return time.monotonic()


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    if os.geteuid():
        raise PermissionError
    folder.mkdir()
    size = f"size={MEGABYTES}m,mode=0700"
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", size, "drill", str(folder)], check=True, capture_output=True
    )
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
