"""How many reports one address may send. Addresses are kept for an hour, unreadable, in memory only."""

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

AN_HOUR = 60 * 60
REPORTS_AN_HOUR = 10
"""Of one address and one web worker. Telephone companies put many people behind one address."""


def may_send(request: HttpRequest) -> bool:
    """Whether this address may send one more report; counts it."""
    key = f"report-{salted_hmac('trials.reports', _address(request)).hexdigest()[:32]}"
    cache = caches["memory"]
    cache.add(key, 0, AN_HOUR)
    try:
        return cache.incr(key) <= REPORTS_AN_HOUR
    except ValueError:  # thrown out between the two, when very many send
        return True


def _address(request: HttpRequest) -> str:
    """Who sends. On a public site that is the last name in the list: the proxy in front wrote it."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if getattr(settings, "SECURE_PROXY_SSL_HEADER", None) and forwarded:
        return str(forwarded).rsplit(",", 1)[-1].strip()
    return str(request.META.get("REMOTE_ADDR", ""))
