"""The whole program as a person starts and stops it."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.workers import PATIENCE, ROOT, wait_for

WHOLE = ("-m", "trialfinder.launch")
LONG_LIVED = ("-c", "from trialfinder import launch; launch.SHORT_LIFE = 0.0; launch.main([])")
"""The same, but each part counts at once as one that has run for long."""
pytestmark = pytest.mark.slow


@pytest.fixture
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


class Site(NamedTuple):
    data_dir: Path
    port: int
    program: subprocess.Popen[str]


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def launch(
    data_dir: Path, port: int, program: tuple[str, ...] = WHOLE, **environment: str
) -> subprocess.Popen[str]:
    words = {
        "DJANGO_SETTINGS_MODULE": "trialfinder.settings",
        "DATABASE_URL": "",
        "CELERY_BROKER_URL": "",
        "TRIALFINDER_DATA_DIR": str(data_dir),
        "PORT": str(port),
    }
    return subprocess.Popen(
        [sys.executable, *program],
        cwd=ROOT,
        env=os.environ | words | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, cluster: Path) -> Iterator[Site]:
    """A site that runs, for tests that leave it running."""
    data_dir, port = tmp_path_factory.mktemp("running"), free_port()
    shutil.copytree(cluster, data_dir / cluster.name)
    program = launch(data_dir, port, LONG_LIVED)
    assert health(program, port) == "ok"
    yield Site(data_dir, port, program)
    if program.poll() is None:
        program.terminate()
        program.communicate(timeout=PATIENCE)


def health(program: subprocess.Popen[str], port: int) -> Any:
    """What /healthz says, as soon as it says anything; None when the program ends before."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and program.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
                return json.load(answer)["database"]
        except OSError:
            time.sleep(0.1)
    return None


def processes_of(data_dir: Path) -> list[str]:
    """The command lines of all processes with this data folder in their environment or arguments."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "environ").read_bytes() + (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if os.fsencode(data_dir) in words and folder.name != str(os.getpid()):
            found.append((folder / "cmdline").read_text().replace("\0", " "))
    return found


def test_site_starts_in_an_empty_folder_and_again_and_a_signal_stops_all_of_it(data_dir: Path) -> None:
    port = free_port()
    for sent in (signal.SIGINT, signal.SIGTERM):
        site = launch(data_dir, port)
        assert health(site, port) == "ok"
        assert len(processes_of(data_dir)) > 5
        site.send_signal(sent)
        said, _ = site.communicate(timeout=PATIENCE)
        assert f"http://127.0.0.1:{port}\n" in said
        assert site.returncode == 0
        assert processes_of(data_dir) == []


def test_taken_port_is_told_before_anything_is_started(data_dir: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        program = launch(data_dir, port)
        said, _ = program.communicate(timeout=PATIENCE)
    assert (f"make run PORT={port + 1}" in said, said.count("\n"), program.returncode) == (True, 1, 1)
    assert [path.name for path in data_dir.iterdir()] == []


def test_second_launcher_of_one_data_folder_is_refused(running: Site) -> None:
    second = launch(running.data_dir, free_port())
    said, _ = second.communicate(timeout=PATIENCE)
    assert str(running.data_dir) in said
    assert (second.returncode, running.program.poll()) == (1, None)


def test_unreachable_database_is_told_and_nothing_runs(data_dir: Path) -> None:
    program = launch(data_dir, free_port(), DATABASE_URL="postgres://nobody@127.0.0.1:9/none")
    said, _ = program.communicate(timeout=PATIENCE)
    assert ("DATABASE_URL" in said, "Traceback" in said, program.returncode) == (True, False, 1)
    assert processes_of(data_dir) == []


def part(data_dir: Path, word: str) -> int:
    """The process of one part of the site, 0 where there is none."""
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if os.fsencode(data_dir) in (folder / "environ").read_bytes():
                words = (folder / "cmdline").read_bytes().split(b"\0")
                if word.encode() in words and b"-m" in words:
                    return int(folder.name)
    return 0


def test_part_that_is_killed_is_started_again(running: Site) -> None:
    wait_for(lambda: part(running.data_dir, "beat") > 0)
    killed = part(running.data_dir, "beat")
    os.kill(killed, signal.SIGKILL)
    wait_for(lambda: part(running.data_dir, "beat") not in (0, killed))
    assert running.program.poll() is None
