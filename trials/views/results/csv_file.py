"""The list of trials to take along: the same answer to the same question, all pages of it, as CSV."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from trials.open_data.answers import CSV, whole_search
from trials.search.parameters import ParameterError
from trials.search.search import Search
from trials.views.errors import wrong_parameter
from trials.views.results.page import answer


@require_safe
def results_csv(request: HttpRequest) -> HttpResponseBase:
    """In English whatever the page's language: its columns never change."""
    try:
        search = Search.from_query(request.GET, "keep")
        if request.method != "HEAD":  # which asks whether there is a file, not for what is in it
            search, _found, _ignored = answer(search)
        return whole_search(request, search, CSV)
    except ParameterError as error:
        return wrong_parameter(request, error, reverse("trials:list"))
