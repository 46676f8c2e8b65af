"""Pages for what went wrong, and what crawlers ask for."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from trials.parameters import ParameterError
from trials.views.links import without


def robots(_request: HttpRequest) -> HttpResponse:
    """Search engines may read everything but the staff's pages and every filter of the list."""
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /imports/", "Disallow: /workspace/"]
    return HttpResponse("\n".join([*lines, f"# {settings.SITE_URL}", ""]), content_type="text/plain")


def wrong_parameter(request: HttpRequest, error: ParameterError, page: str) -> HttpResponse:
    """A 400 that names the parameter and leads back to the page at this address without it."""
    rest = without(request.GET, error.parameter, "page")
    context = {"parameter": error.parameter, "message": error.message, "page": page, "rest": rest}
    return render(request, "trials/bad_request.html", context, status=400)
