"""The embedded servers: started, shared, adopted and stopped by processes of their own."""

import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from trialfinder import embedded
from trialfinder.embedded import EmbeddedServerError, folders, postgres, valkey

ROOT = Path(__file__).resolve().parents[2]
UNSET = {"DJANGO_SETTINGS_MODULE": "trialfinder.settings", "DATABASE_URL": ""}
pytestmark = pytest.mark.slow


@pytest.fixture
def data_dir(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "data of ours ठीक"
    yield folder
    if (folder / "pg.lock").exists():
        postgres.use(folder)  # adopts whatever a failed test left, and stops it
        postgres.release(folder)
    shutil.rmtree(embedded.socket_folder(folder), ignore_errors=True)


def user(data_dir: Path, then: str) -> subprocess.Popen[str]:
    """A process that uses the server, says so and then does what it is told."""
    code = (
        "import sys, time, os, signal, pathlib\n"
        "from trialfinder.embedded import postgres\n"
        f"postgres.use(pathlib.Path({str(data_dir)!r}), fsync='off')\n"
        "print('using', flush=True)\n"
        f"{then}\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "using\n"
    return process


def finish(process: subprocess.Popen[str]) -> None:
    process.communicate("\n", timeout=30)


def runs(data_dir: Path) -> bool:
    return postgres._answers(data_dir)


def test_last_user_stops_postgresql(data_dir: Path) -> None:
    first, second = user(data_dir, "input()"), user(data_dir, "input()")
    finish(first)
    assert runs(data_dir)
    finish(second)
    assert not runs(data_dir)


def test_killed_user_leaves_postgresql_to_the_next(data_dir: Path) -> None:
    user(data_dir, "os.kill(os.getpid(), signal.SIGKILL)").communicate(timeout=30)
    assert runs(data_dir)
    finish(user(data_dir, "input()"))
    assert not runs(data_dir)


def test_postgresql_starts_after_a_power_cut(data_dir: Path) -> None:
    user(data_dir, "os.kill(os.getpid(), signal.SIGKILL)").communicate(timeout=30)
    pid = postgres._server_pid(data_dir)
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    stale = data_dir / "pg18" / "postmaster.pid"
    # Another program has that number now.
    stale.write_text(stale.read_text().replace(str(pid), str(os.getpid()), 1))
    finish(user(data_dir, "input()"))
    assert not stale.exists()


def test_postgresql_whose_socket_is_gone_is_started_anew(data_dir: Path) -> None:
    user(data_dir, "os.kill(os.getpid(), signal.SIGKILL)").communicate(timeout=30)
    (embedded.socket_folder(data_dir) / ".s.PGSQL.5432").unlink()
    postgres.use(data_dir)
    assert runs(data_dir)
    postgres.release(data_dir)
    assert not runs(data_dir)


def test_forked_user_does_not_stop_its_parents_postgresql(data_dir: Path) -> None:
    parent = user(
        data_dir,
        "pid = os.fork()\nif pid == 0: sys.exit()\nos.waitpid(pid, 0)\nprint('waited', flush=True)\ninput()",
    )
    assert parent.stdout is not None
    assert parent.stdout.readline() == "waited\n"
    assert runs(data_dir)
    finish(parent)
    assert not runs(data_dir)


def test_commands_without_a_database_start_nothing(tmp_path: Path) -> None:
    for command in ("help", "check", "collectstatic --dry-run --no-input", "--version"):
        subprocess.run(
            [sys.executable, "manage.py", *shlex.split(command)],
            cwd=ROOT,
            env=os.environ | UNSET | {"TRIALFINDER_DATA_DIR": str(tmp_path / "data")},
            capture_output=True,
            check=True,
        )
    assert not (tmp_path / "data" / "pg18").exists()


def test_long_data_folder_gets_a_short_private_socket_folder(tmp_path: Path) -> None:
    deep = tmp_path / ("x" * 80)
    folders.prepare(deep)
    sockets = embedded.socket_folder(deep)
    assert len(str(sockets)) < embedded.LONGEST_SOCKET_FOLDER
    assert sockets.stat().st_mode & 0o777 == 0o700
    sockets.rmdir()


def test_folder_that_is_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "data").symlink_to(tmp_path / "real")
    with pytest.raises(EmbeddedServerError, match="belongs to another user"):
        folders.prepare(tmp_path / "data")


def test_valkey_keeps_what_is_queued(data_dir: Path) -> None:
    valkey.start(data_dir)
    with valkey._client(data_dir) as client:
        client.rpush("queue", "task")
    valkey.stop(data_dir)
    valkey.start(data_dir)
    with valkey._client(data_dir) as client:
        assert client.lrange("queue", 0, -1) == [b"task"]
    valkey.stop(data_dir)
    assert not valkey._answers(data_dir)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can take user namespaces away")
def test_root_without_user_namespaces_is_told_what_to_do(tmp_path: Path) -> None:
    forbid = "echo 0 > /proc/sys/user/max_user_namespaces && exec"
    words = shlex.join([sys.executable, "manage.py", "migrate"])
    done = subprocess.run(
        ["unshare", "--user", "--map-root-user", "sh", "-c", f"{forbid} {words}"],
        cwd=ROOT,
        env=os.environ | UNSET | {"TRIALFINDER_DATA_DIR": str(tmp_path / "data")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "trialfinder: the database does not answer. You are root, PostgreSQL refuses to run as root, and "
        "this system gives no user namespaces to step aside into. Run as an ordinary user, or set "
        "DATABASE_URL to a PostgreSQL server of yours."
    ]
