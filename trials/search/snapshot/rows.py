"""Read many rows without holding them all."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection

ROWS = 5_000
"""Read from the database at a time."""


def read_rows(sql: str, params: Sequence[Any] = ()) -> Iterator[Sequence[Any]]:
    """The rows of one statement, inside a transaction."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, params or None)
        while rows := cursor.fetchmany(ROWS):
            yield from rows
