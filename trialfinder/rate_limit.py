"""How often one network may ask, by the minute or hour, for all processes together (`CACHES["limits"]`).

Nothing is written to PostgreSQL where the broker is Redis or Valkey, as it is unless CELERY_BROKER_URL says
otherwise. A network is kept in an unreadable form, for one such span. A store that does not answer limits
nobody: the site does not stop because a counter does.
"""

import logging
import time
from dataclasses import dataclass

from django.core.cache import BaseCache, caches
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from redis.exceptions import RedisError

from trialfinder.client_address import unreadable

logger = logging.getLogger(__name__)
MINUTE = 60
HOUR = 60 * MINUTE


@dataclass(frozen=True, slots=True)
class Quota:
    """What is left for one network; `remaining` is below 0 where too much was asked. Seconds."""

    limit: int
    remaining: int
    reset: int  # until the next span begins
    span: int = MINUTE

    @property
    def is_spent(self) -> bool:
        return self.remaining < 0

    def write(self, response: HttpResponse) -> None:
        """Both spellings: three fields as clients read them today (draft-ietf-httpapi-ratelimit-headers-03),
        and the two structured ones of the present draft (-10)."""
        left = max(0, self.remaining)
        response["RateLimit-Limit"] = str(self.limit)
        response["RateLimit-Remaining"] = str(left)
        response["RateLimit-Reset"] = str(self.reset)
        response["RateLimit-Policy"] = f'"minute";q={self.limit};w={self.span}'
        response["RateLimit"] = f'"minute";r={left};t={self.reset}'


def take(request: HttpRequest, what: str, limit: int, span: int = MINUTE) -> Quota | None:
    """Count one more request for `what` of its network; None: no limit (0), or no store to count in."""
    return count(what, unreadable(request), limit, span)


def count(what: str, who: str, limit: int, span: int = MINUTE) -> Quota | None:
    """The same for `who`, which must name nobody readably."""
    if limit == 0:
        return None
    now = int(time.time())
    store = caches["limits"]
    try:
        number = _add_one(store, f"{what}:{now // span}:{who}", span)
    except (RedisError, DatabaseError, OSError, ValueError) as error:  # ValueError: thrown out meanwhile
        logger.warning("Requests are not limited: %s", type(error).__name__)
        return None
    if number == limit + 1:  # once a span and network, which the line does not name
        logger.warning("A network has spent its limit: %s", what)
    return Quota(limit, limit - number, span - now % span, span)


def may(quota: Quota | None) -> bool:
    return quota is None or not quota.is_spent


def _add_one(store: BaseCache, key: str, seconds: int) -> int:
    try:
        return store.incr(key)
    except ValueError:  # the first of the span, or another process is just counting it
        return 1 if store.add(key, 1, seconds) else store.incr(key)
