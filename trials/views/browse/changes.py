"""What has changed on the trials, day by day."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from trials.browse.updates import LAST_PAGE, OWN, Kind, UpdatesQuery, by_day, many_listed, page_of, read
from trials.browse.week import this_week
from trials.search.filters import BY_NAME
from trials.search.parameters import ParameterError
from trials.views.errors import wrong_parameter
from trials.views.nothing_yet import reloading_while_filling
from trials.views.query_strings import list_link, with_value, without
from trials.vocabulary import conditions

FORM = ("condition", "page")
"""Parameters of a search that the form asks for itself; it carries the others along."""


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """The newest changes, by kind and by what a search asks for; an unknown value is a 400 that names it."""
    try:
        asked = read(request.GET)
    except ParameterError as error:
        return wrong_parameter(request, error, request.path)
    told_as_number = many_listed(asked)
    rows, more = page_of(asked, told_as_number)
    context = {
        "asked": asked,
        "days": by_day(rows),
        "week": this_week(asked) if _is_plain(asked) else None,
        "many_listed": sorted(told_as_number.items(), reverse=True),
        "more": more and asked.page < LAST_PAGE,
        "kinds": [(value, str(label).rstrip(":")) for value, label in Kind.choices],
        "conditions": list(conditions()),
        "query": without(request.GET, "page"),
        "kept": [
            (name, value) for name in BY_NAME if name not in FORM for value in request.GET.getlist(name)
        ],
        "search_link": _search_link(request.GET, asked) if asked.is_narrow else "",
    }
    return reloading_while_filling(request, render(request, "trials/changes.html", context))


def _is_plain(asked: UpdatesQuery) -> bool:
    """Whether the newest changes are asked for, of every kind and disease: the week stands above them."""
    return asked.page == 1 and not (asked.kind or asked.condition or asked.is_narrow)


def _search_link(query: QueryDict, asked: UpdatesQuery) -> str:
    """The list of the trials whose changes are shown: also there of every disease unless one is named."""
    return list_link(with_value(QueryDict(without(query, *OWN)), "disease", asked.search.disease))
