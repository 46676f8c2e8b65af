"""What is said before a public site starts."""

import pytest
from django.core.checks import Tags, registry
from django.db import connection
from pytest_django import Settings

from trialfinder.checks import QUIET, statement_logs
from trialfinder.embedded.postgres import SERVER_OPTIONS
from trialfinder.environment import Mode

pytestmark = pytest.mark.django_db
LOUD = [
    ("log_min_error_statement", "error"),
    ("log_min_messages", "warning"),
    ("log_min_duration_statement", "250"),
    ("log_statement", "all"),
]


def found() -> list[str]:
    return [str(one.msg) for one in statement_logs(databases=["default"])]


@pytest.fixture
def public(settings: Settings) -> None:
    """A public site whose server logs nothing."""
    settings.MODE = Mode.PRODUCTION
    with connection.cursor() as cursor:
        for name, values in QUIET.items():
            cursor.execute("SELECT set_config(%s, %s, true)", [name, values[0]])


def test_quiet_server_is_no_news(public: None) -> None:
    assert found() == []


@pytest.mark.parametrize(("name", "value"), LOUD)
def test_server_that_logs_statements_is_named(public: None, name: str, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [name, value])
    assert found() == [f"PostgreSQL may log what visitors typed: {name}."]


def test_own_machine_is_not_asked(settings: Settings) -> None:
    assert (settings.MODE, found()) == (Mode.LOCAL, [])


def test_embedded_server_is_quiet() -> None:
    assert {
        name: value for name, value in SERVER_OPTIONS.items() if value not in QUIET.get(name, (value,))
    } == {}
    assert {"log_min_messages", "log_min_error_statement", "log_statement"} <= set(SERVER_OPTIONS)


def test_it_is_looked_at_where_databases_are() -> None:
    checks = registry.registry.get_checks()
    tags = {getattr(check, "__name__", ""): getattr(check, "tags", ()) for check in checks}
    assert tags["statement_logs"] == (Tags.database,)
