"""Query strings of links: the same search with something left out."""

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
