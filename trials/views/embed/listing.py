"""The list of a search, or of one hospital, in the frame of another site; and the style of that frame."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from trials.browse.hospitals import AtHospital, TrialHere, trials_at
from trials.browse.open_hospital import OpenHospital
from trials.catalogue.certainty import Certainty
from trials.models import Site, Trial
from trials.models.fulltext import clean_text
from trials.search.parameters import Disease, ParameterError, refuse_unknown, whole
from trials.search.search import Search
from trials.views.embed import theme
from trials.views.embed.framing import embeddable, tagged
from trials.views.embed.theme import Theme
from trials.views.query_strings import list_link, without
from trials.views.results.cards import cards

ROWS, MOST_ROWS = 5, 20
OWN = (*theme.PARAMETERS, "rows")
"""Parameters of the frame; all others are those of a search."""


@dataclass(frozen=True, slots=True)
class Row:
    """One trial: what is known of the place, or of each registration's; `door` is the open hospital."""

    trial: Trial
    known: Sequence[Certainty]
    door: OpenHospital | None = None
    own: bool = False  # at the hospital whose list it is


@dataclass(frozen=True, slots=True)
class Frame:
    """What the frame shows. `hospital` is the name where it is one hospital's own list."""

    rows: Sequence[Row]
    total: int
    whole: str
    hospital: str = ""
    confirmed_at: datetime | None = None


@embeddable
def embedded_trials(request: HttpRequest) -> HttpResponse:
    """`/embed/trials/`: any search, or with one `site` that hospital's own list."""
    try:
        looks = Theme.from_query(request.GET)
        frame = _frame(request)
    except ParameterError as error:
        context = {"theme": Theme(), "parameter": error.parameter, "message": error.message}
        return render(request, "trials/embed/wrong.html", context, status=400)
    context = {"theme": looks, "style": urlencode(looks.parameters), "frame": frame}
    return render(request, "trials/embed/trials.html", context)


@tagged
def theme_css(request: HttpRequest) -> HttpResponse:
    """The style of the frame; values it does not know are a 400."""
    try:
        refuse_unknown(request.GET, theme.PARAMETERS)
        looks = Theme.from_query(request.GET)
    except ParameterError as error:
        return HttpResponse(str(error), status=400, content_type="text/plain; charset=utf-8")
    return render(request, "trials/embed/theme.css", {"theme": looks}, content_type="text/css; charset=utf-8")


def _frame(request: HttpRequest) -> Frame:
    """Raises ParameterError."""
    search = Search.from_query(request.GET, *OWN)
    number = rows_of(request)
    if len(search.site) == 1:
        return _of_hospital(search, number)
    total = len(search.hits)
    first = _first(search, number, total)
    found = search.between(first, first + number)
    rows = [Row(card.trial, [card.sure], card.door) for card in cards(search, found)]
    return Frame(rows, total, list_link(without(request.GET, *OWN, "page")))


def rows_of(request: HttpRequest) -> int:
    """How many rows are asked for. Raises ParameterError."""
    text = clean_text(request.GET.get("rows", ""))
    try:
        return whole(1, MOST_ROWS)(text) if text else ROWS
    except ValueError as error:
        raise ParameterError("rows", str(error)) from error


def _of_hospital(search: Search, number: int) -> Frame:
    """Its own trials, the open ones first, each with what is known of this hospital; of every disease."""
    slug = search.site[0]
    wanted = search.but(disease=search.disease or Disease.ALL)
    matching = set(wanted.listed.ids(wanted.hits))
    here = [one for one in trials_at(slug) if one.trial.pk in matching]
    first = _first(search, number, len(here))
    rows = [_row(one) for one in here[first : first + number]]
    return Frame(
        rows,
        len(here),
        reverse("trials:site", kwargs={"slug": slug}),
        Site.objects.get(slug=slug).hospital,
        AtHospital.of(here).confirmed_at,
    )


def _row(here: TrialHere) -> Row:
    return Row(here.trial, [sure for _, sure in here.places], own=True)


def _first(search: Search, number: int, total: int) -> int:
    """The position of the first row. Raises ParameterError where the page is beyond the last one."""
    search.pages(total, number)
    return (search.page - 1) * number
