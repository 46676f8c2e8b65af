"""A request that takes too long ends with a page that says so, and its thread is free again."""

from collections.abc import Iterator
from contextlib import suppress
from itertools import count

import pytest
from django.contrib.auth.models import User
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from tests.builders import make_trial
from tests.pages import parsed
from trialfinder import statement_limits, time_limit
from trials.search.search import Search

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def its_own_connection() -> Iterator[None]:
    """What is broken off throws its connection away; here that would be the one that is closed at the end."""
    kept = connections[DEFAULT_DB_ALIAS]
    yield
    connections[DEFAULT_DB_ALIAS].close()
    connections[DEFAULT_DB_ALIAS] = kept


def endless(_request: HttpRequest) -> HttpResponse:
    """Counts for ever, inside a transaction, and takes every failure for its own."""
    with transaction.atomic():
        User.objects.create_user("half done")
        for _ in count():
            with suppress(Exception):
                str(connection)
    return HttpResponse()


@pytest.mark.parametrize(("path", "language"), [("/trials/", "en"), ("/hi/trials/", "hi")])
def test_endless_work_is_broken_off(
    rf: RequestFactory, monkeypatch: pytest.MonkeyPatch, path: str, language: str
) -> None:
    monkeypatch.setattr(time_limit, "SECONDS", 0.1)
    answer = time_limit.TimeLimit(endless)(rf.get(path))
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "60", "no-store")
    assert parsed(answer).get("lang") == language
    assert User.objects.count() == 0


def test_request_that_ends_in_time_is_left_alone(rf: RequestFactory) -> None:
    assert time_limit.TimeLimit(lambda _request: HttpResponse("x"))(rf.get("/")).content == b"x"


@pytest.mark.parametrize(
    ("path", "kind"), [("/trials/", "text/html"), ("/api/v1/trials", "application/problem")]
)
def test_statement_that_takes_too_long_is_no_failure_of_the_page(
    monkeypatch: pytest.MonkeyPatch, path: str, kind: str
) -> None:
    make_trial("NCT00000001")
    monkeypatch.setattr(Search, "from_query", lambda *_, **__: sleeps())
    answer = Client().get(path)
    assert (answer.status_code, answer["Content-Type"].startswith(kind)) == (503, True)


def sleeps() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = '20ms'; SELECT pg_sleep(5)")


def test_one_statement_ends_before_its_request() -> None:
    assert statement_limits.OF_WEB["statement_timeout"] == f"{time_limit.SECONDS / 2:.0f}s"
