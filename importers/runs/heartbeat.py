"""Signs of life of the workers: a worker that lost its queue runs on and does nothing, which nobody sees.

Celery's main process sends its heartbeat over the connection it takes tasks from; each time it does, it may
say so here. `/readyz` and the launcher look at the newest.
"""

import logging
import time
from datetime import datetime, timedelta

from django.db import Error, close_old_connections
from django.db.models import Max
from django.utils import timezone

from importers.models import WorkerSeen

EVERY_SECONDS = 30
LATE_AFTER = timedelta(minutes=3)
KEPT = timedelta(days=1)
"""Workers that were scaled away are forgotten then."""
logger = logging.getLogger(__name__)
_next_at: dict[str, float] = {}


def alive(node: str) -> None:
    """Note that the worker of this name can reach its queue; now and then, whatever the rhythm of calls.

    Processes forked later let go of this connection unused (Celery does so for Django).
    """
    if time.monotonic() < _next_at.get(node, 0):
        return
    _next_at[node] = time.monotonic() + EVERY_SECONDS
    now = timezone.now()
    try:
        WorkerSeen.objects.update_or_create(node=node[:200], defaults={"at": now})
        WorkerSeen.objects.filter(at__lt=now - KEPT).delete()
    except Error as error:
        logger.warning("The worker could not say that it lives: %s", type(error).__name__)
    finally:
        close_old_connections()


def last_seen() -> datetime | None:
    """When any worker last said that it lives; None where none ever did. May lie ahead of a wrong clock."""
    seen: datetime | None = WorkerSeen.objects.aggregate(at=Max("at"))["at"]
    return seen


def word() -> str:
    """`never`, `late` or `ok`. One statement."""
    seen = last_seen()
    if seen is None:
        return "never"
    return "ok" if abs(timezone.now() - seen) < LATE_AFTER else "late"
