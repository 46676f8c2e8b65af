"""The whole program as a person starts and stops it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from trialfinder.launch import SHORT_LIFE

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60
pytestmark = pytest.mark.slow


@pytest.fixture
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def launch(data_dir: Path, port: int, **environment: str) -> subprocess.Popen[str]:
    words = {
        "DJANGO_SETTINGS_MODULE": "trialfinder.settings",
        "DATABASE_URL": "",
        "CELERY_BROKER_URL": "",
        "TRIALFINDER_DATA_DIR": str(data_dir),
        "PORT": str(port),
    }
    return subprocess.Popen(
        [sys.executable, "-m", "trialfinder.launch"],
        cwd=ROOT,
        env=os.environ | words | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.fixture
def site(data_dir: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    program = launch(data_dir, port)
    yield program
    program.terminate()
    program.communicate(timeout=30)


def health(program: subprocess.Popen[str], port: int) -> Any:
    """What /healthz says, as soon as it says anything; None when the program ends before."""
    deadline = time.monotonic() + START_SECONDS
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


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_signal_stops_everything_that_was_started(
    sent: signal.Signals, data_dir: Path, port: int, site: subprocess.Popen[str]
) -> None:
    assert health(site, port) == "ok"
    assert len(processes_of(data_dir)) > 5
    site.send_signal(sent)
    said, _ = site.communicate(timeout=20)
    assert f"The site is ready:  http://127.0.0.1:{port}\n" in said
    assert said.endswith("Stopping ...\nStopped.\n")
    assert site.returncode == 0
    assert processes_of(data_dir) == []


def test_second_start_is_ready(data_dir: Path, port: int, site: subprocess.Popen[str]) -> None:
    assert health(site, port) == "ok"
    site.terminate()
    site.communicate(timeout=20)
    again = launch(data_dir, port)
    assert health(again, port) == "ok"
    again.terminate()
    again.communicate(timeout=20)


def test_taken_port_is_told_before_anything_is_started(data_dir: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        program = launch(data_dir, port)
        said, _ = program.communicate(timeout=20)
    assert said == f"Port {port} is taken by another program. Choose another one: make run PORT={port + 1}\n"
    assert program.returncode == 1
    assert [path.name for path in data_dir.iterdir()] == []


def test_second_launcher_of_one_data_folder_is_refused(
    data_dir: Path, port: int, site: subprocess.Popen[str]
) -> None:
    assert health(site, port) == "ok"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        other_port = int(free.getsockname()[1])
    second = launch(data_dir, other_port)
    said, _ = second.communicate(timeout=20)
    assert said.startswith(f"The site already runs from {data_dir}. ")
    assert second.returncode == 1


def test_unreachable_database_is_told_and_nothing_runs(data_dir: Path, port: int) -> None:
    program = launch(data_dir, port, DATABASE_URL="postgres://nobody@127.0.0.1:9/none")
    said, _ = program.communicate(timeout=20)
    assert said.startswith("The database does not answer. Is DATABASE_URL right, and does its server run?\n")
    assert program.returncode == 1
    assert processes_of(data_dir) == []


def part(data_dir: Path, word: str) -> int:
    """The process of one part of the site."""
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if os.fsencode(data_dir) in (folder / "environ").read_bytes():
                words = (folder / "cmdline").read_bytes().split(b"\0")
                if word.encode() in words and b"-m" in words:
                    return int(folder.name)
    raise AssertionError(f"no {word}")


def test_part_that_is_killed_is_started_again(data_dir: Path, port: int, site: subprocess.Popen[str]) -> None:
    assert health(site, port) == "ok"
    time.sleep(SHORT_LIFE)
    killed = part(data_dir, "beat")
    os.kill(killed, signal.SIGKILL)
    time.sleep(3)
    assert part(data_dir, "beat") != killed
    site.terminate()
    said, _ = site.communicate(timeout=20)
    assert "beat ended by itself and is started again.\n" in said
    assert processes_of(data_dir) == []
