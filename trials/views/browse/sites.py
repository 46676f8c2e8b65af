"""The hospitals in India with trials: all of them by place, and each with what it runs."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from trials.browse.hospitals import (
    AtHospital,
    HospitalCounts,
    TrialHere,
    listed_hospitals,
    trials_at,
    with_own_contacts,
)
from trials.catalogue.compose import city_slug
from trials.models.fulltext import clean_text
from trials.search import geo
from trials.search.parameters import ParameterError
from trials.search.parameters import page as read_page
from trials.views.errors import wrong_parameter
from trials.views.head import structured_data, words
from trials.views.nothing_yet import or_nothing_yet
from trials.views.previews import preview
from trials.views.situation import read_situation

PAGE_SIZE = 50
"""Trials on one page of a hospital."""


@require_safe
def sites(request: HttpRequest) -> HttpResponse:
    """Every hospital by state and city, or the nearest first where a place is given."""
    try:
        situation = read_situation(request.GET)
    except ParameterError as error:
        return wrong_parameter(request, error, request.path)
    hospitals = listed_hospitals()
    point = situation.near
    context = {
        "near": _written(request, "near"),
        "situation": situation,
        "point": point,
        "total": len(hospitals),
        "recruiting": sum(1 for hospital in hospitals if hospital.recruiting),
        "nearest": _nearest(hospitals, point) if point else [],
        "open": [] if point else [hospital for hospital in hospitals if hospital.recruiting],
        "states": [] if point else _by_state(hospitals),
    }
    page = render(request, "trials/sites.html", context)
    return page if hospitals else or_nothing_yet(request, page)


@require_safe
def site(request: HttpRequest, slug: str) -> HttpResponse:
    """One hospital: how to reach it, trials that are open there now, then the others; 50 a page."""
    try:
        situation = read_situation(request.GET, "page")
        number = _page(_written(request, "page"))
    except ParameterError as error:
        return wrong_parameter(request, error, request.path)
    near = _written(request, "near")
    trials = trials_at(clean_text(slug))
    if not trials or (found := trials[0].rows[0].site) is None:
        return render(request, "trials/site_unknown.html", {"near": near}, status=404)
    pages = -(-len(trials) // PAGE_SIZE)
    if number > pages:
        beyond = ParameterError("page", gettext("The last page is %d.") % pages)
        return wrong_parameter(request, beyond, request.path)
    shown = with_own_contacts(trials[(number - 1) * PAGE_SIZE : number * PAGE_SIZE])
    hospital = HospitalCounts(found, len(trials), sum(here.is_open for here in trials))
    here = AtHospital.of(shown if number == 1 else trials)
    context = {
        "hospital": hospital,
        "here": here,
        "page_words": words.of_hospital(hospital),
        **_for_others(hospital, here, trials),
        "situation": situation,
        "near": near,
        "point": situation.near,
        "km": geo.kilometres_from(situation.near).get(city_slug(found)),
        "open": [here for here in shown if here.is_open],
        "others": [here for here in shown if not here.is_open],
        "not_open": sum(not here.is_open for here in trials),
        "page": number,
        "pages": pages,
        "other_diseases": any(here.trial.other_disease_only for here in trials),
    }
    return render(request, "trials/site.html", context)


def _for_others(hospital: HospitalCounts, here: AtHospital, trials: Sequence[TrialHere]) -> dict[str, Any]:
    """What messengers and search engines learn; nothing of a hospital that invented records name."""
    if any(one.trial.sample for one in trials):
        return {"not_indexed": True}
    structured = structured_data.of_hospital(hospital, here.address, here.postal_code)
    return {"preview": preview.of_hospital(hospital), "structured_data": structured}


def _written(request: HttpRequest, name: str) -> str:
    return clean_text(request.GET.get(name, ""))


def _page(text: str) -> int:
    """Raises ParameterError."""
    try:
        return read_page(text) if text else 1
    except ValueError as error:
        raise ParameterError("page", str(error)) from error


def _nearest(
    hospitals: Iterable[HospitalCounts], point: geo.Point
) -> list[tuple[HospitalCounts, int | None]]:
    """Hospitals with their distance: those with an open trial, then the others.

    The nearest first in each; those in a city we have no point for come last.
    """
    kilometres = geo.kilometres_from(point)
    placed = [(hospital, kilometres.get(hospital.city)) for hospital in hospitals]
    return sorted(placed, key=lambda pair: (not pair[0].recruiting, pair[1] is None, pair[1] or 0))


def _by_state(
    hospitals: Iterable[HospitalCounts],
) -> list[tuple[str, list[tuple[str, list[HospitalCounts]]]]]:
    """State, then city, by slug; what is not stated comes last."""
    ordered = sorted(hospitals, key=lambda h: (not h.state, h.state, not h.city, h.city, h.site.hospital))
    return [
        (state, [(city, list(group)) for city, group in groupby(inside, key=lambda h: h.city)])
        for state, inside in groupby(ordered, key=lambda h: h.state)
    ]
