"""For whoever watches the site: does it work right now, and are its data fresh?"""

from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from trials.choices import Registry
from trials.models import RegistrySource


@never_cache
@require_safe
def healthz(_request: HttpRequest) -> JsonResponse:
    """200 while the site can serve pages, 503 otherwise. Says nothing that a stranger may not know."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return JsonResponse({"database": "ok", "imports": _imports()})
    except Error:
        return JsonResponse({"database": "unreachable"}, status=503)


@never_cache
@require_safe
def imports(request: HttpRequest) -> JsonResponse:
    """The same for a monitor that looks at the status only: 503 where a registry is late or was never read.

    `read` has, by registry, when it was last read itself and when saved records of it were last taken in.
    """
    answer = healthz(request)
    if answer.status_code != 200:
        return answer
    states = _imports()
    read = {
        source.registry: {"registry": source.last_good_at, "files": source.files_at} for source in _sources()
    }
    unwell = {"late", "never"}.intersection(states.values())
    return JsonResponse({"database": "ok", "imports": states, "read": read}, status=503 if unwell else 200)


def _sources() -> list[RegistrySource]:
    """Every registry, also one that nobody has tried to read."""
    known = RegistrySource.objects.in_bulk()
    return [known.get(registry) or RegistrySource(registry=registry) for registry in Registry.values]


def _imports() -> dict[str, str]:
    """By registry: `fresh`, `late` where a reading is overdue, `files` or `never` where none ever came."""
    return {source.registry: _state(source) for source in _sources()}


def _state(source: RegistrySource) -> str:
    if source.is_late and source.last_good_from:
        return "late"
    return {"registry": "fresh", "files": "files", "": "never"}[source.last_good_from]
