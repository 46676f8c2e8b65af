"""Two to four trials side by side. Differences are written in words; nothing is ranked."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from trials.catalogue.shortlist import MAX_COMPARED, MAX_KEPT, Shortlist, ids_in, with_ids
from trials.models.fulltext import clean_text
from trials.search import geo
from trials.search.parameters import ParameterError
from trials.views.errors import wrong_parameter
from trials.views.shortlist import without
from trials.views.trial.comparison import rows
from trials.views.trial.loading import not_for_search_engines, with_registrations

LETTERS = "ABCD"


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """The trials of `id` and `ids`; `near` (PIN or city) adds distances. Of more than four, people choose."""
    near = clean_text(request.GET.get("near", ""))
    try:
        point = geo.point_of(near) if near else None
    except ValueError as error:
        return wrong_parameter(request, ParameterError("near", str(error)), request.path)
    found = Shortlist.of(ids_in(request.GET, "id", "ids"), most=MAX_KEPT)
    compared = with_registrations(found.trials) if 2 <= len(found.trials) <= MAX_COMPARED else []
    page = reverse("trials:compare")
    columns = [
        (letter, trial, without(page, found.ids, trial.primary_id))
        for letter, trial in zip(LETTERS, found.trials, strict=False)
    ]
    context = {
        "trials": found.trials,
        "ids": found.ids,
        "unknown": found.unknown,
        "columns": columns if compared else [],
        "rows": rows(compared, point) if compared else [],
        "near": near,
        "can_add": len(found.trials) < MAX_COMPARED,
        "too_many": len(found.trials) > MAX_COMPARED,
        "most": MAX_COMPARED,
        "shortlist": with_ids(reverse("trials:shortlist"), found.ids),
    }
    return not_for_search_engines(render(request, "trials/compare.html", context))
