"""Whether the queue answers, and how much waits in it."""

from collections.abc import Callable
from typing import TypeVar

from celery import Celery
from kombu import Connection
from kombu.exceptions import OperationalError

from trialfinder.celery import app as trialfinder

SECONDS = 2
Answer = TypeVar("Answer")


def answers(app: Celery = trialfinder) -> bool:
    """One try, of a few seconds at most."""
    return _ask(app, lambda _connection: True) or False


def depth(queue: str, app: Celery = trialfinder) -> int | None:
    """How many tasks of this queue no worker has taken; None where it does not answer."""

    def count(connection: Connection) -> int:
        with connection.SimpleQueue(queue) as waiting:
            try:
                return int(waiting.qsize())
            except connection.channel_errors:
                return 0  # Redis forgets a queue that is empty

    return _ask(app, count)


def _ask(app: Celery, question: Callable[[Connection], Answer]) -> Answer | None:
    """A channel is the first thing that any kind of queue is asked for. None where that fails."""
    options = {"max_retries": 0, "socket_connect_timeout": SECONDS, "socket_timeout": SECONDS}
    try:
        with app.connection_for_write(connect_timeout=SECONDS, transport_options=options) as connection:
            connection.ensure_connection(max_retries=1, interval_start=0, timeout=SECONDS)
            connection.channel()
            return question(connection)
    except (OperationalError, OSError):
        return None
