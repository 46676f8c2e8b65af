"""One part beside a site, as docker-compose.yml and systemd run each: a program with a folder of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.drills.site import Site, status
from tests.workers import ROOT, free_port


class Part:
    def __init__(self, name: str, site: Site, folder: Path) -> None:
        self.port = free_port()
        environment = site.environment | {
            "DATABASE_URL": site.database_url(),
            "CELERY_BROKER_URL": site.broker,
            "TRIALFINDER_DATA_DIR": str(folder),
            "PORT": str(self.port),
        }
        command = [sys.executable, "-m", "trialfinder.launch", name]
        with (site.data_dir / "said").open("ab") as said:
            self.program = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=said, stderr=said, start_new_session=True
            )

    def is_ready(self) -> bool:
        """Only a web part ever says so."""
        return status(self.port, "/readyz") == 200

    def runs(self) -> bool:
        return self.program.poll() is None

    def kill(self) -> None:
        """With all it started."""
        if self.runs():
            os.killpg(self.program.pid, 9)
            self.program.wait()


@contextmanager
def beside(site: Site, name: str, folder: Path) -> Iterator[Part]:
    part = Part(name, site, folder)
    try:
        yield part
    finally:
        part.kill()
