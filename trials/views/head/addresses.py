"""Which pages search engines may show, and under which address.

What a visitor typed or said of the patient is in no address that search engines learn; a page that shows it
carries `noindex`. Such pages are not barred in robots.txt: what is never fetched is never seen to say so
(developers.google.com/search/docs/crawling-indexing/block-indexing).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from trials.search.filters import BY_NAME
from trials.search.parameters import MARKS_OF_SHARING, MAX_VALUES
from trials.views.prose import PAGES
from trials.views.query_strings import in_language

PAGES_ONCE = (
    *("home", "find", "match", "list", "clinic", "sites", "map", "numbers", "conditions"),
    *("products", "car-t", "changes", "embed"),
    *PAGES,
)
"""Names of the pages that there are once."""
INDEXED = frozenset({*PAGES_ONCE, "condition", "product", "site", "detail"})
OWN: Mapping[str, tuple[str, ...]] = {
    "list": (
        *("condition", "phase", "state", "city", "site", "target", "cell_source", "product"),
        *("recruiting", "disease"),
    ),
    "map": ("condition",),
    "numbers": ("disease",),
}
"""The parameters, none of them free text or about a patient, that make another page of one of these."""
SAME = frozenset({"page", "sort"})
"""The same page further down, or in another order."""
MOST_VALUES = 3
"""A search of more is one of millions, which nobody looks for: search engines are told to leave it."""


@dataclass(frozen=True, slots=True)
class Alternate:
    """The page's full address in one language."""

    code: str
    address: str


@dataclass(frozen=True, slots=True)
class Addresses:
    """The page's own address, each language's and the default one.

    `indexed`: search engines may show it. `shared`: people may send it on, and messengers preview it.
    """

    canonical: str
    languages: list[Alternate]
    default: str
    indexed: bool
    shared: bool


def addresses_of(request: HttpRequest | None) -> Addresses:
    """The same in every language. A page made without a request stands for the first page."""
    name = _name(request)
    own = _own_values(request, name) if request else []
    path = request.get_full_path().partition("?")[0] if request else "/"
    address = f"{path}?{urlencode(own, errors='replace')}" if own else path
    languages = [
        Alternate(code, settings.SITE_URL + in_language(address, code)) for code, _name in settings.LANGUAGES
    ]
    at = {language.code: language.address for language in languages}
    default = at[settings.LANGUAGE_CODE]
    return Addresses(
        canonical=at.get(get_language() or "", default),
        languages=languages,
        default=default,
        indexed=name in INDEXED
        and len(own) <= MOST_VALUES
        and bool(request)
        and _says_no_more(request, name),
        shared=bool(name) and not name.startswith("follow"),
    )


def _name(request: HttpRequest | None) -> str:
    match = request.resolver_match if request else None
    return match.url_name or "" if match and match.app_names == ["trials"] else ""


def _own_values(request: HttpRequest, name: str) -> list[tuple[str, str]]:
    return [
        (own, value)
        for own in OWN.get(name, ())
        for value in request.GET.getlist(own)[(0 if BY_NAME[own].repeats else -1) :][:MAX_VALUES]
        if value.strip()
    ]


def _says_no_more(request: HttpRequest | None, name: str) -> bool:
    """Whether nothing but the parameters that make a page was asked for, and no form sent."""
    if request is None or request.method not in ("GET", "HEAD"):
        return False
    passed = {*OWN.get(name, ()), *SAME, *MARKS_OF_SHARING}
    others = (
        value
        for key in request.GET
        if key not in passed and not key.startswith("utm_")
        for value in request.GET.getlist(key)
    )
    return not any(value.strip() for value in others)
