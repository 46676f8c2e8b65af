"""Tables as a backup sees them: which there are, and how one is copied out of a database or into it."""

from collections.abc import Iterable
from typing import IO, Any

from django.db.backends.utils import CursorWrapper
from django.db.migrations.state import ProjectState

from trialfinder.backup.archive import Counted, TableEntry

EMPTIED = ("cache", "django_session", "trials_followlimit", "usersessions_usersession")
"""Whose rows are not kept: who has signed in does so again, limits of tries begin anew."""
KEPT_BY_DJANGO = "django_migrations"

# COPY writes the same text on every server, whatever its own settings are.
SAME_TEXT = (
    "SET LOCAL datestyle = 'ISO, YMD'",
    "SET LOCAL intervalstyle = 'postgres'",
    "SET LOCAL timezone = 'UTC'",
    "SET LOCAL extra_float_digits = 1",
    "SET LOCAL bytea_output = 'hex'",
)
# One transaction does it all, however long it takes.
NO_LIMITS = ("SET LOCAL statement_timeout = 0", "SET LOCAL idle_in_transaction_session_timeout = 0")

_COLUMNS = """
SELECT a.attname, a.attcollation <> 0, coalesce(a.attnum = ANY(i.indkey), false),
       pg_get_serial_sequence(quote_ident(c.relname), a.attname)
FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
WHERE c.relnamespace = current_schema()::regnamespace AND c.relname = %s
ORDER BY a.attname
"""
_TABLES = """
SELECT c.relname FROM pg_class c
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
AND NOT EXISTS (
    SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'
)
"""


def settle(cursor: CursorWrapper) -> None:
    """Prepare this transaction for copying."""
    for statement in (*SAME_TEXT, *NO_LIMITS):
        cursor.execute(statement)


def existing(cursor: CursorWrapper) -> set[str]:
    """Every table and view of our schema but those of extensions."""
    cursor.execute(_TABLES)
    return {name for (name,) in cursor.fetchall()}


def of_state(state: ProjectState) -> set[str]:
    """Tables of the models as they are after some migrations."""
    models = state.apps.get_models(include_auto_created=True)
    return {model._meta.db_table for model in models if model._meta.managed and not model._meta.proxy}


def copy_out(cursor: CursorWrapper, table: str, sink: Any = None) -> TableEntry:
    """Write a table to `sink` (nowhere: only count), and say what was in it.

    Columns that PostgreSQL makes out of others are left out.
    """
    cursor.execute(_COLUMNS, [table])
    found = cursor.fetchall()
    columns = [name for name, *_ in found]
    order = [
        f'{quoted(name)} COLLATE "C"' if collated else quoted(name)
        for name, collated, primary, _sequence in found
        if primary
    ]
    rows = f"SELECT {quoted(*columns)} FROM {quoted(table)} ORDER BY {', '.join(order)}"  # noqa: S608
    count = Counted(sink.write if sink else None)
    _copy(cursor, f"COPY ({rows}) TO STDOUT", count)
    numbered = {name: _last(cursor, sequence) for name, _c, _p, sequence in found if sequence}
    return TableEntry(columns, count.rows, count.sha256, numbered)


def copy_in(cursor: CursorWrapper, table: str, entry: TableEntry, file: IO[bytes]) -> None:
    """Read a table that `copy_out` wrote, and let its numbers go on where they were."""
    _copy(cursor, f"COPY {quoted(table)} ({quoted(*entry.columns)}) FROM STDIN", file)
    for column, last in entry.sequences.items():
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence(quote_ident(%s), %s), greatest(%s, 1), %s > 0)",
            [table, column, last, last],
        )


def empty(cursor: CursorWrapper, tables: Iterable[str]) -> None:
    """Take all rows out of these tables."""
    cursor.execute(f"TRUNCATE {quoted(*tables)}")


def _copy(cursor: CursorWrapper, statement: str, file: Any) -> None:
    """Django knows no COPY; its errors become Django's, as those of other statements do."""
    with cursor.db.wrap_database_errors:
        cursor.copy_expert(statement, file)


def _last(cursor: CursorWrapper, sequence: str) -> int:
    """The last number given out; 0: none yet. `sequence` is a name that PostgreSQL has quoted."""
    cursor.execute(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}")  # noqa: S608
    return int(cursor.fetchone()[0])


def quoted(*names: str) -> str:
    """Names as SQL takes them, whatever is in them."""
    return ", ".join('"' + name.replace('"', '""') + '"' for name in names)
