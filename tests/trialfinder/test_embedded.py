"""The embedded servers: started, shared, adopted and stopped by processes of their own."""

import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest

from tests.workers import PATIENCE, wait_for
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


@pytest.fixture
def made(data_dir: Path, cluster: Path) -> Path:
    """A data folder that has its cluster already."""
    shutil.copytree(cluster, data_dir / cluster.name)
    return data_dir


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
    process.communicate("\n", timeout=PATIENCE)


def runs(data_dir: Path) -> bool:
    return postgres._answers(data_dir)


def test_data_of_another_postgresql_are_not_hidden_by_an_empty_server(made: Path) -> None:
    """Of a release that brings another major version: its own folder is not there yet."""
    (made / f"pg{embedded.POSTGRES_MAJOR}").rename(made / "pg17")
    with pytest.raises(EmbeddedServerError, match="pg17 was made by PostgreSQL 17"):
        postgres.use(made)
    assert not (made / f"pg{embedded.POSTGRES_MAJOR}").exists()
    postgres.release(made)
    (made / "pg17").rename(made / f"pg{embedded.POSTGRES_MAJOR}")


def test_last_user_stops_postgresql(data_dir: Path) -> None:
    first, second = user(data_dir, "input()"), user(data_dir, "input()")
    finish(first)
    assert runs(data_dir)
    finish(second)
    assert not runs(data_dir)


def test_killed_user_leaves_postgresql_to_the_next(made: Path) -> None:
    user(made, "os.kill(os.getpid(), signal.SIGKILL)").communicate(timeout=PATIENCE)
    assert runs(made)
    finish(user(made, "input()"))
    assert not runs(made)


def test_postgresql_starts_after_a_power_cut(made: Path) -> None:
    user(made, "os.kill(os.getpid(), signal.SIGKILL)").communicate(timeout=PATIENCE)
    pid = postgres._server_pid(made)
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    stale = made / "pg18" / "postmaster.pid"
    # Another program has that number now.
    stale.write_text(stale.read_text().replace(str(pid), str(os.getpid()), 1))
    finish(user(made, "input()"))
    assert not stale.exists()


def test_postgresql_whose_socket_is_gone_is_started_anew(made: Path) -> None:
    user(made, "os.kill(os.getpid(), signal.SIGKILL)").communicate(timeout=PATIENCE)
    (embedded.socket_folder(made) / ".s.PGSQL.5432").unlink()
    postgres.use(made)
    assert runs(made)
    postgres.release(made)
    assert not runs(made)


def test_postgresql_that_was_asked_to_end_is_started_anew(made: Path) -> None:
    """It would refuse new connections for as long as an old one lasts."""
    postgres.use(made)
    given = embedded.postgres_settings(made)
    names = {"dbname": given["NAME"], "user": given["USER"], "host": given["HOST"], "port": given["PORT"]}
    with closing(psycopg2.connect(**names)):
        pid = postgres._server_pid(made)
        assert pid is not None
        os.kill(pid, signal.SIGTERM)
        wait_for(lambda: "stopping" in (made / "pg18" / "postmaster.pid").read_text())
        postgres.use(made)
        with closing(psycopg2.connect(**names)) as connection:
            assert connection.status == psycopg2.extensions.STATUS_READY
    assert postgres._server_pid(made) not in (None, pid)
    postgres.release(made)


def test_forked_user_does_not_stop_its_parents_postgresql(made: Path) -> None:
    parent = user(
        made,
        "pid = os.fork()\nif pid == 0: sys.exit()\nos.waitpid(pid, 0)\nprint('waited', flush=True)\ninput()",
    )
    assert parent.stdout is not None
    assert parent.stdout.readline() == "waited\n"
    assert runs(made)
    finish(parent)
    assert not runs(made)


def test_commands_without_a_database_start_nothing(tmp_path: Path) -> None:
    commands = ("help", "check", "collectstatic --dry-run --no-input", "--version")
    code = (
        "import sys, manage\n"
        "for words in sys.argv[1:]:\n"
        "    sys.argv = ['manage.py', *words.split()]\n"
        "    manage.main()\n"
    )
    subprocess.run(
        [sys.executable, "-c", code, *commands],
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
    assert not valkey.answers(data_dir)


def test_valkey_that_hangs_is_replaced_by_one_that_knows_what_was_queued(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(valkey, "ANSWER_SECONDS", 0.2)
    valkey.start(data_dir)
    with valkey._client(data_dir) as client:
        client.rpush("queue", "task")
    hanging = int((data_dir / "valkey" / valkey.PID_FILE).read_text())
    os.kill(hanging, signal.SIGSTOP)
    valkey.start(data_dir)
    with valkey._client(data_dir) as client:
        assert client.lrange("queue", 0, -1) == [b"task"]
    with pytest.raises(OSError, match="No such file"):
        Path(f"/proc/{hanging}/cwd").readlink()
    os.kill(int((data_dir / "valkey" / valkey.PID_FILE).read_text()), signal.SIGSTOP)
    valkey.stop(data_dir)
    assert not valkey.answers(data_dir)


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
    assert [word in done.stderr for word in ("DATABASE_URL", "Traceback")] == [True, False]
