"""What people ask never reaches a log."""

import io
import logging
import secrets

import pytest
from django.conf import settings
from django.core import signing
from django.db import connection
from django.test import Client

from trialfinder import parts
from trialfinder.logs import WithoutQuestions

ASKED = "myeloma-in-my-family"


def told(message: str, *args: object, error: BaseException | None = None) -> str:
    exc_info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("django.request", logging.ERROR, "", 0, message, args, exc_info)
    WithoutQuestions().filter(record)
    return logging.Formatter("{levelname}: {message}", style="{").format(record)


def test_query_and_address_are_left_out() -> None:
    for request in ("'/trials/?q=lupus HTTP'", "'my lupus HTTP/1.1'", "'it's \n lupus'"):
        assert told(f"Invalid request from ip=203.0.113.9: Invalid HTTP Version: {request}") == (
            "ERROR: Invalid request from ip=... Invalid HTTP Version: ..."
        )
    assert told("Error handling request %s %s", "GET", f"/trials/?q={ASKED}").endswith("GET /trials/?...")


@pytest.mark.parametrize(
    "secret",
    [
        signing.Signer(salt="any").sign_object([1, "0123456789abcdef"]),
        signing.dumps(1, salt="any"),
        secrets.token_urlsafe(32) + "A",
        "1-cabc12-0123456789abcdef0123456789abcdef",
    ],
    ids=["signed", "dated", "random", "reset"],
)
def test_secret_of_a_link_is_left_out(secret: str) -> None:
    assert told("Internal Server Error: %s", f"/hi/follow/stop/{secret}/") == (
        "ERROR: Internal Server Error: /hi/follow/stop/.../"
    )


@pytest.mark.parametrize(
    "path",
    ["/trials/CTRI/2026/01/000001/sheet/", "/sites/tata-memorial-hospital-and-research-centre-2-mumbai/"],
)
def test_page_is_still_named(path: str) -> None:
    assert told("Internal Server Error: %s", path) == f"ERROR: Internal Server Error: {path}"


def test_error_is_told_by_kind_and_line_without_its_words() -> None:
    try:
        try:
            raise ValueError(ASKED)
        except ValueError as error:
            raise KeyError(ASKED) from error
    except KeyError as error:
        words = told("Internal Server Error: %s", "/trials/", error=error)
    assert ASKED not in words
    assert [line for line in words.splitlines() if not line.startswith("  File")] == [
        "ERROR: Internal Server Error: /trials/",
        "builtins.ValueError",
        "builtins.KeyError",
    ]
    assert words.count("test_logs.py") == 2


@pytest.mark.django_db
def test_failing_search_logs_no_word_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_searches: object) -> None:
        connection.cursor().execute("SELECT %s::integer", [ASKED])

    monkeypatch.setattr("trials.views.results.page.count", fail)
    said = io.StringIO()
    for handler in logging.getLogger("django").handlers:
        if handler.name == "requests":
            monkeypatch.setattr(handler, "stream", said)
    Client(raise_request_exception=False).get("/trials/", {"q": ASKED})
    assert "Internal Server Error: /trials/" in said.getvalue()
    assert ASKED not in said.getvalue()


@pytest.mark.parametrize("name", ["django", "gunicorn.error"])
def test_loggers_of_requests_have_the_filter(name: str) -> None:
    (handler,) = [h for h in logging.getLogger(name).handlers if h.name in settings.LOGGING["handlers"]]
    assert [type(kept) for kept in handler.filters] == [WithoutQuestions]


def test_nobody_logs_visits() -> None:
    assert "--access-logfile" not in parts.command("web")
