"""A site of its own in a scratch folder, started as `make run` starts it, and whether it works."""

import http.client
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import urlopen

import psycopg2
from celery import Celery
from kombu.exceptions import OperationalError

from tests.drills import machine
from tests.drills.visitors import Visitors
from tests.drills.waiting import NotWellError, happens, promise, wait_for
from tests.workers import ROOT, free_port
from trialfinder import embedded, orphans

NOWHERE = "http://127.0.0.1:9"
ERASES_SESSIONS = "trials.tasks.erase"
NEVER_LOST = (
    *("trials_trial", "trials_registration", "trials_trialsite", "trials_trialevent", "trials_site"),
    *("importers_rawrecord", "auth_user"),
)
"""Tables that a fault may neither shorten nor change."""
SAID = ("trials_trial", "trials_registration", "trials_trialsite")
WHEN_AND_WHERE = (
    *("id", "trial_id", "registration_id", "site_id", "search_vector", "fetched_at", "first_seen_at"),
    *("changed_at", "listed_at", "missing_since", "gone_at", "unreadable_since"),
)
"""Columns in which two ways to the same catalogue differ."""


class Site:
    def __init__(self, data_dir: Path, **environment: str) -> None:
        self.data_dir, self.port = data_dir, free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.program: subprocess.Popen[bytes] | None = None
        self.code = ROOT
        self.needed = 0.0  # seconds of its last start, until all was well
        self.database = embedded.postgres_settings(data_dir)
        self.broker = embedded.valkey_url(data_dir)
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "trialfinder.settings",
            "DEBUG": "",
            "DATABASE_URL": "",
            "CELERY_BROKER_URL": "",
            "TRIALFINDER_DATA_DIR": str(data_dir),
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            **dict.fromkeys(("API_PER_MINUTE", "PAGES_PER_MINUTE", "FORMS_PER_MINUTE"), "0"),
            "REGISTRY_MIN_INTERVAL": "0",
            "CTGOV_API_URL": f"{NOWHERE}/api/v2",
            "CTRI_URL": f"{NOWHERE}/Clinicaltrials",
            **environment,
        }  # fmt: skip

    # Start and stop

    def launch(self, *words: str) -> subprocess.Popen[bytes]:
        """The launcher; its words are in `said` of the data folder."""
        with (self.data_dir / "said").open("ab") as said:
            command = [sys.executable, "-m", "trialfinder.launch", *words]
            return subprocess.Popen(
                command, cwd=self.code, env=self.environment, stdout=said, stderr=subprocess.STDOUT
            )

    def start(self) -> None:
        self.program = self.launch()

    def manage(self, *words: str) -> None:
        """Do a command. Raises `NotWellError` where it fails."""
        program = self.begin(*words)
        said = program.communicate()[0].decode(errors="replace")
        promise(program.returncode == 0, f"{' '.join(words)} failed: {said[-500:].strip()}")

    def begin(self, *words: str) -> subprocess.Popen[bytes]:
        """Begin a command and go on."""
        command = [sys.executable, "manage.py", *words]
        return subprocess.Popen(
            command, cwd=self.code, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )

    def stop(self) -> int:
        """Ask the launcher to end; its exit code. Nothing may run afterwards."""
        if self.program is None:
            return 0
        self.program.terminate()
        try:
            code = self.program.wait(60)
        except subprocess.TimeoutExpired as error:
            raise NotWellError("it did not end within 60 s") from error
        if left := [machine.title(pid) for pid in machine.of_folder(self.data_dir) if machine.lives(pid)]:
            raise NotWellError(f"still running after the end: {left}")
        return code

    def cut_power(self) -> None:
        """Everything of this folder at once, without a word."""
        machine.send(machine.of_folder(self.data_dir), signal.SIGKILL)
        if self.program:
            self.program.wait()
        wait_for(lambda: not any(map(machine.lives, machine.of_folder(self.data_dir))), "it ends")

    # What runs

    def part(self, name: str) -> int:
        """The process of a part, as the launcher notes it; 0 where it does not run."""
        try:
            pid = int(json.loads((self.data_dir / orphans.NOTES).read_text())[name][0])
        except (OSError, ValueError, KeyError):
            return 0
        return pid if machine.lives(pid) else 0

    def postmaster(self) -> int:
        try:
            pid = int((self.data_dir / f"pg{embedded.POSTGRES_MAJOR}/postmaster.pid").read_text().split()[0])
        except (OSError, ValueError, IndexError):
            return 0
        return pid if machine.lives(pid) else 0

    def queue(self) -> int:
        return machine.running(self.data_dir, b"valkey-server")

    # What it holds

    def database_url(self) -> str:
        given = self.database
        return f"postgres://{given['USER']}@{quote(given['HOST'], safe='')}:{given['PORT']}/{given['NAME']}"

    def sql(self, query: str) -> list[tuple[Any, ...]]:
        given = self.database
        names = {"dbname": given["NAME"], "user": given["USER"], "host": given["HOST"], "port": given["PORT"]}
        with closing(psycopg2.connect(**names, connect_timeout=5)) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(query)
                return list(cursor.fetchall()) if cursor.description else []

    def columns(self) -> dict[str, str]:
        """The columns of each table, for `state`."""
        listed = "SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position)"
        where = "FROM information_schema.columns WHERE table_schema = current_schema() AND table_name ="
        return {name: self.sql(f"{listed} {where} '{name}'")[0][0] for name in NEVER_LOST}

    def state(self, columns: Mapping[str, str] | None = None) -> dict[str, tuple[Any, ...]]:
        """Of each table the number of rows and a hash of all they hold, in these columns."""
        columns = columns or self.columns()
        hashed = "md5(string_agg(md5(ROW({0})::text), '' ORDER BY md5(ROW({0})::text)))"
        return {
            name: self.sql(f"SELECT count(*), {hashed.format(listed)} FROM {name}")[0]  # noqa: S608
            for name, listed in columns.items()
        }

    def catalogue(self) -> tuple[Any, ...]:
        """What it says, apart from when and under which number each row came: of each table rows and hash."""
        names = ", ".join(f"'{name}'" for name in WHEN_AND_WHERE)
        row = f"md5((to_jsonb(t) - ARRAY[{names}])::text)"
        hashed = f"md5(string_agg({row}, '' ORDER BY {row}))"
        return tuple(self.sql(f"SELECT count(*), {hashed} FROM {name} t")[0] for name in SAID)  # noqa: S608

    def visitors(self) -> Visitors:
        """They come to the proxy, where there is one before it."""
        with urlopen(f"{self.address}/api/v1/trials") as answer:  # noqa: S310
            trials = json.load(answer)["results"]
        return Visitors(self.address, [trial["id"] for trial in trials])

    # Whether it works

    def until_well(self) -> float:
        """Seconds until every part runs, `/readyz` is green and a task that is sent is done."""
        return wait_for(lambda: self.is_ready() and self.does_tasks(), "it is well again")

    def is_ready(self) -> bool:
        return all(map(self.part, ("web", "worker", "beat", "watch"))) and status(self.port, "/readyz") == 200

    def does_tasks(self) -> bool:
        """A session that ended long ago is there, a task is sent, the session is gone: the worker works."""
        try:
            self.sql("INSERT INTO django_session VALUES ('drill', '', '2000-01-01') ON CONFLICT DO NOTHING")
            with closing(Celery(broker=self.broker)) as app:
                app.send_task(ERASES_SESSIONS, queue="trialfinder", retry=False)
            return happens(
                lambda: not self.sql("SELECT 1 FROM django_session WHERE session_key = 'drill'"), 3
            )
        except (psycopg2.Error, OperationalError, OSError):
            return False


@contextmanager
def running(site: Site) -> Iterator[Site]:
    """A site that works, and that has ended cleanly afterwards."""
    site.start()
    try:
        site.needed = site.until_well()
        yield site
        if code := site.stop():
            raise NotWellError(f"its end was {code}")
    finally:
        with suppress(NotWellError):
            site.cut_power()


def status(port: int, path: str) -> int:
    """Of the answer to a request; 0 where none comes."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()
