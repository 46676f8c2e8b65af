"""For monitoring: does the site work right now, and are its data fresh?"""

from collections.abc import Callable
from typing import Any

from django.core.cache import caches
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from importers.runs import heartbeat
from trialfinder import broker
from trials import registries
from trials.choices import ReadFrom
from trials.models import RegistrySource

FAILING = ("late", "never")
BROKER_ASKED_EVERY = 5
"""Seconds: however often `/readyz` is asked, the queue is not."""


def liveness(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, the first of all: `/healthz` answers under whatever host name this machine asks by."""

    def answer(request: HttpRequest) -> HttpResponse:
        return healthz(request) if request.path == "/healthz" else get_response(request)

    return answer


@never_cache
@require_safe
def healthz(_request: HttpRequest) -> JsonResponse:
    """200 while the site can serve pages, 503 otherwise. Says nothing that a stranger may not know."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        sources = _sources()
    except Error:
        return JsonResponse({"database": "unreachable"}, status=503)
    return JsonResponse({"database": "ok", "imports": _words(sources)})


@never_cache
@require_safe
def readyz(_request: HttpRequest) -> JsonResponse:
    """200 while every part does its work, 503 otherwise: database, queue, and a worker that reaches it.

    `imports` says how fresh each registry is; whether that fails is the question of `/healthz/imports`.
    """
    try:
        worker, words = heartbeat.word(), _words(_sources())
    except Error:
        return JsonResponse({"database": "unreachable"}, status=503)
    queue = caches["memory"].get_or_set("readyz-queue", broker.answers, BROKER_ASKED_EVERY)
    answer = {"database": "ok", "queue": "ok" if queue else "unreachable", "worker": worker, "imports": words}
    return JsonResponse(answer, status=200 if queue and worker == "ok" else 503)


@never_cache
@require_safe
def imports(_request: HttpRequest) -> JsonResponse:
    """For a monitor that looks at the status only: 503 also where a registry is late or was never read.

    `registries` has the facts behind each word: `read` ("never", "files" or "registry"), when the registry
    itself was last read (`last_good_at`), when files of it were (`files_at`), whether it is late, and whether
    it is read page by page.
    """
    try:
        sources = _sources()
    except Error:
        return JsonResponse({"database": "unreachable"}, status=503)
    words = _words(sources)
    facts = {source.registry: _facts(source) for source in sources}
    failing = any(word in FAILING for word in words.values())
    answer = {"database": "ok", "imports": words, "registries": facts}
    return JsonResponse(answer, status=503 if failing else 200)


def _sources() -> list[RegistrySource]:
    """Every registry, also one that no import has met."""
    known = RegistrySource.objects.in_bulk()
    return [known.get(registry) or RegistrySource(registry=registry) for registry in registries.slugs()]


def _words(sources: list[RegistrySource]) -> dict[str, str]:
    return {source.registry: _word(source) for source in sources}


def _word(source: RegistrySource) -> str:
    """`never` read; `late` where a good reading should have come and has not; `files` only; else `fresh`."""
    if source.read_from == ReadFrom.NEVER:
        return "never"
    if source.is_late:
        return "late"
    return "files" if source.read_from == ReadFrom.FILES else "fresh"


def _facts(source: RegistrySource) -> dict[str, Any]:
    return {
        "read": source.read_from,
        "last_good_at": source.last_good_at,
        "files_at": source.files_at,
        "late": source.is_late,
        "page_by_page": source.page_by_page,
    }
