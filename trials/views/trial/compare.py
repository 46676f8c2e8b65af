"""Two to four trials side by side. Differences are written in words; nothing is ranked."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from trials.catalogue.shortlist import MAX_COMPARED, MAX_KEPT, Shortlist, ids_in, with_ids
from trials.models.fulltext import clean_text
from trials.search.parameters import ParameterError
from trials.views.errors import wrong_parameter
from trials.views.shortlist import without
from trials.views.situation import read_situation, with_said
from trials.views.trial.comparison import comparison
from trials.views.trial.loading import not_for_search_engines, with_registrations

LETTERS = "ABCD"


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """The trials of `id` and `ids`, each with its nearest open hospital. Of more than four, people choose."""
    try:
        situation = read_situation(request.GET, "id", "ids")
    except ParameterError as error:
        return wrong_parameter(request, error, request.path)
    found = Shortlist.of(ids_in(request.GET, "id", "ids"), most=MAX_KEPT)
    compared = with_registrations(found.trials) if 2 <= len(found.trials) <= MAX_COMPARED else []
    page = reverse("trials:compare")
    columns = [
        (letter, trial, with_said(without(page, found.ids, trial.primary_id), situation))
        for letter, trial in zip(LETTERS, found.trials, strict=False)
    ]
    context = {
        "trials": found.trials,
        "ids": found.ids,
        "unknown": found.unknown,
        "columns": columns if compared else [],
        "comparison": comparison(compared, situation.near) if compared else None,
        "situation": situation,
        "near": clean_text(request.GET.get("near", "")),
        "can_add": len(found.trials) < MAX_COMPARED,
        "too_many": len(found.trials) > MAX_COMPARED,
        "most": MAX_COMPARED,
        "shortlist": with_said(with_ids(reverse("trials:shortlist"), found.ids), situation),
    }
    return not_for_search_engines(render(request, "trials/compare.html", context))
