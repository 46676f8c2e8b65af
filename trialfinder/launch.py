"""Starts the site: `python -m trialfinder.launch` everything, `... web` (or worker, beat, watch) one part.

`make run` is the first, docker-compose.yml the second; `... healthy` says by its exit code whether the web
part of this machine works.
"""

import fcntl
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import OperationalError, connection
from kombu.exceptions import OperationalError as BrokerError

from trialfinder import embedded, parts
from trialfinder.celery import app
from trialfinder.embedded import EmbeddedServerError, postgres, valkey
from trialfinder.processes import Processes

SHORT_LIFE = 10.0
"""Seconds. A part that ends sooner will not do better the next time."""


class LaunchError(Exception):
    """Why the site cannot start, in one sentence for the person at the terminal."""


class StopRequest:
    """Set by Ctrl-C, SIGTERM or a closed terminal; looked at between two steps, never in the middle."""

    def __init__(self) -> None:
        self.asked = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask)

    def _ask(self, *_: Any) -> None:
        self.asked = True


def main(arguments: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trialfinder.settings")
    try:
        django.setup()
        if not arguments:
            return run_everything(StopRequest())
        return PARTS[arguments[0]]() if arguments[0] in PARTS else usage()
    except (ImproperlyConfigured, EmbeddedServerError, LaunchError) as error:
        say(str(error))
    except OperationalError as error:
        say(f"The database does not answer. Is DATABASE_URL right, and does its server run?\n{error}".strip())
    return 1


def run_everything(stop: StopRequest) -> int:
    """Servers, tables, and every part; until asked to stop or until one of them cannot run."""
    check_port(settings.HOST, settings.PORT)
    with ExitStack() as at_exit:
        at_exit.enter_context(only_launcher(settings.DATA_DIR))
        start_servers(at_exit)
        if not stop.asked:
            call_command("migrate", verbosity=0)
            connection.close()
        processes = Processes(settings.BASE_DIR)
        at_exit.callback(processes.stop)
        for name, environment in parts.ENVIRONMENT.items():
            if not stop.asked:
                processes.start(name, parts.command(name), environment)
        ended = watch(processes, stop)
        say("Stopping ...")
    if stop.asked:
        say("Stopped.")
        return 0
    say(f"Stopped, because {ended} ended by itself; its last words are above.")
    return 1


def start_servers(at_exit: ExitStack) -> None:
    """The embedded ones, where the environment names no others."""
    if settings.DATABASES["default"]["ENGINE"] == "trialfinder.embedded":
        say("Starting PostgreSQL ...")
        at_exit.callback(postgres.release, settings.DATA_DIR)
        postgres.use(settings.DATA_DIR)
    if embedded.valkey_url(settings.DATA_DIR) == settings.CELERY_BROKER_URL:
        at_exit.callback(valkey.stop, settings.DATA_DIR)
        valkey.start(settings.DATA_DIR)


def watch(processes: Processes, stop: StopRequest) -> str:
    """Says when the site is ready, and starts parts that end (killed for want of memory, say) again.

    Returns when asked to stop, or the name of a part that ended as soon as it was started.
    """
    ready = False
    while not stop.asked:
        if ended := processes.ended():
            if processes.age(ended) < SHORT_LIFE:
                return ended
            say(f"{ended} ended by itself and is started again.")
            processes.clear(ended)
            processes.start(ended, parts.command(ended), parts.ENVIRONMENT[ended])
        if not ready and parts.is_healthy():
            ready = True
            announce()
        time.sleep(0.1)
    return ""


def announce() -> None:
    say(f"\n    The site is ready:  http://{parts.address()}\n    Ctrl-C stops it.\n")
    try:
        app.send_task("importers.tasks.ensure_catalogue", retry=False)
    except BrokerError as error:
        say(f"The queue does not answer, so imports wait: {error}")


def check_port(host: str, port: int) -> None:
    """Check, before anything is started, that no other program listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError as error:
            raise LaunchError(f"Port {port} may not be used by an ordinary user. Try PORT=8000.") from error
        except OSError as error:
            raise LaunchError(
                f"Port {port} is taken by another program. Choose another one: make run PORT={port + 1}"
            ) from error


@contextmanager
def only_launcher(data_dir: Path) -> Iterator[None]:
    """Two launchers of one data folder would take each other's queue away."""
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (data_dir / "launch.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise LaunchError(
                f"The site already runs from {data_dir}. "
                "Stop that one, or set TRIALFINDER_DATA_DIR to another folder."
            ) from error
        yield


PARTS: dict[str, Callable[[], int]] = {
    "web": lambda: parts.become("web"),
    "worker": lambda: parts.become("worker"),
    "beat": lambda: parts.become("beat"),
    "watch": lambda: parts.become("watch"),
    "healthy": lambda: 0 if parts.is_healthy() else 1,
}


def usage() -> int:
    say(f"Use: python -m trialfinder.launch [{'|'.join(PARTS)}]")
    return 2


def say(words: str) -> None:
    print(words, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
