"""A trial as other programs read it: the same object in the export, the API's list and its single answer,
which says more (`trials.catalogue.detail`).
"""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import Prefetch
from django.utils.translation import override

from trials.explain.key_eligibility import key_points
from trials.models import Registration, Trial, TrialSite
from trials.models.trial import TrialQuerySet
from trials.standing import WORD_COLUMNS, site_status_now

CHUNK = 200


def with_details(trials: TrialQuerySet) -> TrialQuerySet:
    """Ready for `as_json` in two more statements whatever the number of trials."""
    registrations = Registration.objects.only(
        "trial", "registry", "registry_id", "url", "status", "last_updated", *WORD_COLUMNS
    )
    sites = TrialSite.objects.filter(counted=True).only(
        "trial", "registration", "hospital", "facility", "city", "state", "country", "status"
    )
    return trials.without_long_texts("eligibility").prefetch_related(
        Prefetch("registrations", registrations.order_by("registry", "registry_id")),
        Prefetch("sites", sites.order_by("registration_id", "position")),
    )


def as_json(trial: Trial) -> dict[str, Any]:
    """The stable object of DESIGN section 4.

    `sample`, `no_longer_on_registry`, `newer_version_not_read` and `registry_unchanged_for_two_years` stand
    there only where true.
    """
    registrations = {registration.pk: registration for registration in trial.registrations.all()}
    return {
        "id": trial.primary_id,
        "registrations": [_registration(registration) for registration in registrations.values()],
        "title": trial.title,
        "role": trial.role,
        "conditions": trial.conditions,
        "targets": trial.targets,
        "cell_source": trial.cell_source,
        "phases": trial.phases,
        "eligibility": _eligibility(trial),
        "status": trial.status,
        "recruiting_in_india": trial.recruiting_in_india,
        "min_age_years": trial.min_age_years,
        "max_age_years": trial.max_age_years,
        "sites": [_site(site, registrations[site.registration_id]) for site in trial.sites.all()],
        "last_updated": trial.last_updated and trial.last_updated.isoformat(),
        "published": trial.published,
        **({"no_longer_on_registry": True} if trial.gone else {}),
        **({"newer_version_not_read": True} if trial.outdated else {}),
        **({"registry_unchanged_for_two_years": True} if trial.stale else {}),
        **({"sample": True} if trial.sample else {}),
    }


def export(*, everything: bool) -> Iterator[dict[str, Any]]:
    """Every listed trial, or every trial there is, in the order they came, in bounded memory."""
    trials = Trial.objects.visible() if everything else Trial.objects.listed()
    return map(as_json, with_details(trials.order_by("id")).iterator(chunk_size=CHUNK))


def _registration(registration: Registration) -> dict[str, Any]:
    """`last_known_status` only where the registry's word does not hold any more (`trials.standing`)."""
    status = registration.status_now
    return {
        "registry": registration.registry,
        "id": registration.registry_id,
        "url": registration.url,
        "status": status,
        **({"last_known_status": registration.status} if status != registration.status else {}),
        "updated": registration.last_updated and registration.last_updated.isoformat(),
    }


def _eligibility(trial: Trial) -> dict[str, dict[str, Any]]:
    """What the trial states of each facet; `words` say value and limit to people, by language."""
    by_language = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            by_language[language] = key_points(trial.eligibility)
    points = [point for point in next(iter(by_language.values())) if point.is_stated]
    words = {language: {point.facet: point.words for point in told} for language, told in by_language.items()}
    return {
        point.facet.value: {
            "value": trial.eligibility[point.facet]["value"],
            "limit": trial.eligibility[point.facet].get("limit", ""),
            "quote": point.quote,
            "words": {language: said[point.facet] for language, said in words.items()},
        }
        for point in points
    }


def _site(site: TrialSite, registration: Registration) -> dict[str, str]:
    """`status` is the site's own while the word of its registration holds, "" where the registry gives none.

    An anonymous site ("Research Site") keeps the registry's text as its hospital.
    """
    return {
        "hospital": site.hospital or site.facility,
        "city": site.city,
        "state": site.state,
        "country": site.country,
        "status": site_status_now(registration, site.status),
    }
