"""An upgrade from an earlier release whose tables are others, and the way back."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tests.drills.folders import Folders
from tests.drills.outcome import Outcome, strike
from tests.drills.site import Site, running
from tests.drills.waiting import promise
from tests.workers import ROOT


def releases(folders: Folders) -> Iterator[Outcome]:
    commit = earlier()
    if not commit:
        yield Outcome("upgrade and rollback", skipped="no history of the code here")
        return
    code = unpacked(commit, folders.folder())
    old = folders.new_one()
    old.code = code
    old.manage("migrate", "-v0")
    old.manage("import_trials", "ctgov")
    backup, newer = old.data_dir / "old.backup", old.data_dir / "new.backup"
    with running(old):
        before = old.state()
        old.manage("backup", str(backup))
        yield strike(old, "upgrade: stop, new release, start", partial(upgrade, old))
        old.manage("backup", str(newer))
        old.environment["DJANGO_SUPERUSER_PASSWORD"] = "what came after the upgrade"  # noqa: S105
        old.manage("createsuperuser", "--noinput", "--username", "later", "--email", "later@example.org")
        promise(old.stop() == 0, "the new release did not end well")
        began = time.monotonic()
        back = folders.new_one()
        back.code = code
        promise(back.begin("restore", str(newer), "--check").wait() != 0, "a newer backup is not refused")
        back.manage("restore", str(backup))
        with running(back):
            seconds = time.monotonic() - began
            promise(back.state() == before, "the way back leads elsewhere")
    yield Outcome(
        "back again: empty database, restore, start", seconds=seconds, notes="as before the upgrade"
    )


def upgrade(site: Site) -> None:
    promise(site.stop() == 0, "the old release did not end well")
    site.code = ROOT
    site.start()


def earlier() -> str:
    """The commit before the newest one that changed tables; empty where there is no history."""
    words = ["git", "log", "--first-parent", "-1", "--format=%H", "--", "*/migrations/0*.py"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    return f"{done.stdout.strip()}^" if done.returncode == 0 and done.stdout else ""


def unpacked(commit: str, folder: Path) -> Path:
    """The code of then, ready to run with the packages of now."""
    folder.mkdir()
    packed = subprocess.run(["git", "archive", commit], cwd=ROOT, capture_output=True, check=True).stdout
    subprocess.run(["tar", "-x", "-C", str(folder)], input=packed, check=True)
    own = os.environ | {
        "TRIALFINDER_DATA_DIR": str(folder / "none"),
        "DJANGO_SETTINGS_MODULE": "trialfinder.settings",
    }
    for words in (["-m", "trialfinder.catalogues"], ["manage.py", "collectstatic", "--no-input", "-v0"]):
        subprocess.run([sys.executable, *words], cwd=folder, env=own, check=True)
    return folder
