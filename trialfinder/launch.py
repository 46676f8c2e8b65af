"""Starts the site: `python -m trialfinder.launch` everything, `... web` (or worker, beat, watch) one part.

`make run` is the first, docker-compose.yml the second; `... healthy` says by its exit code whether the web
part of this machine works.
"""

import fcntl
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import OperationalError, connection
from kombu.exceptions import OperationalError as BrokerError

from trialfinder import embedded, loaded, orphans, parts
from trialfinder.celery import app
from trialfinder.embedded import EmbeddedServerError, postgres, valkey
from trialfinder.processes import Copied, Processes
from trialfinder.processes import show as say
from trialfinder.supervise import Supervisor

PROGRAMS = (
    *("celery.bin.celery", "celery.apps.worker", "celery.concurrency.prefork", "celery.apps.beat"),
    *("gunicorn.app.wsgiapp", "gunicorn.workers.gthread"),
)
"""What the parts run, and would each load for itself."""


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
    except Copied as copied:
        part = copied.name
    except (ImproperlyConfigured, EmbeddedServerError, LaunchError) as error:
        say(str(error))
        return 1
    except OperationalError as error:
        say(f"The database does not answer. Is DATABASE_URL right, and does its server run?\n{error}".strip())
        return 1
    parts.run(part)
    return 0


def run_everything(stop: StopRequest) -> int:
    """Servers, tables, and every part; until asked to stop or until one of them cannot run."""
    end_orphans(settings.DATA_DIR)
    check_port(settings.HOST, settings.PORT)
    with ExitStack() as at_exit:
        at_exit.enter_context(only_launcher(settings.DATA_DIR))
        prepare(at_exit)
        if not stop.asked:
            call_command("migrate", verbosity=0)
            connection.close()
        loaded.share()
        processes = Processes()
        at_exit.callback(orphans.forget, settings.DATA_DIR)
        at_exit.callback(parts.forget_counts)
        at_exit.callback(processes.stop)
        supervisor = Supervisor(processes, settings.DATA_DIR, say)
        try:
            for name in parts.ENVIRONMENT:
                if not stop.asked:
                    supervisor.start(name)
            ended = supervisor.run(lambda: stop.asked, announce)
        except Copied:
            at_exit.pop_all()  # the servers and the lock are the launcher's
            raise
        say("Stopping ...")
    if stop.asked:
        say("Stopped.")
        return 0
    say(f"Stopped, because {ended} ended by itself; its last words are above.")
    return 1


def prepare(at_exit: ExitStack) -> None:
    """Start the servers, and load meanwhile what all parts share."""
    with ThreadPoolExecutor(1) as beside:  # no thread may be left when the parts are copied
        servers = beside.submit(start_servers, at_exit)
        for name in parts.ENVIRONMENT:
            os.environ.update(parts.environment(name))  # some of it is read while modules are loaded
        loaded.load()
        for program in PROGRAMS:
            import_module(program)
        servers.result()


def start_servers(at_exit: ExitStack) -> None:
    """The embedded ones, where the environment names no others."""
    if settings.DATABASES["default"]["ENGINE"] == "trialfinder.embedded":
        say("Starting PostgreSQL ...")
        at_exit.callback(postgres.release, settings.DATA_DIR)
        postgres.use(settings.DATA_DIR)
    if embedded.valkey_url(settings.DATA_DIR) == settings.CELERY_BROKER_URL:
        at_exit.callback(valkey.stop, settings.DATA_DIR)
        valkey.start(settings.DATA_DIR)


def announce() -> None:
    say(f"\n    The site is ready:  http://{parts.address()}\n    Ctrl-C stops it.\n")
    try:
        with app.connection_for_write() as queue:  # closed again: no copy may share it
            app.send_task("importers.tasks.ensure_catalogue", retry=False, connection=queue)
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


def end_orphans(data_dir: Path) -> None:
    """Stop what an earlier start left running when its launcher was killed: it would hold port and queue."""
    if not (data_dir / orphans.NOTES).exists():
        return
    with only_launcher(data_dir):
        if found := orphans.left_over(data_dir):
            names = ", ".join(f"{name} (process {pid})" for name, pid in found.items())
            say(f"An earlier start was killed and left these running; they are stopped first: {names}")
            orphans.end(found)
        orphans.forget(data_dir)


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
        os.register_at_fork(after_in_child=file.close)  # where we are killed, no part holds it on
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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
