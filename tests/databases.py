"""Databases beside that of the test, on the same server, for programs that fill or change a whole one."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.db import connection

ROOT = Path(__file__).resolve().parents[1]


class Database:
    """One database, and `manage.py` on it with a data folder of its own."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name, self.folder = name, folder
        given = connection.settings_dict
        login = f"{quote(given['USER'])}:{quote(given['PASSWORD'])}@{quote(given['HOST'], safe='')}"
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.program_settings",
            "DATABASE_URL": f"postgres://{login}:{given['PORT'] or 5432}/{name}",
            "TRIALFINDER_DATA_DIR": str(folder),
        }

    def manage(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env=self.environment | environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def shell(self, code: str) -> str:
        """What a piece of Python prints that runs in the program, on this database."""
        done = self.manage("shell", "-v0", "-c", code)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        with session(self.name) as cursor:
            cursor.execute(sql)
            return list(cursor.fetchall()) if cursor.description else []


@contextmanager
def session(name: str) -> Iterator[Any]:
    other = connection.copy()
    other.settings_dict = connection.settings_dict | {"NAME": name}
    with closing(other), other.cursor() as cursor:
        yield cursor


END_SESSIONS = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s"
"""Nothing may use a database that is copied, such as what a killed program or a live server has left."""


@contextmanager
def new_database(name: str, folder: Path, like_here: bool = False) -> Iterator[Database]:
    """An empty one, or a copy of the test's, there until the block ends."""
    given = connection.settings_dict["NAME"]
    name = f"{given}_{name}"
    with session("postgres") as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        if like_here:
            connection.close()
            cursor.execute(END_SESSIONS, [given])
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {given if like_here else 'template1'}")
    yield Database(name, folder)
    with session("postgres") as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
