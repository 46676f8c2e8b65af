"""What a doctor takes from the table: sheets of ticked trials to print, and notes to copy into a referral.

Both are of trials alone: nothing of a patient is asked for, and nothing is kept.
"""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from trials.browse.clinic import rows_of
from trials.catalogue.certainty import certainty_of_closed
from trials.catalogue.shortlist import Shortlist, ids_in, with_ids
from trials.search.parameters import ParameterError, refuse_unknown
from trials.search.search import Search
from trials.search.situation import Situation
from trials.views.errors import wrong_parameter
from trials.views.referral_note import referral_note
from trials.views.trial.loading import not_for_search_engines

MOST_ON_PAPER = 6
PLACES_ON_SHEET = 3


@require_safe
def clinic_sheet(request: HttpRequest) -> HttpResponse:
    """The trials of `id` and `ids`, half a page of A4 each."""
    return _of_ticked(request, "trials/clinic_sheet.html")


@require_safe
def clinic_note(request: HttpRequest) -> HttpResponse:
    """The trials of `id` and `ids` as plain text for a letter of referral."""
    return _of_ticked(request, "trials/clinic_note.html")


def _of_ticked(request: HttpRequest, template: str) -> HttpResponse:
    """`near`, `age` and `condition` only order the hospitals and lead back; they are on no paper."""
    try:
        refuse_unknown(request.GET, ("id", "ids", "near", "age", "condition"))
        situation = Situation.from_query(request.GET)
    except ParameterError as error:
        return wrong_parameter(request, error, request.path)
    found = Shortlist.of(ids_in(request.GET, "id", "ids"), most=MOST_ON_PAPER)
    context = {
        "papers": _papers(request, found, situation),
        "unknown": found.unknown,
        "too_many": found.too_many,
        "most": MOST_ON_PAPER,
        "places": PLACES_ON_SHEET,
        "situation": situation,
        "sheet_link": with_ids(reverse("trials:clinic_sheet"), found.ids),
        "note_link": with_ids(reverse("trials:clinic_note"), found.ids),
    }
    return not_for_search_engines(render(request, template, context))


def _papers(request: HttpRequest, found: Shortlist, situation: Situation) -> Sequence[dict[str, Any]]:
    """Each trial's row, how sure it is where none is open, the address of its page, and its note."""
    papers = []
    for row in rows_of(found.trials, Search(near=situation.near)):
        path = reverse("trials:detail", kwargs={"registry_id": row.trial.primary_id})
        address = request.build_absolute_uri(path)
        closed = None if row.hospitals else certainty_of_closed(row.trial, row.known.word)
        note = referral_note(row, closed, address)
        lines = len(note.splitlines()) + 2
        papers.append({"row": row, "closed": closed, "address": address, "note": note, "lines": lines})
    return papers
