"""What a single answer says of a trial beside `serialise.as_json`: its criteria, and what each word rests on.

Names, telephone numbers and addresses of people are left out: registries publish them so that patients can
ask, and `page` and the registry's own record show them. A copy elsewhere could not be corrected.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.db.models import Prefetch
from django.urls import reverse

from trials.catalogue.certainty import Certainty, certainty
from trials.catalogue.labels import AXES, decided
from trials.catalogue.posted_results import results_of
from trials.choices import INDIA
from trials.models import Registration, Trial, TrialSite
from trials.models.trial import TrialQuerySet


def with_everything(trials: TrialQuerySet) -> TrialQuerySet:
    """Ready for `as_json` and `as_detail` in two more statements."""
    sites = TrialSite.objects.filter(counted=True).select_related("site")
    return trials.without_long_texts("eligibility").prefetch_related(
        Prefetch("registrations", Registration.objects.order_by("registry", "registry_id")),
        Prefetch("sites", sites.order_by("registration_id", "position")),
    )


def as_detail(trial: Trial) -> dict[str, Any]:
    """Needs `with_everything`. `has_results` is null where no record says it."""
    registrations = list(trial.registrations.all())
    records = [registration.record for registration in registrations]
    said = [record.has_results for record in records if record.has_results is not None]
    days = [record.results_posted for record in records if record.results_posted]
    path = reverse("trials:detail", kwargs={"registry_id": trial.primary_id})
    return {
        "page": f"{settings.SITE_URL}{path}",
        "sponsor": trial.sponsor,
        "criteria": [
            _named(registration)
            | {"text": record.eligibility, "inclusion": record.inclusion, "exclusion": record.exclusion}
            for registration, record in zip(registrations, records, strict=True)
            if record.has_criteria
        ],
        "evidence": [one for registration in registrations for one in _evidence(registration)],
        "places": _places(trial, registrations),
        "has_results": any(said) if said else None,
        "results_posted": min(days, default=None),
        "results": [
            _named(registration) | {"url": registration.url} | results_of(record)
            for registration, record in zip(registrations, records, strict=True)
            if record.results
        ],
        "papers": [
            {"pmid": paper.pmid, "kind": paper.kind, "citation": paper.citation}
            for record in records
            for paper in record.papers
        ],
    }


def _named(registration: Registration) -> dict[str, str]:
    return {"registry": registration.registry, "id": registration.registry_id}


def _evidence(registration: Registration) -> Iterator[dict[str, str]]:
    """What people decided, then why the rules say the rest."""
    by_people = {axis: decided(registration, axis) for axis in AXES}
    for axis, values in by_people.items():
        for name, value in values.items():
            label = value["value"] if isinstance(value, dict) else value
            label = f"{name}: {label}" if isinstance(value, dict) else label
            label = ", ".join(label) if isinstance(label, list) else str(label)
            quote = str(value["quote"]) if isinstance(value, dict) else ""
            yield _named(registration) | _because(axis, label, quote=quote, by="people")
    for found in registration.evidence:
        if not by_people.get(found["axis"]):
            words = {name: str(found.get(name) or "") for name in ("rule", "field", "quote")}
            yield _named(registration) | _because(found["axis"], found["label"], **words)


def _because(
    axis: str, label: str, rule: str = "", field: str = "", quote: str = "", by: str = "rules"
) -> dict[str, str]:
    return {"axis": axis, "label": str(label), "by": by, "rule": rule, "field": field, "quote": quote}


def _places(trial: Trial, registrations: Sequence[Registration]) -> list[dict[str, Any]]:
    """The Indian sites, each with how sure it is that it takes patients."""
    by_id = {registration.pk: registration for registration in registrations}
    places = []
    for site in trial.sites.all():
        if site.country == INDIA:
            site.registration = by_id[site.registration_id]
            places.append(_named(site.registration) | _place(site) | _certainty(certainty(site)))
    return places


def _place(site: TrialSite) -> dict[str, Any]:
    said = None
    if site.confirmed and site.confirmed_at:
        at = site.confirmed_at.isoformat()
        said = {"said": site.confirmed, "at": at, "counts": bool(site.fresh_word)}
    return {
        "site": site.site.slug if site.site else "",
        "hospital": site.hospital or site.facility,
        "city": site.city,
        "state": site.state,
        "hospital_said": said,
    }


def _certainty(known: Certainty) -> dict[str, Any]:
    updated = known.word and known.word.updated
    return {
        "open": known.is_open,
        "strength": known.strength,
        "because": known.because,
        "registry_verified": known.word.verified if known.word else "",
        "registry_updated": updated.isoformat() if updated else None,
        "ask_first": known.ask_first,
    }
