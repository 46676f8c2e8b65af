"""A statement of a visitor ends by itself; one of a worker may take its time."""

from collections.abc import Iterator

import pytest
from django.db import OperationalError, connection
from django.db.backends.signals import connection_created

from trialfinder import statement_limits

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _own_connections() -> Iterator[None]:
    connection.close()
    yield
    connection_created.disconnect(dispatch_uid="statement-limits")
    connection.close()


def setting(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s)", [name])
        return str(cursor.fetchone()[0])


@pytest.mark.parametrize("limits", [statement_limits.OF_WEB, statement_limits.OF_WORKER])
def test_every_connection_of_a_part_has_its_limits(limits: dict[str, str]) -> None:
    statement_limits.limit(limits)
    assert {name: setting(name) for name in limits} == limits


def test_statement_that_takes_too_long_is_ended() -> None:
    statement_limits.limit({"statement_timeout": "50ms"})
    with connection.cursor() as cursor, pytest.raises(OperationalError, match="statement timeout"):
        cursor.execute("SELECT pg_sleep(5)")
