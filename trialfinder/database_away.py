"""What is answered while the database cannot be reached: 503 with `Retry-After`, instead of 500.

Only an error that says that there is no connection counts. Everything else that the database refuses is a
bug, and stays a 500.
"""

import logging
import sys
from collections.abc import Callable
from typing import Final

from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.utils.log import log_response
from django.views.defaults import server_error
from psycopg2 import DatabaseError as DriverDatabaseError
from psycopg2 import InterfaceError as DriverInterfaceError
from psycopg2 import OperationalError as DriverOperationalError

from trialfinder.embedded import EmbeddedServerError
from trials.views.errors import database_away

STATES: Final = ("08", "57P01", "57P02", "57P03", "53300")
"""How the SQLSTATE of a lost or refused connection begins (appendix A of PostgreSQL's manual)."""
CLOSED: Final = "connection already closed"
"""The driver says the same class of a cursor that was used too late, which is a bug."""
logger = logging.getLogger(__name__)


class DatabaseAway:
    """Middleware: for what views ask of the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return _answer(request, error) if is_away(error) else None


def failed(request: HttpRequest) -> HttpResponse:
    """`handler500`: also sees what middleware asks of the database, such as the session."""
    error = sys.exception()
    return _answer(request, error) if error and is_away(error) else server_error(request)


def is_away(error: BaseException) -> bool:
    """Whether an error of Django's says that the connection was lost, or refused."""
    cause = error.__cause__
    if isinstance(error, InterfaceError):
        return isinstance(cause, DriverInterfaceError) and str(cause).startswith(CLOSED)
    if not isinstance(error, DatabaseError):
        return False
    if isinstance(cause, DriverDatabaseError):
        # Without a state: the server did not get as far as giving one. Other classes are then the driver's
        # own words, about a value that it cannot send, say.
        unsaid = isinstance(cause, DriverOperationalError) or type(cause) is DriverDatabaseError
        return cause.pgcode.startswith(STATES) if cause.pgcode else unsaid
    return isinstance(cause, EmbeddedServerError)


def _answer(request: HttpRequest, error: BaseException) -> HttpResponse:
    """Logs the one line; Django would log the address of the page beside it."""
    response = database_away(request)
    state = getattr(error.__cause__, "pgcode", None) or "no state"
    log_response(
        "The database cannot be reached (%s).", state, response=response, logger=logger, level="error"
    )
    return response
