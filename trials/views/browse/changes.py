"""What has changed on the trials, day by day."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from trials.browse.updates import LAST_PAGE, Kind, by_day, many_listed, page_of, read
from trials.search.parameters import ParameterError
from trials.views.errors import wrong_parameter
from trials.views.nothing_yet import reloading_while_filling
from trials.views.query_strings import without
from trials.vocabulary import conditions


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """The newest changes, by kind and condition. A value it does not know is a 400 that names it."""
    try:
        asked = read(request.GET)
    except ParameterError as error:
        return wrong_parameter(request, error, request.path)
    told_as_number = many_listed(asked)
    rows, more = page_of(asked, told_as_number)
    context = {
        "asked": asked,
        "days": by_day(rows),
        "many_listed": sorted(told_as_number.items(), reverse=True),
        "more": more and asked.page < LAST_PAGE,
        "kinds": [(value, str(label).rstrip(":")) for value, label in Kind.choices],
        "conditions": list(conditions()),
        "query": without(request.GET, "page"),
    }
    return reloading_while_filling(request, render(request, "trials/changes.html", context))
