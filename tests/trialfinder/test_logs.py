"""What people ask never reaches a log."""

import io
import logging

import pytest
from django.conf import settings
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
    assert told("Invalid request from ip=203.0.113.9: 'GET /trials/?q=lupus HTTP'") == (
        "ERROR: Invalid request from ip=... 'GET /trials/?... HTTP'"
    )
    assert told("Error handling request %s %s", "GET", f"/trials/?q={ASKED}").endswith("GET /trials/?...")


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
    def fail(_search: object) -> None:
        connection.cursor().execute("SELECT %s::integer", [ASKED])

    monkeypatch.setattr("trials.views.results.facets", fail)
    said = io.StringIO()
    for handler in logging.getLogger("django").handlers:
        if handler.name == "requests":
            monkeypatch.setattr(handler, "stream", said)
    Client(raise_request_exception=False).get("/trials/", {"q": ASKED})
    assert "Internal Server Error: /trials/" in said.getvalue()
    assert ASKED not in said.getvalue()


def test_loggers_of_requests_have_the_filter_and_nobody_logs_visits() -> None:
    loggers = settings.LOGGING["loggers"]
    assert [loggers[name]["handlers"] for name in ("django", "gunicorn.error")] == [["requests"]] * 2
    assert settings.LOGGING["handlers"]["requests"]["filters"] == ["without_questions"]
    assert "--access-logfile" not in parts.command("web")
