"""How long a web process works at one answer: after that, a readable 503.

Three clocks, since none sees all: PostgreSQL ends a statement of its own (`statement_limits.py`), and a
request that computes, or asks many quick statements, is ended here. gunicorn's `--timeout` does neither with
threads: it only notices a process that is stuck as a whole. Ending is an exception raised in the request's
thread, which arrives when Python goes on; what waits inside C (the database, the broker) has a limit of its
own. It is no `Exception`, so that no `except Exception` on the way takes it for a failure of its own.
"""

import ctypes
import logging
from collections.abc import Callable
from threading import Lock, Timer, get_ident
from typing import Final

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.utils import OperationalError
from django.http import HttpRequest, HttpResponse

from trials.views.errors import too_long

SECONDS: Final = 30.0
"""Twice what one statement may take; the slowest page measured takes two."""
UPLOADS: Final = ("/imports/", "/hi/imports/")
"""Staff send 130 MB here, on lines of any speed."""
ENDED: Final = ("57014", "55P03")
"""PostgreSQL's `query_canceled` and `lock_not_available` (appendix A of its manual)."""
logger = logging.getLogger(__name__)


class TooLongError(BaseException):
    """Raised in the thread of a request whose time is over."""


class TimeLimit:
    """Middleware: outside all that may take long, inside what makes headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(UPLOADS):
            return self.get_response(request)
        try:
            with _Alarm():
                return self.get_response(request)
        except TooLongError:
            logger.error("An answer was broken off after %.0f seconds.", SECONDS)  # without words
            connection.close()
            del connections[DEFAULT_DB_ALIAS]  # it may believe to be inside a transaction
            return too_long(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A statement that PostgreSQL ended is the same to a reader."""
        code = getattr(error.__cause__, "pgcode", "")
        if not isinstance(error, OperationalError) or code not in ENDED:
            return None
        logger.error("A statement took too long: PostgreSQL answered %s.", code)
        return too_long(request)


class _Alarm:
    """Raises `TooLongError` in the thread that entered, unless it has left by then."""

    def __init__(self) -> None:
        self.thread = get_ident()
        self.at_work = Lock()
        self.is_over = False
        self.timer = Timer(SECONDS, self._ring)
        self.timer.daemon = True

    def __enter__(self) -> None:
        self.timer.start()

    def __exit__(self, *_: object) -> None:
        with self.at_work:
            self.is_over = True
        self.timer.cancel()

    def _ring(self) -> None:
        with self.at_work:
            if not self.is_over:
                self.is_over = True
                ctypes.pythonapi.PyThreadState_SetAsyncExc(
                    ctypes.c_ulong(self.thread), ctypes.py_object(TooLongError)
                )
