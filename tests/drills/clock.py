"""The machine's clock is three days ahead for a while, and then right again.

The clock that the site's programs see: a library that is loaded before theirs (ahead.c) shifts it.
"""

import shutil
import struct
import subprocess
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tests.drills import imports
from tests.drills.folders import Folders
from tests.drills.outcome import Outcome, strike
from tests.drills.site import Site, running
from tests.drills.waiting import promise, wait_for

SOURCE = Path(__file__).with_name("ahead.c")
AHEAD = 3 * 24 * 60 * 60
WRONG_FOR = 60.0
"""Seconds."""


def clock(folders: Folders) -> Iterator[Outcome]:
    compiler = shutil.which("cc")
    if not compiler:
        yield Outcome("the clock is three days ahead", skipped="apt-get install gcc libc6-dev")
        return
    file, library = folders.folder(), folders.folder()
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(SOURCE)], check=True)
    set_ahead(file, 0)
    with running(folders.filled(LD_PRELOAD=str(library), CLOCK_AHEAD=str(file))) as site:
        yield strike(site, "the clock jumps three days ahead", partial(jump, site, file, AHEAD))
        time.sleep(WRONG_FOR)
        wait_for(lambda: imports.unfinished(site) == 0, "the import that is due then ends")
        yield strike(site, f"and after {WRONG_FOR:.0f} s back again", partial(jump, site, file, 0))


def set_ahead(file: Path, seconds: int) -> None:
    """In place: every program looks at these bytes."""
    with file.open("r+b" if file.exists() else "wb") as bytes_of_it:
        bytes_of_it.write(struct.pack("=q", seconds))


def jump(site: Site, file: Path, ahead: int) -> float:
    """The moment of the jump; a run whose message was lost is begun, for which beat must send."""
    set_ahead(file, ahead)
    [(seen,)] = site.sql("SELECT extract(epoch FROM clock_timestamp())")
    promise(abs(float(seen) - time.time() - ahead) < 60, "the site does not see this clock")
    began = time.monotonic()
    imports.until_ended(site, imports.forget(site))
    return began
