"""Another session that holds the lock of a registry, as a process that imports does."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from django.db import connection

from importers.runs import lease


@contextmanager
def held_elsewhere(registry: str) -> Iterator[Callable[[], None]]:
    """The lock is held until the block ends, or what comes out is called.

    It is given back by a statement: closing the session alone would do so a moment later.
    """
    other, key = connection.copy(), [lease.lock_key(registry)]
    with closing(other), other.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", key)

        def give_back() -> None:
            cursor.execute("SELECT pg_advisory_unlock(%s)", key)

        yield give_back
        cursor.execute("SELECT pg_advisory_unlock_all()")
