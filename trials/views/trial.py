"""The page of one trial, from what its registrations say."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from trials.models import Registration, RegistrySource, Trial, TrialEvent, TrialSite

INDIA = "India"
EVENTS_SHOWN = 30


@dataclass(frozen=True, slots=True)
class City:
    """The sites of one Indian city."""

    name: str
    state: str
    sites: list[TrialSite]


def trial(request: HttpRequest, registry_id: str) -> HttpResponse:
    """One trial under any of its ids; other spellings and former ids lead to the one address."""
    found = _find(registry_id, staff=request.user.is_staff)
    if found.primary_id != registry_id:
        return redirect("trials:detail", registry_id=found.primary_id, permanent=True)
    registrations = list(found.registrations.order_by("registry"))
    sites = list(found.sites.select_related("site", "registration").order_by("registration_id", "position"))
    checked = dict(RegistrySource.objects.values_list("registry", "last_good_at"))
    context = {
        "trial": found,
        "registrations": [
            (registration, checked.get(registration.registry)) for registration in registrations
        ],
        "main": registrations[0],
        "others": registrations[1:],
        "cities": _indian_cities(sites),
        "abroad": _abroad(sites),
        "disagreement": _disagreement(registrations),
        "evidence": _evidence(registrations),
        "events": _events(found),
    }
    return render(request, "trials/detail.html", context)


def _find(registry_id: str, *, staff: bool) -> Trial:
    """The trial with this id, however it is spelt: `nct...`, `CTRI-2023-03-050689`. Http404 where none."""
    spelt = registry_id.upper().replace("-", "/")
    trials = Trial.objects.all() if staff else Trial.objects.listed()
    found = trials.by_registry_id(spelt).first()
    if found is None:
        raise Http404(gettext("No listed trial has this id."))
    return found


def _indian_cities(sites: Sequence[TrialSite]) -> list[City]:
    """Sites in India by city; cities with an open site first, then by name."""
    indian = sorted((s for s in sites if s.country == INDIA), key=lambda s: (s.city, not s.is_open))
    cities = [City(city, "", list(group)) for city, group in groupby(indian, key=lambda site: site.city)]
    named = [City(c.name, next((s.state for s in c.sites if s.state), ""), c.sites) for c in cities]
    return sorted(named, key=lambda city: (not any(site.is_open for site in city.sites), city.name))


def _abroad(sites: Sequence[TrialSite]) -> list[tuple[str, list[TrialSite], int]]:
    """Country, its sites, how many of them are recruiting; countries with most recruiting sites first."""
    foreign = sorted((site for site in sites if site.country != INDIA), key=lambda site: site.country)
    countries = [(name, list(group)) for name, group in groupby(foreign, key=lambda site: site.country)]
    counted = [(name, group, sum(site.is_open for site in group)) for name, group in countries]
    return sorted(counted, key=lambda country: (-country[2], country[0]))


def _disagreement(registrations: Sequence[Registration]) -> list[Registration]:
    """The registrations, where registries give the trial different statuses; else nothing."""
    return list(registrations) if len({r.status for r in registrations}) > 1 else []


def _evidence(registrations: Iterable[Registration]) -> list[dict[str, str]]:
    """Why each label was given; the same words for the same label are told once."""
    told = {(e["axis"], e["label"], e["quote"]): e for r in registrations for e in r.evidence}
    return [evidence for evidence in told.values() if evidence["quote"]]


def _events(found: Trial) -> list[tuple[TrialEvent, int]]:
    """What changed, newest first; many sites that changed the same way on one day are told as a number."""
    newest = list(found.events.order_by("-at", "-id")[: EVENTS_SHOWN * 10])
    alike = Counter((event.at.date(), event.kind) for event in newest)
    told: dict[object, TrialEvent] = {}
    for event in newest:
        key = (event.at.date(), event.kind)
        told.setdefault(key if alike[key] > 3 else event.pk, event)
    return [
        (event, alike[(event.at.date(), event.kind)] if alike[(event.at.date(), event.kind)] > 3 else 1)
        for event in list(told.values())[:EVENTS_SHOWN]
    ]
