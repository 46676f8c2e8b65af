"""The catalogue as an SQLite file of three tables: trials, their registrations and their places."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from trials.models import Trial
from trials.open_data.columns import REGISTRATIONS, SITES, TRIALS, Column, Value

TYPES = {"string": "TEXT", "date": "TEXT", "number": "REAL", "boolean": "INTEGER"}
TRIAL = '"trial" TEXT NOT NULL REFERENCES "trials" ("id")'
TABLES: dict[str, Sequence[Column[Any]]] = {
    "trials": TRIALS,
    "registrations": REGISTRATIONS,
    "sites": SITES,
}


class Database:
    """Takes trials one by one."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.trials = 0
        for name, columns in TABLES.items():
            parts = [f'"{column.name}" {TYPES[column.type]}' for column in columns]
            parts[0] += " PRIMARY KEY NOT NULL" if name == "trials" else ""
            parts += [] if name == "trials" else [TRIAL]
            connection.execute(f'CREATE TABLE "{name}" ({", ".join(parts)})')

    def add(self, trial: Trial) -> None:
        self.trials += 1
        self._insert("trials", [self._values(TRIALS, trial)])
        for name, rows in (("registrations", trial.registrations.all()), ("sites", trial.sites.all())):
            self._insert(name, ([*self._values(TABLES[name], row), trial.primary_id] for row in rows))

    def _insert(self, table: str, rows: Iterable[Sequence[Value]]) -> None:
        number = len(TABLES[table]) + (table != "trials")
        self.connection.executemany(f'INSERT INTO "{table}" VALUES ({", ".join("?" * number)})', rows)  # noqa: S608

    @staticmethod
    def _values(columns: Sequence[Column[Any]], row: Any) -> list[Value]:
        return [column.read(row) for column in columns]


@contextmanager
def database(path: Path) -> Iterator[Database]:
    """A new file; its indexes are made at the end."""
    connection = sqlite3.connect(path)
    try:
        # A file that is not finished is thrown away: nothing of it need survive a power cut.
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
        yield Database(connection)
        for table in ("registrations", "sites"):
            connection.execute(f'CREATE INDEX "{table}_trial" ON "{table}" ("trial")')
        connection.commit()
    finally:
        connection.close()
