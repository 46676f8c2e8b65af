"""The page of one trial, from what its registrations say."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from trials import vocabulary
from trials.browse.open_hospital import open_hospital
from trials.catalogue.certainty import RegistryWord, certainty_of_closed
from trials.catalogue.freshness import CatalogueState
from trials.catalogue.freshness import of as catalogue_of
from trials.catalogue.labels import undecided
from trials.models import Registration, Trial
from trials.models.prepared import Given, Prepared
from trials.record import first_stated
from trials.search.parameters import ParameterError
from trials.search.situation import Situation
from trials.views.errors import wrong_parameter
from trials.views.head import structured_data, words
from trials.views.previews import preview
from trials.views.trial.dated import history
from trials.views.trial.disagreements import disagreements
from trials.views.trial.eligibility import ASK, chips, of_patient
from trials.views.trial.from_prose import steps_and_costs, summaries
from trials.views.trial.loading import find_trial, or_gone
from trials.views.trial.results import results_of
from trials.views.trial.trial_history import reasons
from trials.views.trial.trial_sites import counted_sites, countries_abroad, indian_cities, open_sites, people
from trials.workspace.published import has_public_words, public_listing

_REGISTRATIONS = Prepared(
    lambda: Registration.objects.filter(trial_id=Given("trial")).annotate(has_words=has_public_words())
)


@require_safe
@or_gone
def trial(request: HttpRequest, registry_id: str) -> HttpResponse:
    """One trial under any of its ids; other spellings and former ids lead to the one address."""
    found = find_trial(registry_id, staff=request.user.is_staff)
    if found.primary_id != registry_id:
        joined = found.registrations.count() > 1  # a person may part them again
        address = reverse("trials:detail", kwargs={"registry_id": found.primary_id})
        query = request.GET.urlencode()
        return redirect(f"{address}?{query}" if query else address, permanent=not joined)
    try:
        situation = Situation.from_query(request.GET)
    except ParameterError as error:
        return wrong_parameter(request, error, request.path)
    body = _body(found, situation, catalogue_of(request))
    return render(request, "trials/detail.html", {"trial": found} | body | _head(found, body))


def _head(found: Trial, body: dict[str, Any]) -> dict[str, Any]:
    """What search engines and messengers learn: not to show a trial that its registries have no more."""
    registrations = [registration for registration, _source, _people in body["registrations"]]
    return {
        "not_indexed": not found.published,
        "page_words": words.of_trial(found),
        "preview": None if found.sample else preview.of_trial(found),
        "structured_data": structured_data.of_trial(found, registrations, body["cities"]),
    }


def _body(found: Trial, situation: Situation, catalogue: CatalogueState) -> dict[str, Any]:
    registrations: list[Any] = sorted(
        _REGISTRATIONS.ask(trial=found.pk),
        key=lambda r: (r.registry_id != found.primary_id, r.registry_id),
    )
    for registration in registrations:
        registration.trial = found
    sources = {source.registry: source for source in catalogue.sources}
    return {
        "situation": situation,
        "main": registrations[0],
        "undecided": undecided(registrations[0]),
        "registrations": [(r, sources.get(r.registry), people(r.record.contacts)) for r in registrations],
        "record": first_stated([r.record for r in registrations]),
        "broad": any(c.umbrella for slug, c in vocabulary.conditions().items() if slug in found.conditions),
        "criteria": [r for r in registrations if r.record.has_criteria],
        "treatments": [r for r in registrations if r.record.has_treatment],
        "others": registrations[1:],
        "results": results_of(registrations),
        "posted_anywhere": any(r.record.results for r in registrations),
        "overtaken": [r for r in registrations if r.unreadable_since or r.is_stale],
        "disagreements": list(disagreements(registrations)),
        "reasons": reasons(registrations),
        "history": history(found, registrations),
        **_places(found, registrations, situation),
        **_read(found, registrations, situation),
    }


def _places(found: Trial, registrations: Sequence[Any], situation: Situation) -> dict[str, Any]:
    sites = counted_sites(found, registrations)
    confirmed = [site.confirmed_at for site in sites if site.confirmed_at]
    listing = public_listing([r for r in registrations if r.has_words], get_language() or "en")
    for_all = {r.pk: people(r.record.contacts) for r in registrations}
    door = open_hospital(found, open_sites(sites, listing, for_all), situation.near)
    return {
        "door": door,
        "sure": door.certainty if door else certainty_of_closed(found, RegistryWord.of(registrations[0])),
        "cities": indian_cities(sites, situation.near),
        "abroad": countries_abroad(sites),
        "word_at": max(confirmed, default=None),
        "listing": listing,
    }


def _read(found: Trial, registrations: Sequence[Registration], situation: Situation) -> dict[str, Any]:
    """What is read out of the records' prose. A withdrawn record is read only where all are withdrawn."""
    speaking = [r for r in registrations if not r.gone_at] or registrations
    steps, costs = steps_and_costs(found, speaking)
    answers = [*of_patient(found, situation), *chips(found, speaking, aged=situation.age is not None)]
    return {
        "summaries": summaries(speaking),
        "stated": [chip for chip in answers if chip.answer != ASK or chip.disagree],
        "unstated": [chip for chip in answers if chip.answer == ASK and not chip.disagree],
        "journey": steps,
        "costs": costs,
        "several": len(speaking) > 1,
    }
