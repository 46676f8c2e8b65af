"""Pages for what went wrong, and what crawlers ask for."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def robots(_request: HttpRequest) -> HttpResponse:
    """Search engines may read everything but the staff's pages and every filter of the list."""
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /imports/", "Disallow: /workspace/"]
    return HttpResponse("\n".join([*lines, f"# {settings.SITE_URL}", ""]), content_type="text/plain")
