"""The power fails at a stage of the work: all of the site is killed at once, then started again.

What the system had not written to disk is not lost that way: a kill is no test of the disk.
"""

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import psycopg2

from tests.drills import imports
from tests.drills.folders import Folders
from tests.drills.outcome import Outcome, changed
from tests.drills.servers import Postgres, serving
from tests.drills.site import Site, running
from tests.drills.waiting import happens, promise, wait_for

MOMENTS = (0.15, 0.3, 0.45)
"""Parts of a restore's time at which it is cut."""


def power(folders: Folders) -> Iterator[Outcome]:
    yield first_start(folders, "the tables are made", partial(rows, "django_migrations", 5))
    yield first_start(folders, "the first import begins", partial(rows, "importers_runpage", 0))
    old, new = expected(folders)
    for name, reached in {
        "an import asks the registry": "requests > 30 AND stage = 'fetching'",
        "an import reads its pages": "stage = 'reading'",
        "an import publishes": "stage = 'reading' AND NOT EXISTS"
        " (SELECT FROM importers_runpage p WHERE p.run_id = r.id AND read_at IS NULL)",
    }.items():
        yield during_import(folders, name, reached, old, new)
    yield during_backup(folders)
    yield during_restore(folders)


def first_start(folders: Folders, name: str, reached: Callable[[Site], bool]) -> Outcome:
    """On an empty folder: the second start ends where the first would have."""
    site = folders.new_one()
    site.start()
    wait_for(lambda: reached(site), name)
    site.cut_power()
    with running(site):
        wait_for(lambda: rows("trials_trial", 200, site), "the catalogue is there")
    return Outcome(f"power cut while {name}", seconds=site.needed)


def rows(table: str, least: int, site: Site) -> bool:
    """Whether so many are there; no table is no row."""
    with suppress(psycopg2.Error):
        return bool(site.sql(f"SELECT count(*) >= {least} FROM {table}")[0][0])  # noqa: S608
    return False


def expected(folders: Folders) -> tuple[object, object]:
    """The catalogue before and after an import that nothing disturbs."""
    site = folders.filled(folders.new)
    with serving(Postgres(site)):
        old = site.catalogue()
        site.manage("import_trials", "ctgov")
        return old, site.catalogue()


def during_import(folders: Folders, name: str, reached: str, old: object, new: object) -> Outcome:
    with running(folders.filled(folders.new)) as site:
        run = imports.begin(site)
        stage = f"SELECT 1 FROM importers_importrun r WHERE id = {run} AND {reached}"  # noqa: S608
        wait_for(lambda: bool(site.sql(stage)), name)
        site.cut_power()
        site.start()
        began = time.monotonic()
        site.until_well()
        seconds = time.monotonic() - began
        promise(site.catalogue() in (old, new), "the catalogue is neither the old nor the new one")
        imports.until_ended(site, run)
        promise(site.catalogue() == new, "the catalogue is not what an undisturbed import makes")
        ended = time.monotonic() - began
    return Outcome(f"power cut while {name}", seconds=seconds, notes=f"import ended after {ended:.0f} s")


def during_backup(folders: Folders) -> Outcome:
    """No half file bears the name of a backup, and the next one is whole."""
    with running(folders.filled()) as site:
        before, file = site.state(), site.data_dir / "site.backup"
        program = site.begin("backup", str(file))
        wait_for(lambda: bool(list(site.data_dir.glob("site.backup*"))), "the backup begins")
        site.cut_power()
        program.communicate()
        promise(not file.exists(), "a backup that was cut bears the name of a whole one")
        site.start()
        seconds = site.until_well()
        site.manage("backup", str(file))
        site.manage("restore", str(file), "--check")
        wrong = changed(before, site.state())
    return Outcome("power cut while a backup is made", seconds=seconds, wrong=wrong)


def during_restore(folders: Folders) -> Outcome:
    """Cut anywhere, the database is as before; the same restore then does all."""
    source, site = folders.filled(), folders.filled(folders.new)
    file = source.data_dir / "site.backup"
    with serving(Postgres(source)):
        source.manage("backup", str(file))
        saved = source.state()
    needed = timed(folders.filled(), file)
    with serving(Postgres(site)):
        site.manage("import_trials", "ctgov")
        before = site.state()
    for part in MOMENTS:
        program = site.begin("restore", str(file), "--replace")
        happens(partial(ended, program), needed * part)
        promise(not ended(program), "the restore was over before the power failed")
        site.cut_power()
        program.communicate()
        with serving(Postgres(site)):
            wrong = changed(before, site.state())
        promise(not wrong, f"after a cut at {part:.0%}: {wrong}")
    seconds = timed(site, file)
    with serving(Postgres(site)):
        wrong = changed(saved, site.state())
    return Outcome("power cut while a backup is restored, three times", seconds=seconds, wrong=wrong)


def timed(site: Site, file: Path) -> float:
    """Seconds that a restore takes which nothing disturbs."""
    began = time.monotonic()
    site.manage("restore", str(file), "--replace")
    return time.monotonic() - began


def ended(program: subprocess.Popen[bytes]) -> bool:
    return program.poll() is not None
