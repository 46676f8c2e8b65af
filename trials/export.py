"""A trial as other programs read it: the same object in the export, the API's list and its single answer."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch

from trials.models import Registration, Trial, TrialSite
from trials.queries import TrialQuerySet

CHUNK = 200


def with_details(trials: TrialQuerySet) -> TrialQuerySet:
    """Ready for `as_json` in two more statements whatever the number of trials."""
    registrations = Registration.objects.only(
        "trial", "registry", "registry_id", "url", "status", "last_updated"
    )
    sites = TrialSite.objects.filter(counted=True).only(
        "trial", "hospital", "facility", "city", "state", "country", "status"
    )
    return trials.prefetch_related(
        Prefetch("registrations", registrations.order_by("registry", "registry_id")),
        Prefetch("sites", sites.order_by("registration_id", "position")),
    )


def as_json(trial: Trial) -> dict[str, Any]:
    """The stable object of DESIGN section 4; `sample` and `no_longer_on_registry` only where true."""
    return {
        "id": trial.primary_id,
        "registrations": [_registration(registration) for registration in trial.registrations.all()],
        "title": trial.title,
        "role": trial.role,
        "conditions": trial.conditions,
        "targets": trial.targets,
        "cell_source": trial.cell_source,
        "phases": trial.phases,
        "status": trial.status,
        "recruiting_in_india": trial.recruiting_in_india,
        "min_age_years": trial.min_age_years,
        "max_age_years": trial.max_age_years,
        "sites": [_site(site) for site in trial.sites.all()],
        "last_updated": trial.last_updated and trial.last_updated.isoformat(),
        "published": trial.published,
        **({"no_longer_on_registry": True} if trial.gone else {}),
        **({"sample": True} if trial.sample else {}),
    }


def export(*, everything: bool) -> Iterator[dict[str, Any]]:
    """Every listed trial, or every trial there is, in the order they came, in bounded memory."""
    trials = Trial.objects.visible() if everything else Trial.objects.listed()
    return map(as_json, with_details(trials.order_by("id")).iterator(chunk_size=CHUNK))


def _registration(registration: Registration) -> dict[str, Any]:
    return {
        "registry": registration.registry,
        "id": registration.registry_id,
        "url": registration.url,
        "status": registration.status,
        "updated": registration.last_updated and registration.last_updated.isoformat(),
    }


def _site(site: TrialSite) -> dict[str, str]:
    """`status` is the site's own word, "" where the registry gives none.

    An anonymous site ("Research Site") keeps the registry's text as its hospital.
    """
    return {
        "hospital": site.hospital or site.facility,
        "city": site.city,
        "state": site.state,
        "country": site.country,
        "status": site.status,
    }
