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

from tests.workers import PATIENCE, ROOT, free_port, wait_for
from trialfinder import orphans

WHOLE = ("-m", "trialfinder.launch")
pytestmark = pytest.mark.slow


@pytest.fixture
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


class Site(NamedTuple):
    data_dir: Path
    port: int
    program: subprocess.Popen[str]


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
    program = launch(data_dir, port)
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


def until_announced(program: subprocess.Popen[str]) -> str:
    """What it says until it is ready, or ends."""
    assert program.stdout is not None
    said = ""
    for line in program.stdout:
        said += line
        if "is ready" in line:
            break
    return said


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
        said = until_announced(site)
        site.send_signal(sent)
        site.communicate(timeout=PATIENCE)
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


def part(data_dir: Path, name: str) -> int:
    """The process of one part of the site, 0 where there is none."""
    return orphans.left_over(data_dir).get(name, 0)


def test_part_that_is_killed_is_started_again(running: Site) -> None:
    wait_for(lambda: part(running.data_dir, "beat") > 0)
    killed = part(running.data_dir, "beat")
    os.kill(killed, signal.SIGKILL)
    wait_for(lambda: part(running.data_dir, "beat") not in (0, killed))
    assert running.program.poll() is None


def test_queue_that_is_killed_is_started_again(running: Site) -> None:
    def queue() -> int:
        found = [
            int(path.parent.name) for path in Path("/proc").glob("[0-9]*/cmdline") if _is_queue(path, running)
        ]
        return found[0] if found else 0

    wait_for(lambda: queue() > 0)
    killed = queue()
    os.kill(killed, signal.SIGKILL)
    wait_for(lambda: queue() not in (0, killed))
    assert running.program.poll() is None


def _is_queue(path: Path, site: Site) -> bool:
    """Valkey writes its own title over its command line: its program and the socket in it."""
    with suppress(OSError):
        words = path.read_bytes()
        return b"valkey-server" in words and os.fsencode(site.data_dir) in words
    return False


def test_parts_end_with_a_launcher_that_is_killed_and_the_next_start_is_clean(data_dir: Path) -> None:
    port = free_port()
    killed = launch(data_dir, port)
    assert health(killed, port) == "ok"
    parts = json.loads((data_dir / orphans.NOTES).read_text())
    assert sorted(parts) == ["beat", "watch", "web", "worker"]
    killed.kill()
    killed.communicate(timeout=PATIENCE)
    again = launch(data_dir, port)
    until_announced(again)
    now = json.loads((data_dir / orphans.NOTES).read_text())
    assert not {pid for pid, _ in parts.values()} & {pid for pid, _ in now.values()}
    again.terminate()
    again.communicate(timeout=PATIENCE)
    assert (again.returncode, processes_of(data_dir), (data_dir / orphans.NOTES).exists()) == (0, [], False)


def test_celery_is_told_how_to_end_before_it_is_loaded() -> None:
    """It reads `REMAP_SIGTERM` while it is imported, and the launcher imports much of it for all parts."""
    loads = """
import sys, django
django.setup()
from trialfinder import launch
launch.loaded.load()
print("billiard.common" in sys.modules)
"""
    words = {"DJANGO_SETTINGS_MODULE": "trialfinder.settings"}
    done = subprocess.run(
        [sys.executable, "-c", loads],
        cwd=ROOT,
        env=os.environ | words,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "False\n"
