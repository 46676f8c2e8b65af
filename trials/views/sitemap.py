"""The sitemap: every public page in every language, without sample records."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as answer
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from trials import vocabulary
from trials.browse.products import car_t_products
from trials.models import Trial
from trials.views.prose import PAGES
from trials.views.query_strings import in_language

MOST_TRIALS = 40_000 // len(settings.LANGUAGES)
"""A sitemap may hold 50,000 addresses, and every page has one in each language."""
_ONCE = (
    *("home", "find", "match", "list", "clinic", "sites", "map", "numbers", "conditions"),
    *("products", "car-t", "changes"),
    *PAGES,
)


@dataclass(frozen=True)
class Item:
    """A page by the name of its address, and the day on which its content changed where that is known."""

    name: str
    arguments: dict[str, str] = field(default_factory=dict)
    changed: date | None = None

    @cached_property
    def path(self) -> str:
        return reverse(f"trials:{self.name}", kwargs=self.arguments)


class PublicPages(Sitemap):  # type: ignore[type-arg]  # generic in the stubs alone
    """One query. The day of a trial is the day its registry last updated it."""

    i18n = alternates = x_default = True

    def items(self) -> list[Item]:
        return [
            *map(Item, _ONCE),
            *(Item("condition", {"slug": slug}) for slug in vocabulary.conditions()),
            *(Item("product", {"slug": known.slug}) for known in car_t_products()),
            *_trials_and_hospitals(),
        ]

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


def _trials_and_hospitals() -> Iterator[Item]:
    rows = Trial.objects.listed().filter(sample=False).newest_first()
    hospitals: set[str] = set()
    for number, changed, slugs in rows.values_list("primary_id", "last_updated", "hospitals")[:MOST_TRIALS]:
        yield Item("detail", {"registry_id": number}, changed)
        hospitals.update(slugs)
    yield from (Item("site", {"slug": slug}) for slug in sorted(hospitals))


@require_safe
@cache_control(public=True, max_age=60 * 60)
def sitemap(request: HttpRequest) -> HttpResponse:
    """`PublicPages` as XML."""
    return answer(request, {"pages": PublicPages()})
