"""The launcher goes on where nothing can be written."""

import os
import sys
from pathlib import Path

import pytest
from django.conf import LazySettings

from trialfinder import orphans, parts
from trialfinder.processes import Part, Processes, show
from trialfinder.supervise import Supervisor


class Still(Processes):
    """One part that runs: this process."""

    def start(self, name: str) -> None:
        self.running[name] = Part(os.getpid())

    def ended(self) -> str:
        return ""


def test_line_that_cannot_be_written_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    full = Path("/dev/full").open("w")  # noqa: SIM115  # even its end is an error
    monkeypatch.setattr(sys, "stdout", full)
    show("web    | a line")
    with pytest.raises(OSError, match="No space left"):
        full.close()


def test_parts_that_cannot_be_noted_run_and_are_noted_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "is_healthy", lambda: False)
    folder, said = tmp_path / "data", list[str]()
    supervisor = Supervisor(Still(), folder, said.append)
    for name in ("web", "worker"):
        supervisor.start(name)
    folder.mkdir()
    rounds = iter((False, True))
    supervisor.run(lambda: next(rounds), lambda: None)
    noted = orphans.left_over(folder)
    assert (len(said), noted) == (1, {"web": os.getpid(), "worker": os.getpid()})


@pytest.mark.skipif(not os.access("/dev/shm", os.W_OK), reason="no memory that is a folder")  # noqa: S108
def test_counts_of_the_web_part_are_not_on_the_disk(tmp_path: Path, settings: LazySettings) -> None:
    settings.DATA_DIR = tmp_path
    first = Path(parts.environment("web")["PROMETHEUS_MULTIPROC_DIR"])
    (first / "of an earlier start").touch()
    again = Path(parts.environment("web")["PROMETHEUS_MULTIPROC_DIR"])
    try:
        assert (str(first.parent), again, list(again.iterdir())) == ("/dev/shm", first, [])  # noqa: S108
    finally:
        again.rmdir()
