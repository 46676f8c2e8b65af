"""While the database cannot be reached, a page says so and when to ask again; a bug stays a bug."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from django.conf import settings as configured
from django.db import DatabaseError, DataError, InterfaceError, OperationalError, ProgrammingError, connection
from django.test import Client
from psycopg2 import errors
from pytest_django import Settings

from tests.builders import make_trial
from tests.pages import parsed
from trialfinder import kept_pages
from trialfinder.database_away import is_away
from trialfinder.embedded import EmbeddedServerError

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def no_server() -> Iterator[None]:
    """Nothing listens where the database is said to be."""
    connection.close()
    host, connection.settings_dict["HOST"] = connection.settings_dict["HOST"], "/nowhere"
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["HOST"] = host


@pytest.fixture
def away() -> Iterator[None]:
    with no_server():
        yield


def visitor(*, is_signed_in: bool = False) -> Client:
    client = Client(raise_request_exception=False)
    if is_signed_in:
        client.cookies[configured.SESSION_COOKIE_NAME] = "a" * 32
    return client


def status(answer: Any) -> tuple[int, str, str]:
    return answer.status_code, answer["Retry-After"], answer["Cache-Control"]


@pytest.mark.parametrize(
    ("path", "language"), [("/trials/", "en"), ("/hi/trials/", "hi"), ("/trials.csv", "en")]
)
@pytest.mark.parametrize("is_signed_in", [False, True])
def test_page_says_in_its_language_when_to_ask_again(
    away: None, path: str, language: str, is_signed_in: bool
) -> None:
    answer = visitor(is_signed_in=is_signed_in).get(path)
    assert (status(answer), parsed(answer).get("lang")) == ((503, "60", "no-store"), language)


def test_development_says_so_too(away: None, settings: Settings) -> None:
    settings.DEBUG = True
    assert status(visitor().get("/trials/")) == (503, "60", "no-store")


@pytest.mark.parametrize("path", ["/accounts/login/", "/follow/?condition=lbcl"])
def test_form_says_when_to_send_it_again(away: None, path: str) -> None:
    typed = {"login": "a@example.org", "password": "secret", "email": "a@example.org", "pace": "weekly"}
    answer = visitor().post(path, typed)
    assert status(answer) == (503, "60", "no-store")
    assert parsed(answer).xpath("//a[contains(@class, 'button-quiet')]/@href") == ["/"]


@pytest.mark.parametrize("path", ["/api/v1/status", "/api/v1/trials?q=x"])
def test_api_answers_with_a_problem(away: None, path: str) -> None:
    answer = visitor().get(path)
    assert (status(answer), answer["Content-Type"]) == ((503, "60", "no-store"), "application/problem+json")
    assert answer.json()["status"] == 503


def test_one_line_is_logged_without_what_was_asked(away: None, caplog: pytest.LogCaptureFixture) -> None:
    visitor().get("/trials/?q=leukemia")
    visitor(is_signed_in=True).get("/workspace/")
    visitor().get("/api/v1/trials?q=leukemia")
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == [
        "The database cannot be reached (no state)."
    ] * 3


def test_site_answers_again_when_the_database_is_back() -> None:
    with no_server():
        assert visitor().get("/trials/").status_code == 503
    assert visitor().get("/trials/").status_code == 200


def test_connection_that_the_server_ends_is_away() -> None:
    with connection.cursor() as cursor, pytest.raises(OperationalError) as ended:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    with pytest.raises(InterfaceError) as closed, connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    connection.close()
    assert (is_away(ended.value), is_away(closed.value)) == (True, True)


@pytest.mark.parametrize(
    ("kind", "cause", "expected"),
    [
        (OperationalError, psycopg2.OperationalError("server closed the connection"), True),
        (OperationalError, errors.ConnectionFailure(), True),
        (OperationalError, EmbeddedServerError("does not start"), True),
        (DatabaseError, psycopg2.DatabaseError("server closed the connection"), True),  # killed at its work
        (ProgrammingError, psycopg2.ProgrammingError("can't adapt type"), False),
        (OperationalError, None, False),
        (InterfaceError, psycopg2.InterfaceError("connection already closed"), True),
        (InterfaceError, psycopg2.InterfaceError("cursor already closed"), False),
        (InterfaceError, None, False),
        (ValueError, psycopg2.OperationalError(), False),
    ],
)
def test_only_errors_of_the_connection_count(
    kind: type[Exception], cause: Exception | None, expected: bool
) -> None:
    error = kind("secret")
    error.__cause__ = cause
    assert is_away(error) is expected


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("SELECT nothing", ProgrammingError),
        ("SET statement_timeout = '20ms'; SELECT pg_sleep(5)", OperationalError),
        ("SELECT 1 / 0", DataError),
    ],
)
def test_error_of_a_statement_is_a_bug(statement: str, kind: type[Exception]) -> None:
    with connection.cursor() as cursor, pytest.raises(kind) as failed:
        cursor.execute(statement)
    connection.close()
    assert is_away(failed.value) is False


@pytest.fixture
def keeping(settings: Settings, tmp_path: Path) -> None:
    settings.KEEP_PAGES = True
    settings.DATA_DIR = tmp_path
    make_trial("NCT00000001")


@pytest.fixture
def lost(keeping: None, request: pytest.FixtureRequest) -> tuple[Client, Any]:
    """A visitor of a site that has kept a page and then lost its database, and that page."""
    client = visitor()
    page = client.get("/trials/")
    request.getfixturevalue("away")
    return client, page


def test_kept_pages_are_served_meanwhile(lost: tuple[Client, Any]) -> None:
    client, page = lost
    again = client.get("/trials/")
    assert (again.status_code, again.content, again["ETag"]) == (200, page.content, page["ETag"])
    assert client.get("/trials/", headers={"if-none-match": page["ETag"]}).status_code == 304
    assert [client.get(path).status_code for path in ("/trials/?q=x", "/hi/trials/")] == [503, 503]


def test_kept_pages_are_served_for_a_minute_only(
    lost: tuple[Client, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_pages, "WITHOUT_DATABASE", 0.0)
    assert lost[0].get("/trials/").status_code == 503
