"""Many new rows at once, by PostgreSQL's COPY: several times as quick as INSERT through the ORM.

For what an import creates by the thousand. Rows are inserted as they are: no signals, no `pre_save`.
"""

import csv
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from io import StringIO
from operator import attrgetter
from typing import Any

import msgspec
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

NULL = "\\N of no text"
"""What stands for NULL in the CSV; a text that is just this does not occur."""


def insert(rows: Sequence[models.Model]) -> None:
    """Insert new rows of one model; each gets its primary key. Constraints hold as ever."""
    if not rows:
        return
    model = type(rows[0])
    table, names = model._meta.db_table, [field.attname for field in _fields(model)]
    columns = ", ".join(f'"{name}"' for name in names)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval((SELECT pg_get_serial_sequence(%s, 'id'))::regclass) FROM generate_series(1, %s)",
            [table, len(rows)],
        )
        for row, (number,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = number
        text = StringIO()
        csv.writer(text).writerows(_written(model, map(attrgetter(*names), rows)))
        text.seek(0)
        with connection.wrap_database_errors:
            cursor.copy_expert(f"COPY \"{table}\" ({columns}) FROM STDIN (FORMAT csv, NULL '{NULL}')", text)
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def count_anew(*keys: tuple[type[models.Model], Sequence[str]]) -> None:
    """Let PostgreSQL see how large these tables have become, and the spread of these columns.

    Else it plans for what they held before, and compares each row with each where it takes them for empty.
    """
    tables = ", ".join(f'"{model._meta.db_table}" ({", ".join(names)})' for model, names in keys)
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {tables}")


def _written(model: type[models.Model], rows: Iterable[tuple[Any, ...]]) -> Iterable[list[Any]]:
    """The values as COPY reads them; texts and numbers are written by `csv` as they are."""
    writers = _writers(model)
    for row in rows:
        values = list(row)
        for position, write in writers:
            values[position] = NULL if values[position] is None else write(values[position])
        yield values


@cache
def _fields(model: type[models.Model]) -> list[Any]:
    """The columns the database does not make itself."""
    return [field for field in model._meta.concrete_fields if not getattr(field, "generated", False)]


@cache
def _writers(model: type[models.Model]) -> list[tuple[int, Callable[[Any], Any]]]:
    """Position and way of writing of every column that may be NULL or is no plain value."""
    ways = ((position, field, _way(field)) for position, field in enumerate(_fields(model)))
    return [(position, way) for position, field, way in ways if field.null or way is not _plain]


def _way(field: Any) -> Callable[[Any], Any]:
    if isinstance(field, models.JSONField):
        return _json
    if isinstance(field, ArrayField):
        return _array
    return _binary if isinstance(field, models.BinaryField) else _plain


def _plain(value: Any) -> Any:
    return value


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _array(values: Sequence[str]) -> str:
    """An array of texts, as PostgreSQL writes it."""
    quoted = (value.replace("\\", "\\\\").replace('"', '\\"') for value in values)
    return "{" + ",".join(f'"{value}"' for value in quoted) + "}"


def _binary(value: bytes) -> str:
    return rf"\x{value.hex()}"
