"""Keeps what people ask out of the logs: for the loggers that speak of requests."""

import logging
import re
import traceback
from typing import Any

_QUOTED = re.compile(r"""(["']).*\1""", re.S)
_QUESTION = re.compile(r"\?\S*")
_ADDRESS = re.compile(r"\bip=\S+")
_SECRET = re.compile(r"/(?:(?=[^/\s]*[A-Z:_])[\w:.=-]{24,}|[\w-]*[0-9a-f]{32})(?=[/\s]|$)", re.ASCII)
"""The part of an address that lets its holder do something: what stands in the links of mails."""
_FRAMES = 30


class WithoutQuestions(logging.Filter):
    """Takes quotes, query strings, secrets, internet addresses and the words of exceptions out of a record.

    A database error quotes the statement, and with it what a visitor typed about an illness; which line
    failed, with which kind of error, is enough to mend it.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        message = _QUESTION.sub("?...", _QUOTED.sub("...", record.getMessage()))
        record.msg, record.args = _ADDRESS.sub("ip=...", _SECRET.sub("/...", message)), None
        if record.exc_info and record.exc_info[1]:
            record.exc_text = _without_values(record.exc_info[1])
        record.exc_info = None
        return True


def _without_values(error: BaseException) -> str:
    """The lines an error passed through, and the kinds of error, oldest first; no value of anything."""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    before = [_without_values(cause)] if cause else []
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    lines = [f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}' for frame in frames]
    return "\n".join([*before, *lines, f"{type(error).__module__}.{type(error).__qualname__}"])


LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{levelname}: {message}", "style": "{"}},
    "filters": {"without_questions": {"()": "trialfinder.logs.WithoutQuestions"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain"},
        "requests": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
            "filters": ["without_questions"],
        },
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        # Replaces Django's own handlers: they would mail whole requests, questions about an illness included.
        "django": {"handlers": ["requests"], "level": "WARNING", "propagate": False},
        # The web server's own words on requests it cannot read.
        "gunicorn.error": {"handlers": ["requests"], "level": "WARNING", "propagate": False},
        "django.request": {"level": "ERROR"},  # a mistyped address is no news
        "django.security.DisallowedHost": {"level": "CRITICAL"},  # nor a robot with a wrong name for us
        "trialfinder": {"level": "INFO"},
        "trials": {"level": "INFO"},
        "importers": {"level": "INFO"},
    },
}
