"""Query strings of links: the same search with something left out."""

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse


def list_link(query: str) -> str:
    """The address of the list with this query string."""
    return f"{reverse('trials:list')}?{query}"


def without(query: QueryDict, *names: str) -> str:
    """The query string without these parameters, empty ones left out."""
    left = QueryDict(mutable=True)
    for name, values in query.lists():
        if name not in names and (kept := [value for value in values if value.strip()]):
            left.setlist(name, kept)
    return left.urlencode()


def without_value(query: QueryDict, name: str, index: int) -> str:
    """The query string without the `index`-th value of a repeated parameter, and back on page 1."""
    left = query.copy()
    left.setlist(name, [value for n, value in enumerate(query.getlist(name)) if n != index])
    return without(left, "page")


def with_added(query: QueryDict, name: str, value: str) -> str:
    """The query string with one more value of a repeated parameter, and back on page 1."""
    changed = query.copy()
    changed.setlist(name, [*(given for given in query.getlist(name) if given != value), value])
    return without(changed, "page")


def with_value(query: QueryDict, name: str, value: str) -> str:
    """The query string with another value of a parameter, and back on page 1."""
    changed = query.copy()
    changed[name] = value
    return without(changed, "page")


def in_language(address: str, code: str) -> str:
    """The same path and query in another language: English at the root, the others below their code."""
    path, mark, query = address.partition("?")
    first, _, rest = path.lstrip("/").partition("/")
    if first in _prefixes():
        path = rest
    prefix = "" if code == settings.LANGUAGE_CODE else f"/{code}"
    return f"{prefix}/{path.lstrip('/')}{mark}{query}"


def _prefixes() -> set[str]:
    return {code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE}
