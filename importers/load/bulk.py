"""Many new rows at once, by PostgreSQL's COPY: several times as quick as INSERT through the ORM.

For what an import creates by the thousand. Rows are inserted as they are: no signals, no `pre_save`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from io import StringIO
from operator import attrgetter
from typing import Any, TypeVar

import msgspec
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models.base import ModelState

Row = TypeVar("Row", bound=models.Model)

PLAIN = (models.IntegerField, models.FloatField, models.BooleanField, models.DateField)
"""Columns whose values are written without any sign that COPY reads as its own."""
NULL = r"\N"
"""What stands for NULL; a text that is just this is written with two backslashes."""


def row(model: type[Row], **columns: Any) -> Row:
    """A new row with these columns by their `attname`, the others at their defaults.

    A quarter of what a model's own `__init__` takes, since nothing is looked at and nobody is told.
    """
    values, made = _defaults(model)
    new = model.__new__(model)
    new.__dict__.update(values, **columns)
    for name, make in made:
        if name not in columns:
            new.__dict__[name] = make()
    new._state = ModelState()
    return new


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
        text = StringIO("\n".join(_written(model, map(attrgetter(*names), rows))))
        with connection.wrap_database_errors:
            cursor.copy_expert(f'COPY "{table}" ({columns}) FROM STDIN', text)
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def count_anew(*keys: tuple[type[models.Model], Sequence[str]]) -> None:
    """Let PostgreSQL see how large these tables have become, and the spread of these columns.

    Else it plans for what they held before, and compares each row with each where it takes them for empty.
    """
    tables = ", ".join(f'"{model._meta.db_table}" ({", ".join(names)})' for model, names in keys)
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {tables}")


def _written(model: type[models.Model], rows: Iterable[tuple[Any, ...]]) -> Iterator[str]:
    """A line a row, as COPY reads it. `csv` takes four times as long."""
    writers = _writers(model)
    for values in rows:
        yield "\t".join(
            [NULL if value is None else write(value) for write, value in zip(writers, values, strict=True)]
        )


@cache
def _defaults(model: type[models.Model]) -> tuple[dict[str, Any], list[tuple[str, Callable[[], Any]]]]:
    """The default of every column; those that are made anew for each row apart."""
    made = {f.attname: f.default for f in _fields(model) if f.has_default() and callable(f.default)}
    values = {f.attname: f.get_default() for f in _fields(model) if f.attname not in made}
    return values, list(made.items())


@cache
def _fields(model: type[models.Model]) -> list[Any]:
    """The columns the database does not make itself."""
    return [field for field in model._meta.concrete_fields if not getattr(field, "generated", False)]


@cache
def _writers(model: type[models.Model]) -> list[Callable[[Any], str]]:
    """How the values of each column are written."""
    return [_writer(field) for field in _fields(model)]


def _writer(field: Any) -> Callable[[Any], str]:
    field = field.target_field if field.is_relation else field
    if isinstance(field, models.JSONField):
        return _json
    if isinstance(field, ArrayField):
        return _array
    if isinstance(field, models.BinaryField):
        return _binary
    return str if isinstance(field, PLAIN) else _text


def _text(value: Any) -> str:
    """The text with what COPY would read as its own signs escaped; most texts have nothing of it."""
    text = str(value)
    if "\\" in text:
        text = text.replace("\\", r"\\")
    if "\n" in text:
        text = text.replace("\n", r"\n")
    if "\r" in text:
        text = text.replace("\r", r"\r")
    return text.replace("\t", r"\t") if "\t" in text else text


def _json(value: Any) -> str:
    return _text(msgspec.json.encode(value).decode())


def _array(values: Sequence[str]) -> str:
    """An array of texts, as PostgreSQL writes it."""
    quoted = (value.replace("\\", "\\\\").replace('"', '\\"') for value in values)
    return _text("{" + ",".join(f'"{value}"' for value in quoted) + "}")


def _binary(value: bytes) -> str:
    return rf"\\x{value.hex()}"
