"""For whoever watches the site: does it work right now, and are its data fresh?"""

from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

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
    """The same for a monitor that looks at the status only: 503 also where a registry's data are late."""
    answer = healthz(request)
    if answer.status_code == 200 and "late" in _imports().values():
        answer.status_code = 503
    return answer


def _imports() -> dict[str, str]:
    """By registry: `fresh`, or `late` where a good reading should have come and has not."""
    sources = RegistrySource.objects.order_by("registry")
    return {source.registry: "late" if source.is_late else "fresh" for source in sources}
