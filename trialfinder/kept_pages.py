"""Answers visitors from what was made before, as long as the version of the data is the same.

Every page of `PAGES` leaves with an ETag and `no-cache`: a browser asks each time, and a page that has not
changed is a 304. Not a `max-age`: what a hospital confirms or an editor hides must not stand on any screen a
minute longer. An answer to no question, or to one closed word, is also kept for the next visitor
(`page_store.py`); one to anything typed, or to anything that is said of a patient, is not.

Who has signed in, or has a message waiting, neither sees nor makes these answers. It stands outside
compression and all that makes headers, so that a kept answer has them; the redirect to https and its headers
stand before it.
"""

import re
from collections.abc import Callable, Mapping
from threading import Lock
from time import monotonic
from typing import Final

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.exceptions import MiddlewareNotUsed
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers

from trialfinder.page_store import KeptAnswer, PageStore
from trialfinder.shared_read import SharedRead
from trials.catalogue.data_version import data_version
from trials.catalogue.freshness import is_passing
from trials.search.snapshot.current import is_current

CLOSED: Final = frozenset(
    (
        *("condition", "phase", "state", "city", "site", "target", "cell_source", "product"),
        *("registry", "recruiting", "disease", "exact", "sort", "page"),
    )
)
"""Parameters of a search whose values are closed lists, and say nothing of a patient but the disease."""
ALONE: Final[frozenset[str]] = frozenset()
PAGES: Final[Mapping[str, frozenset[str]]] = {
    "trials:home": ALONE,
    "trials:find": frozenset({"group", "condition"}),
    "trials:match_trials": ALONE,
    "trials:list": CLOSED,
    "trials:detail": frozenset({"condition"}),
    "trials:sheet": frozenset({"condition"}),
    "trials:check": ALONE,
    "trials:shortlist": ALONE,
    "trials:compare": ALONE,
    "trials:clinic": CLOSED,
    "trials:clinic_csv": CLOSED,
    "trials:clinic_sheet": CLOSED,
    "trials:clinic_note": ALONE,
    "trials:sites": CLOSED,
    "trials:site": CLOSED,
    "trials:map": CLOSED,
    "trials:numbers": ALONE,
    "trials:conditions": ALONE,
    "trials:condition": CLOSED,
    "trials:products": ALONE,
    "trials:product": ALONE,
    "trials:car-t": ALONE,
    "trials:changes": CLOSED | {"kind", "place"},
    "trials:changes-feed": CLOSED | {"kind", "place"},
    "trials:glossary": ALONE,
    "trials:about": ALONE,
    "trials:how-we-decide": ALONE,
    "trials:privacy": ALONE,
    "trials:offline": ALONE,
    "trials:report_thanks": ALONE,
    "trials:follow-sent": ALONE,
    "sitemap": ALONE,
}
"""Public pages by the names of their addresses, and the parameters with which each may be kept.

A new address is decided here or in `tests/trialfinder/test_kept_addresses.py`, which names those left out.
"""
_PLAIN: Final = re.compile(r"(?:[a-z_]+=[a-zA-Z0-9_-]{0,100})?", re.ASCII)
"""No parameter, or one: several together tell of a person. Slugs need no more letters, the rest was typed."""
_TAG: Final = re.compile(r'"(page-[^"]*)"')
_OTHERS: Final = ("/healthz", "/api/", "/static/")
"""Addresses with another way to say how fresh they are."""
WITHOUT_DATABASE: Final = 60.0
"""Seconds after the version was last read for which kept pages are served while the database is away."""
_GZIP: Final = re.compile(r"\bgzip\b")
_VARY: Final = frozenset({"cookie", "accept-encoding", "accept-language"})
"""What an answer may depend on: it has no cookie of ours, its key the encoding, its path the language."""


class KeptPages:
    """Middleware; `KEEP_PAGES=False` leaves it out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.KEEP_PAGES:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.store = PageStore(settings.DATA_DIR / "pages")
        self.version = SharedRead(_version)
        self.last_read = ("", 0.0)
        self.making = [Lock() for _ in range(64)]  # many ask for the same page after a change: one makes it

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD") or request.path_info.startswith(_OTHERS):
            return self.get_response(request)
        if _is_known(request):
            return _for_one_person(self.get_response(request))
        version = self.version()
        if not version:
            return self._without_database(request) or self.get_response(request)
        self.last_read = (version, monotonic())
        known = self._known(request, version)
        if known or not (key := _key(request)):
            return known or self._new(request, version)
        with self.making[hash(key) % len(self.making)]:
            return self._known(request, version) or self._new(request, version)

    def _without_database(self, request: HttpRequest) -> HttpResponse | None:
        """What was kept for the version read last. Not for long: another server may still change the data."""
        version, read_at = self.last_read
        if not version or monotonic() - read_at > WITHOUT_DATABASE:
            return None
        return self._known(request, version)

    def _known(self, request: HttpRequest, version: str) -> HttpResponse | None:
        """The answer that was made before."""
        request.get_host()  # raises for a name that is not ours
        if f"page-{version}" in _TAG.findall(request.META.get("HTTP_IF_NONE_MATCH", "")):
            return _validated(HttpResponseNotModified(), version)
        kept = self.store.get(version, key) if (key := _key(request)) else None
        return HttpResponse(kept.body, headers=dict(kept.headers)) if kept else None

    def _new(self, request: HttpRequest, version: str) -> HttpResponse:
        counted = is_current()  # asked before: a new snapshot may be finished while the page is made
        response = self.get_response(request)
        if not (counted and _is_the_same_for_all(request, response)):
            return response
        _validated(response, version)
        if request.method == "GET" and not response.streaming and (key := _key(request)):
            match = request.resolver_match
            if match and set(request.GET) <= PAGES[match.view_name]:
                self.store.put(version, key, KeptAnswer(list(response.items()), response.content))
        return response


def _version() -> str:
    """The version of the data, "" where the database does not answer.

    Its statement also finds a connection that was cut: a check of the connection before it would double the
    work.
    """
    for connected in (connection.connection is not None, False):
        try:
            connection.health_check_done = True  # type: ignore[attr-defined]  # not in the stubs
            return data_version()
        except Error:
            connection.close()
            if not connected:
                break
    return ""


def _is_known(request: HttpRequest) -> bool:
    """Whether a cookie makes the answer one person's. A form's token does not: no page here has one."""
    ours = (settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name)
    return "HTTP_COOKIE" in request.META and any(name in request.COOKIES for name in ours)


def _for_one_person(response: HttpResponse) -> HttpResponse:
    response.headers.setdefault("Cache-Control", "private, no-cache")
    return response


def _key(request: HttpRequest) -> str:
    """What the answer depends on besides the version, "" where it is never kept."""
    query = request.META.get("QUERY_STRING", "")
    if not _PLAIN.fullmatch(query):
        return ""
    packed = "gzip" if _GZIP.search(request.META.get("HTTP_ACCEPT_ENCODING", "")) else ""
    return "\n".join((request.scheme or "", request.get_host(), request.path, query, packed))


def _is_the_same_for_all(request: HttpRequest, response: HttpResponse) -> bool:
    match = request.resolver_match
    if response.status_code != 200 or not match or match.view_name not in PAGES:
        return False
    vary = {name.strip().lower() for name in response.get("Vary", "").split(",") if name.strip()}
    private = response.cookies or "no-store" in response.get("Cache-Control", "") or not vary <= _VARY
    return not (private or is_passing(request))


def _validated(response: HttpResponse, version: str) -> HttpResponse:
    response.headers["ETag"] = f'W/"page-{version}"'  # weak: compressed or not
    response.headers.setdefault("Cache-Control", "no-cache")
    patch_vary_headers(response, ("Accept-Encoding", "Cookie"))
    return response
