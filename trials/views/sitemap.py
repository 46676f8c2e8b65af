"""The sitemap: an index, and files with every public page in every language, without sample records.

A file may hold 50,000 addresses and 50 MB (sitemaps.org/protocol.html). Trials are cut by their row id,
`TRIALS_A_FILE` ids to a file: a file reads its own rows alone and the index one row a file, however many
trials there are.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import SitemapIndexItem, x_robots_tag
from django.contrib.sitemaps.views import sitemap as answer
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from trials import vocabulary
from trials.browse.products import car_t_products
from trials.models import Trial
from trials.models.trial import TrialQuerySet
from trials.search.snapshot.current import current
from trials.search.snapshot.newest import newest_days
from trials.views.head.addresses import PAGES_ONCE
from trials.views.query_strings import in_language

TRIALS_A_FILE = 1_000
"""Row ids, not trials: some rows have no public page. In two languages 0.8 MB and 0.4 s of work."""
MOST_HOSPITALS = 50_000 // len(settings.LANGUAGES)
"""Far more than India's hospitals with trials; each page has an address in each language."""
_FILLED_FILES = """
WITH RECURSIVE file AS (
    (SELECT id / %(size)s AS number FROM trials_trial WHERE published AND NOT sample ORDER BY id LIMIT 1)
    UNION ALL
    SELECT (
        SELECT id / %(size)s FROM trials_trial
        WHERE published AND NOT sample AND id >= (file.number + 1) * %(size)s ORDER BY id LIMIT 1
    ) FROM file WHERE file.number IS NOT NULL
)
SELECT number FROM file WHERE number IS NOT NULL
"""
"""From one file that has a trial to the next along the primary key: one row read for each."""


@dataclass(frozen=True)
class Item:
    """A page by the name of its address, and the day on which its content changed where that is known."""

    name: str
    arguments: dict[str, str] = field(default_factory=dict)
    changed: date | None = None
    query: str = ""

    @cached_property
    def path(self) -> str:
        path = reverse(f"trials:{self.name}", kwargs=self.arguments)
        return f"{path}?{self.query}" if self.query else path


class Pages(Sitemap):  # type: ignore[type-arg]  # generic in the stubs alone
    """One file of the sitemap."""

    i18n = alternates = x_default = True

    def __init__(self, listed: Callable[[], Iterator[Item]]) -> None:
        self._listed = listed

    def items(self) -> list[Item]:
        return list(self._listed())

    def _location(self, item: tuple[Item, str], force_lang_code: str | None = None) -> str:
        """Django reverses every address in every language, four times as slow for thousands of trials."""
        page, code = item
        return in_language(page.path, force_lang_code or code)

    def lastmod(self, item: Item) -> date | None:
        return item.changed

    def get_urls(
        self, page: int | str = 1, site: Any = None, protocol: str | None = None
    ) -> list[dict[str, Any]]:
        """Under `SITE_URL`, whatever name the request came by."""
        protocol, _, domain = settings.SITE_URL.partition("://")
        return self._urls(page, protocol, domain)  # type: ignore[attr-defined, no-any-return]  # not in the stubs


def _pages() -> Iterator[Item]:
    yield from map(Item, PAGES_ONCE)
    yield from (Item("product", {"slug": known.slug}) for known in car_t_products())


def _conditions() -> Iterator[Item]:
    changed = newest_days(current(), ["answers_to"])["answers_to"]
    yield from (Item("condition", {"slug": slug}, changed.get(slug)) for slug in vocabulary.conditions())


def _places() -> Iterator[Item]:
    """The searches for each state and city of India with a trial; a city that is a state comes once."""
    found = newest_days(current(), ["states", "cities"])
    states, cities = found["states"], found["cities"]
    for parameter, days in (("state", states), ("city", cities)):
        for slug in sorted(days):
            if parameter == "state" or slug not in states:
                yield Item("list", changed=days[slug], query=urlencode({parameter: slug}))


def _hospitals() -> Iterator[Item]:
    """Those that a listed trial names, each with the newest day of its trials."""
    days = newest_days(current(), ["hospitals"])["hospitals"]
    yield from (Item("site", {"slug": slug}, days[slug]) for slug in sorted(days)[:MOST_HOSPITALS])


def _trials(number: int) -> Iterator[Item]:
    """Each with the day on which its registry last updated it."""
    ids = (number * TRIALS_A_FILE, (number + 1) * TRIALS_A_FILE - 1)
    rows = _public().filter(pk__range=ids).order_by("pk").values_list("primary_id", "last_updated")
    yield from (Item("detail", {"registry_id": primary_id}, day) for primary_id, day in rows)


def _public() -> TrialQuerySet:
    return Trial.objects.listed().filter(sample=False)


SECTIONS: Mapping[str, Callable[[], Iterator[Item]]] = {
    "pages": _pages,
    "conditions": _conditions,
    "places": _places,
    "sites": _hospitals,
}


@require_safe
@cache_control(public=True, max_age=60 * 60)
@x_robots_tag
def index(request: HttpRequest) -> HttpResponse:
    """The files there are. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_FILLED_FILES, {"size": TRIALS_A_FILE})
        names = [*SECTIONS, *(f"trials-{number}" for (number,) in cursor.fetchall())]
    files = [SitemapIndexItem(f"{settings.SITE_URL}{reverse('sitemap-file', args=[name])}") for name in names]
    return render(request, "sitemap_index.xml", {"sitemaps": files}, content_type="application/xml")


@require_safe
@cache_control(public=True, max_age=60 * 60)
def file(request: HttpRequest, section: str) -> HttpResponse:
    """One file of the index. Two statements at most."""
    kind, _, number = section.partition("-")
    listed = partial(_trials, int(number)) if number and kind == "trials" else SECTIONS.get(section)
    if listed is None:
        raise Http404
    return answer(request, {section: Pages(listed)})
