"""Pages for what went wrong, and what crawlers ask for."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language_from_path, override

from trials.catalogue.freshness import current
from trials.search.parameters import ParameterError
from trials.views.query_strings import without


def robots(_request: HttpRequest) -> HttpResponse:
    """Search engines may read everything but the staff's pages: what they may not show says so itself."""
    lines = ["User-agent: *", "Disallow: /admin/"]
    for prefix in ("", "/*"):
        lines += [f"Disallow: {prefix}/{staff}/" for staff in ("imports", "workspace", "accounts")]
    lines.append(f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}")
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain")


def bad_request(request: HttpRequest, *_: object, **__: object) -> HttpResponse:
    """A request that could not even be read: its page is made without it, in the language of its path."""
    page = _in_language_of_path(request, "400.html", {"catalogue": SimpleLazyObject(current)})
    return HttpResponse(page, status=400)


def too_many(request: HttpRequest, seconds: int = 60) -> HttpResponse:
    """A network asked for too much; it may ask again after so many seconds."""
    return _busy(request, 429, seconds)


def too_long(request: HttpRequest) -> HttpResponse:
    """Answering was broken off."""
    return _busy(request, 503, 60)


def database_away(request: HttpRequest) -> HttpResponse:
    """The database cannot be reached."""
    return _busy(request, 503, 60, is_away=True)


def _busy(request: HttpRequest, status: int, seconds: int, *, is_away: bool = False) -> HttpResponse:
    """Of a template that asks the database nothing."""
    again = request.get_full_path() if request.method == "GET" else ""
    context = {"status": status, "again": again, "is_away": is_away}
    page = _in_language_of_path(request, "busy.html", context)
    headers = {"Retry-After": str(seconds), "Cache-Control": "no-store"}
    return HttpResponse(page, status=status, headers=headers)


def _in_language_of_path(request: HttpRequest, template: str, context: dict[str, object]) -> str:
    """A page that is made without the request, so that nothing of what went wrong is asked again."""
    with override(get_language_from_path(request.path_info) or settings.LANGUAGE_CODE):
        return render_to_string(template, context)


def csrf_failed(request: HttpRequest, **_: object) -> HttpResponse:
    """A form that was open too long, or a browser that keeps no cookies."""
    return render(request, "403.html", {"form_failed": True}, status=403)


def wrong_parameter(request: HttpRequest, error: ParameterError, page: str) -> HttpResponse:
    """A 400 that names the parameter and leads back to the page at this address without it."""
    rest = without(request.GET, error.parameter, "page")
    context = {"parameter": error.parameter, "message": error.message, "page": page, "rest": rest}
    return render(request, "trials/bad_request.html", context, status=400)
