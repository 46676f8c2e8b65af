"""The hospitals in India with trials: all of them by place, and each with what it runs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from trials.browse.hospitals import HospitalCounts, listed_hospitals, listed_rows
from trials.catalogue.compose import city_slug
from trials.display import status_class
from trials.models import Trial, TrialSite
from trials.models.fulltext import clean_text
from trials.search import geo
from trials.search.parameters import ParameterError, read_one
from trials.views.errors import wrong_parameter
from trials.views.nothing_yet import or_nothing_yet


@dataclass(frozen=True, slots=True)
class TrialHere:
    """One trial at one hospital; of several registrations each tells its own status."""

    trial: Trial
    rows: Sequence[TrialSite]

    @property
    def is_open(self) -> bool:
        return any(row.is_open for row in self.rows)

    @property
    def has_contacts(self) -> bool:
        return any(row.people for row in self.rows)


@require_safe
def sites(request: HttpRequest) -> HttpResponse:
    """Every hospital by state and city, or the nearest first where a place is given."""
    try:
        asked, point = _near(request)
    except ParameterError as error:
        return wrong_parameter(request, error, request.path)
    hospitals = listed_hospitals()
    context = {
        "near": asked,
        "point": point,
        "total": len(hospitals),
        "recruiting": sum(1 for hospital in hospitals if hospital.recruiting),
        "nearest": _nearest(hospitals, point) if point else [],
        "states": [] if point else _by_state(hospitals),
    }
    page = render(request, "trials/sites.html", context)
    return page if hospitals else or_nothing_yet(request, page)


@require_safe
def site(request: HttpRequest, slug: str) -> HttpResponse:
    """One hospital: trials that recruit there now, then the others."""
    try:
        asked, point = _near(request)
    except ParameterError as error:
        return wrong_parameter(request, error, request.path)
    rows = list(listed_rows(clean_text(slug)))
    if not rows or (found := rows[0].site) is None:
        return render(request, "trials/site_unknown.html", {"near": asked}, status=404)
    trials = _trials(rows)
    hospital = HospitalCounts(found, len(trials), sum(here.is_open for here in trials))
    context = {
        "hospital": hospital,
        "near": asked,
        "point": point,
        "km": _kilometres(point).get(city_slug(found)) if point else None,
        "open": [here for here in trials if here.is_open],
        "others": [here for here in trials if not here.is_open],
        "other_diseases": any(here.trial.other_disease_only for here in trials),
    }
    return render(request, "trials/site.html", context)


def _near(request: HttpRequest) -> tuple[str, geo.Point | None]:
    """The place asked for, as it was written, and its point. Raises ParameterError."""
    return clean_text(request.GET.get("near", "")), read_one(request.GET, "near", geo.point_of)


def _kilometres(point: geo.Point) -> Mapping[str, int]:
    """Whole kilometres to each city by its slug."""
    return {found.city.slug: round(found.km) for found in point.cities}


def _nearest(
    hospitals: Iterable[HospitalCounts], point: geo.Point
) -> list[tuple[HospitalCounts, int | None]]:
    """Hospitals with their distance, nearest first; those in a city we have no point for come last."""
    kilometres = _kilometres(point)
    placed = [(hospital, kilometres.get(hospital.city)) for hospital in hospitals]
    return sorted(placed, key=lambda pair: (pair[1] is None, pair[1] or 0))


def _by_state(
    hospitals: Iterable[HospitalCounts],
) -> list[tuple[str, list[tuple[str, list[HospitalCounts]]]]]:
    """State, then city, by slug; what is not stated comes last."""
    ordered = sorted(hospitals, key=lambda h: (not h.state, h.state, not h.city, h.city, h.site.hospital))
    return [
        (state, [(city, list(group)) for city, group in groupby(inside, key=lambda h: h.city)])
        for state, inside in groupby(ordered, key=lambda h: h.state)
    ]


def _trials(rows: Sequence[TrialSite]) -> list[TrialHere]:
    """Trials with their rows: recruiting here, then not yet open, then the rest; newest first in each."""
    trials = [
        TrialHere(group[0].trial, group)
        for group in (list(same) for _, same in groupby(rows, key=lambda row: row.trial_id))
    ]
    trials.sort(key=lambda here: here.trial.last_updated or date.min, reverse=True)
    return sorted(trials, key=lambda here: min(map(_urgency, here.rows)))


def _urgency(row: TrialSite) -> int:
    """A row that claims to recruit and is not open stands with the closed ones."""
    if row.is_open:
        return 0
    return 1 if status_class(row.status_now) == "wait" else 2
