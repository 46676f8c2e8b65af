"""What search engines are told there is: the public pages in every language, no sample data."""

from collections.abc import Iterator
from datetime import date
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from trials.models import Trial
from trials.views.prose import PAGES
from trials.views.query_strings import in_language

MOST_TRIALS = 20_000
"""A sitemap may hold 50,000 addresses; there are two languages."""

Page = tuple[str, date | None]
"""Its English address, and the day its content changed where that is known."""


@require_safe
@cache_control(public=True, max_age=60 * 60)
def sitemap(_request: HttpRequest) -> HttpResponse:
    """One query. The day of a trial is the day its registry last updated it."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
        *(_line(page, code) for page in _pages() for code, _name in settings.LANGUAGES),
        "</urlset>",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="application/xml")


def _pages() -> Iterator[Page]:
    for name in ("home", "list", "sites", *PAGES):
        yield reverse(f"trials:{name}"), None
    trials = Trial.objects.listed().filter(sample=False).newest_first()
    hospitals: set[str] = set()
    rows = trials.values_list("primary_id", "last_updated", "hospitals")[:MOST_TRIALS]
    for primary_id, updated, slugs in rows:
        yield reverse("trials:detail", kwargs={"registry_id": primary_id}), updated
        hospitals.update(slugs)
    for slug in sorted(hospitals):
        yield reverse("trials:site", kwargs={"slug": slug}), None


def _line(page: Page, code: str) -> str:
    address, day = page
    changed = f"<lastmod>{day.isoformat()}</lastmod>" if day else ""
    return f"<url><loc>{escape(settings.SITE_URL + in_language(address, code))}</loc>{changed}</url>"
