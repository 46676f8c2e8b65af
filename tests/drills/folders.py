"""Data folders of sites: one is filled once, each drill has a copy."""

import itertools
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.drills import registry
from tests.drills.site import Site


class Folders:
    """`old` and `new`: addresses of a registry as it was when the folders were filled, and a day later."""

    def __init__(self, scratch: Path, old: str, new: str) -> None:
        self.scratch, self.old, self.new = scratch, old, new
        self.numbers = itertools.count(1)

    def filled(self, registry: str = "", **environment: str) -> Site:
        """A site with the old records. `registry`: what it reads, the old one by default."""
        return self._site(self._prepared("filled", "import_trials", "ctgov"), registry, environment)

    def empty(self, **environment: str) -> Site:
        """A site with tables alone."""
        return self._site(self._prepared("empty"), "", environment)

    def new_one(self, **environment: str) -> Site:
        """A site that was never started."""
        folder = self.folder()
        folder.mkdir(mode=0o700)
        return Site(folder, **{"CTGOV_API_URL": self.old} | environment)

    def folder(self) -> Path:
        """A name nobody has, nor begins with: processes are found by it."""
        return self.scratch / f"{next(self.numbers):03}"

    def _prepared(self, name: str, *words: str) -> Path:
        folder = self.scratch / name
        if not folder.exists():
            folder.mkdir(mode=0o700)
            site = Site(folder, CTGOV_API_URL=self.old)
            site.manage("migrate", "-v0")
            if words:
                site.manage(*words)
        return folder

    def _site(self, folder: Path, registry: str, environment: dict[str, str]) -> Site:
        return Site(copied(folder, self.folder()), **{"CTGOV_API_URL": registry or self.old} | environment)


@contextmanager
def prepared(scratch: Path) -> Iterator[Folders]:
    with (
        registry.serving(scratch / "old", registry.OLD) as old,
        registry.serving(scratch / "new", registry.NEW) as new,
    ):
        yield Folders(scratch, old, new)


def copied(folder: Path, to: Path) -> Path:
    """The data folder of a site that does not run, without the sockets of its servers."""
    shutil.copytree(folder, to, dirs_exist_ok=True, ignore=shutil.ignore_patterns("run"))
    to.chmod(0o700)
    return to
