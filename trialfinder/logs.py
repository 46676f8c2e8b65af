"""Keeps what people ask out of the logs: for the loggers that speak of requests."""

import logging
import re
import traceback

_QUOTED = re.compile(r"""(["']).*\1""", re.S)
_QUESTION = re.compile(r"\?\S*")
_ADDRESS = re.compile(r"\bip=\S+")
_FRAMES = 30


class WithoutQuestions(logging.Filter):
    """Takes quoted text, query strings, internet addresses and the words of exceptions out of a record.

    A database error quotes the statement, and with it what a visitor typed about an illness; which line
    failed, with which kind of error, is enough to mend it.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        message = _QUESTION.sub("?...", _QUOTED.sub("...", record.getMessage()))
        record.msg, record.args = _ADDRESS.sub("ip=...", message), None
        if record.exc_info and record.exc_info[1]:
            record.exc_text = _told(record.exc_info[1])
        record.exc_info = None
        return True


def _told(error: BaseException) -> str:
    """The lines an error passed through, and the kinds of error, oldest first; no value of anything."""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    before = [_told(cause)] if cause else []
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    lines = [f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}' for frame in frames]
    return "\n".join([*before, *lines, f"{type(error).__module__}.{type(error).__qualname__}"])
