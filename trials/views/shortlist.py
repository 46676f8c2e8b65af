"""The trials a visitor keeps, as listed in the address; the device may remember the address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from trials.catalogue.shortlist import MAX_COMPARED, MAX_KEPT, Shortlist, ids_in, with_ids
from trials.models.fulltext import clean_text
from trials.search.parameters import ParameterError
from trials.search.search import Search
from trials.views.errors import wrong_parameter
from trials.views.results.cards import cards
from trials.views.situation import read_situation, with_said
from trials.views.trial.loading import not_for_search_engines


@require_safe
def shortlist(request: HttpRequest) -> HttpResponse:
    """The trials of `id` and `ids`, at most `MAX_KEPT`; ids no listed trial has are named."""
    try:
        situation = read_situation(request.GET, "id", "ids")
    except ParameterError as error:
        return wrong_parameter(request, error, request.path)
    found = Shortlist.of(ids_in(request.GET, "id", "ids"))
    page = reverse("trials:shortlist")
    context = {
        "kept": [
            (card.trial, with_said(without(page, found.ids, card.trial.primary_id), situation), card)
            for card in cards(Search(near=situation.near), found.trials)
        ],
        "ids": found.ids,
        "unknown": found.unknown,
        "situation": situation,
        "near": clean_text(request.GET.get("near", "")),
        "without_unknown": with_said(with_ids(page, found.ids), situation),
        "too_many": found.too_many,
        "most": MAX_KEPT,
        "most_compared": MAX_COMPARED,
        "is_full": len(found.trials) >= MAX_KEPT,
        "find_more": with_said(with_ids(reverse("trials:list"), found.ids, "keep"), situation),
    }
    return not_for_search_engines(render(request, "trials/shortlist.html", context))


def without(page: str, ids: list[str], left_out: str) -> str:
    """The address of the page without one of its ids."""
    return with_ids(page, [one for one in ids if one != left_out])
