"""One sheet of paper on one trial for the doctor, the check list before it, and the QR code on it.

The answers of the check list never come here: scripts on their device keep it there and write
what they are unsure of onto the sheet. Neither page has a form.
"""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import Truncator
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from trials.explain.check_list import CheckList, check_list
from trials.explain.key_eligibility import key_points
from trials.explain.questions import facts_of, questions
from trials.record import Intervention
from trials.search.geo import Point
from trials.search.parameters import ParameterError
from trials.search.situation import Situation
from trials.views.errors import wrong_parameter
from trials.views.trial.loading import (
    OneTrial,
    at_its_address,
    find_trial,
    not_for_search_engines,
    or_gone,
    with_registrations,
)
from trials.views.trial.trial_sites import indian_cities

# What finds room on one A4 page, tried on paper with the longest records in both languages.
CRITERION_LENGTH = 150  # characters
CRITERIA_ROOM = 500
SITES = 3
CONTACTS = 2
QUESTIONS = 6


CELLS = re.compile(r"CAR\b|CAR-?T|[Cc]himeric|leucel|\b[Cc]ells?\b")


@dataclass(frozen=True, slots=True)
class Clipped:
    """The first texts of a list, each cut to a line or two, and how many are left out."""

    texts: Sequence[str]
    left_out: int

    @classmethod
    def of(cls, texts: Sequence[str], room: int = CRITERIA_ROOM) -> "Clipped":
        shown: list[str] = []
        for text in texts:
            short = Truncator(text).chars(CRITERION_LENGTH)
            room -= len(short)
            if room < 0:
                break
            shown.append(short)
        return cls(shown, len(texts) - len(shown))


@require_safe
@or_gone
def sheet(request: HttpRequest, registry_id: str) -> HttpResponse:
    """The sheet: made to be printed on one A4 page."""
    trial = find_trial(registry_id, staff=request.user.is_staff)
    if elsewhere := at_its_address(request, trial, registry_id):
        return elsewhere
    try:
        situation = Situation.from_query(request.GET)
    except ParameterError as error:
        return wrong_parameter(request, error, request.path)
    one = with_registrations([trial])[0]
    page = request.build_absolute_uri(reverse("trials:detail", kwargs={"registry_id": trial.primary_id}))
    context = {"trial": trial, "page": page, "situation": situation}
    return not_for_search_engines(render(request, "trials/sheet.html", context | _told(one, situation.near)))


@require_safe
@or_gone
def check(request: HttpRequest, registry_id: str) -> HttpResponse:
    """The main criteria as questions; a list to print where scripts are off."""
    trial = find_trial(registry_id, staff=request.user.is_staff)
    if elsewhere := at_its_address(request, trial, registry_id):
        return elsewhere
    one = with_registrations([trial])[0]
    context = {"trial": trial, "list": check_list(trial, one.registrations)}
    return not_for_search_engines(render(request, "trials/check.html", context))


@require_safe
@cache_control(max_age=86400)
@or_gone
def qr(request: HttpRequest, registry_id: str) -> HttpResponse:
    """The address of the trial's page as a QR code; a served picture, as the content policy wants it."""
    trial = find_trial(registry_id, staff=request.user.is_staff)
    page = request.build_absolute_uri(reverse("trials:detail", kwargs={"registry_id": trial.primary_id}))
    picture = io.BytesIO()
    segno.make(page, error="m", micro=False).save(picture, kind="svg", scale=4, light="#fff", omitsize=True)
    return not_for_search_engines(HttpResponse(picture.getvalue(), content_type="image/svg+xml"))


def _told(one: OneTrial, near: Point | None) -> dict[str, Any]:
    listed = check_list(one.trial, one.registrations)
    key = key_points(one.trial.eligibility)
    asked = questions(facts_of(one.trial, one.record))
    cities = indian_cities(one.open_sites, near)  # nearest first
    open_sites = [(site, city) for city in cities for site in city.sites]
    return {
        "list": listed,
        "tested": _tested(one.record.interventions),
        "key": [point for point in key if point.is_stated],
        "unstated": [point.name for point in key if not point.is_stated],
        "sides": _sides(listed),
        "sites": open_sites[:SITES],
        "more_sites": max(len(open_sites) - SITES, 0),
        "contacts": [] if any(site.people for site, _ in open_sites) else one.contacts[:CONTACTS],
        "questions": asked[:QUESTIONS],
    }


def _tested(interventions: Sequence[Intervention]) -> list[str]:
    """Names of what is given, cells before the chemotherapy around them."""
    return sorted((given.name for given in interventions), key=lambda name: not CELLS.search(name))


def _sides(listed: CheckList) -> dict[str, Clipped]:
    sides = {name: [point.question for point in getattr(listed, name)] for name in ("inclusion", "exclusion")}
    undivided = Clipped.of([point.question for point in listed.undivided], room=2 * CRITERIA_ROOM)
    return {name: Clipped.of(texts) for name, texts in sides.items()} | {"undivided": undivided}
