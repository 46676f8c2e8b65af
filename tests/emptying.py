"""Empties the database after a test that commits, in a fiftieth of the time of Django's own `flush`.

`flush` truncates every table, which makes new files for each and for its indexes, then makes content types
and permissions anew. Here those stay, and to delete a few rows makes no files.
"""

from functools import cache

from django.db import connection, transaction
from django.test import TransactionTestCase

STAY = {"django_content_type", "auth_permission"}
"""What `migrate` makes of the models; no test changes it."""


@cache
def _statements() -> str:
    """Whoever still writes is waited for. Neither foreign keys nor the triggers of the data version count."""
    there = set(connection.introspection.django_table_names(only_existing=True, include_views=False))
    tables = [connection.ops.quote_name(name) for name in sorted(there - STAY)]
    deletions = [f"DELETE FROM {table};" for table in tables]  # noqa: S608
    lock = f"LOCK TABLE {', '.join(tables)} IN SHARE ROW EXCLUSIVE MODE;"
    return "".join(("SET LOCAL session_replication_role = replica;", lock, *deletions))


def empty(_case: TransactionTestCase) -> None:
    """Stands for `TransactionTestCase._fixture_teardown`."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_statements())
