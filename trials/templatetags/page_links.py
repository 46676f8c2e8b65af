"""Links from a page to itself: in every language, for readers, browsers and search engines."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template.context import Context
from django.utils.translation import get_language, get_language_info

from trials.search.filters import FILTERS
from trials.search.parameters import MAX_VALUES
from trials.views.query_strings import in_language

register = template.Library()
_KEPT = tuple(parameter for parameter in FILTERS if parameter.name != "sort")
"""What makes a search another page to a search engine; an order or an unknown parameter does not."""

SEARCHES = ("list", "changes", "find", "map", "sites", "clinic")
"""Pages that their parameters make another page; any other is the same whoever reads it."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language the page can be read in, by its own name, and where."""

    code: str
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Addresses:
    """The page's full addresses without what only orders it: its own, each language's, the default one."""

    canonical: str
    languages: list[Language]
    default: str


@register.simple_tag(takes_context=True)
def may_be_kept(context: Context) -> bool:
    """Whether a browser may keep the page for a time without a network: not where a person has signed in."""
    request = context.get("request")
    return settings.OFFLINE and request is not None and settings.SESSION_COOKIE_NAME not in request.COOKIES


@register.simple_tag(takes_context=True)
def other_languages(context: Context) -> list[Language]:
    """The languages the page is not in; a switch keeps the page and the query."""
    return [
        Language(code, get_language_info(code)["name_local"], in_language(_address(context), code))
        for code, _name in settings.LANGUAGES
        if code != get_language()
    ]


@register.simple_tag(takes_context=True)
def addresses(context: Context) -> Addresses:
    """What search engines learn about the page, the same in every language."""
    request = context.get("request")
    address = _kept_address(request) if request else "/"
    languages = [
        Language(code, str(name), settings.SITE_URL + in_language(address, code))
        for code, name in settings.LANGUAGES
    ]
    at = {language.code: language.address for language in languages}
    default = at[settings.LANGUAGE_CODE]
    return Addresses(at.get(get_language() or "", default), languages, default)


def _address(context: Context) -> str:
    request = context.get("request")
    return request.get_full_path() if request else "/"


def _kept_address(request: HttpRequest) -> str:
    """The address without what a page only carries along of the patient."""
    page = request.resolver_match.url_name if request.resolver_match else ""
    asked = [
        (parameter.name, value)
        for parameter in (_KEPT if page in SEARCHES else ())
        for value in request.GET.getlist(parameter.name)[(0 if parameter.repeats else -1) :][:MAX_VALUES]
        if value.strip()
    ]
    path = request.get_full_path().partition("?")[0]
    query = urlencode([pair for pair in asked if pair != ("page", "1")], errors="replace")
    return f"{path}?{query}" if query else path
