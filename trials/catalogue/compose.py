"""Whose word wins: from a trial's registrations and sites to the columns of `Trial`.

Pure but for `refresh`, and the only place that decides. Running it twice changes nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.text import slugify

from trials import registries, vocabulary
from trials.catalogue.asked import asked_columns
from trials.catalogue.labels import label, stated, undecided
from trials.catalogue.site_confirmations import newest_words
from trials.choices import INDIA, PUBLIC_ROLES, CellSource, Phase, Role, Status
from trials.models import Registration, Site, Trial, TrialSite
from trials.models.fulltext import untitled
from trials.models.workspace import FRESH, HospitalAnswer, SiteConfirmation
from trials.record import StoredFacet
from trials.standing import status_now
from trials.vocabulary.places import find_city, find_state

LONGEST_TITLE = 1_000
"""Lists show titles by the dozen; ClinicalTrials.gov's end at 300 characters, official ones at 600."""


def site_is_open(registration: Registration, site: TrialSite) -> bool:
    """Whether a site is recruiting by the registry's own word; anything unclear is not open.

    The trial must be recruiting and so must the site: registries leave sites of an UNKNOWN trial as
    recruiting for years.
    """
    return status_now(registration) == site.status == Status.RECRUITING


def open_or_close_sites(registrations: QuerySet[Registration]) -> None:
    """Write down anew which sites of these are open by their registry's word."""
    sites = list(TrialSite.objects.filter(registration__in=registrations).select_related("registration"))
    for site in sites:
        site.registry_open = site_is_open(site.registration, site)
    TrialSite.objects.bulk_update(sites, ["registry_open"], batch_size=1000)


def compose(registrations: Sequence[Registration], sites: Sequence[TrialSite]) -> dict[str, Any]:
    """The columns of one `Trial` but its id and `listed_at`. `sites` are those of `registrations`."""
    everyone = sorted(registrations, key=registries.rank)
    ordered = _speaking(everyone)
    main = ordered[0]
    sites = counted_sites(everyone, sites)
    return (
        _identity(everyone, main)
        | _labels(ordered, main)
        | _places(ordered, sites)
        | {
            "status": status_now(main),
            "outdated": any(r.unreadable_since for r in ordered),
            "stale": any(r.is_stale for r in ordered),
            "sex": main.sex,
            "min_age_years": _widest(min, [r.min_age_years for r in ordered]),
            "max_age_years": _widest(max, [r.max_age_years for r in ordered]),
            "last_updated": max((r.last_updated for r in ordered if r.last_updated), default=None),
            "fetched_at": max(r.fetched_at for r in ordered),
            "confirmed_at": _confirmed_at(sites),
            "investigators": "\n".join(_investigators(ordered, sites)),
            "people_text": _people_text(ordered, sites),
        }
    )


def counted_sites(registrations: Sequence[Registration], sites: Sequence[TrialSite]) -> list[TrialSite]:
    """The places a trial has: where a registry speaks for India, it alone says where the trial runs there."""
    registry = {r.pk: registries.describe(r.registry) for r in _speaking(registrations)}
    spoken = [(site, registry[site.registration_id]) for site in sites if site.registration_id in registry]
    one_speaks = any(source.speaks_for_india for site, source in spoken if site.country == INDIA)
    return [s for s, source in spoken if not one_speaks or source.speaks_for_india or s.country != INDIA]


def _speaking(registrations: Sequence[Registration]) -> Sequence[Registration]:
    """A withdrawn registration speaks only where all are withdrawn."""
    return [r for r in registrations if not r.gone_at] or registrations


def _identity(everyone: Sequence[Registration], main: Registration) -> dict[str, Any]:
    ids = _union([r.registry_id, *r.aliases] for r in everyone)
    other_ids = _union([other.value for other in r.record.secondary_ids] for r in everyone)
    return {
        "primary_id": main.registry_id,
        "registry_ids": ids,
        "registries": _union([r.registry] for r in everyone),
        "ids_text": " ".join([*ids, *other_ids]),
        "sample": main.sample,
        "title": " ".join(main.title.split())[:LONGEST_TITLE],
        **{name: getattr(main, name) for name in ("official_title", "acronym", "summary", "sponsor")},
    }


def _labels(ordered: Sequence[Registration], main: Registration) -> dict[str, Any]:
    conditions = _union(label(r, "conditions") for r in ordered)
    targets = _union(label(r, "targets") for r in ordered)
    products = _union(r.products for r in ordered)
    sources = [label(r, "cell_source") for r in ordered]
    hidden = any(r.hidden for r in ordered)
    eligibility: dict[str, StoredFacet] = {}
    for registration in reversed(ordered):
        eligibility |= stated(registration)
    return {
        "role": label(main, "role"),
        "published": _is_public(main) and not main.gone_at and not hidden,
        "gone": _is_public(main) and bool(main.gone_at) and not hidden,
        "conditions": conditions,
        "answers_to": sorted(vocabulary.expand(conditions)),
        "other_disease_only": bool(conditions) and not any(map(vocabulary.is_cancer, conditions)),
        "targets": targets,
        "products": products,
        "cell_source": next((s for s in sources if s != CellSource.NOT_STATED), CellSource.NOT_STATED),
        "eligibility": eligibility,
        **asked_columns([stated(registration) for registration in ordered]),
        "phases": [p for p in Phase.values if any(p in r.phases for r in ordered)],
        "label_text": vocabulary.label_text(conditions, targets, products),
    }


def _is_public(main: Registration) -> bool:
    return (
        not undecided(main) and Role(label(main, "role")) in PUBLIC_ROLES and main.status != Status.WITHHELD
    )


def _confirmed_at(sites: Sequence[TrialSite]) -> datetime | None:
    """The newest word of a hospital that makes the trial open in India, not the registry's alone."""
    said = [
        s.confirmed_at for s in sites if s.is_open and s.confirmed == HospitalAnswer.OPEN and s.confirmed_at
    ]
    return max(said, default=None)


def _places(ordered: Sequence[Registration], sites: Sequence[TrialSite]) -> dict[str, Any]:
    indian = [site for site in sites if site.country == INDIA]
    open_ones = [site for site in indian if site.is_open]
    return {
        "countries": _union([*[[s.country] for s in sites], *[r.countries for r in ordered]]),
        "recruiting_in_india": bool(open_ones),
        "states": _slugs(map(state_slug, indian)),
        "cities": _slugs(map(city_slug, indian)),
        "hospitals": _slugs(site.site.slug for site in indian if site.site),
        "open_states": _slugs(map(state_slug, open_ones)),
        "open_cities": _slugs(map(city_slug, open_ones)),
        "open_hospitals": _slugs(site.site.slug for site in open_ones if site.site),
    }


def state_slug(site: TrialSite | Site) -> str:
    """The vocabulary's slug for the site's state, its slugified name where unknown there."""
    state = find_state(site.state) if site.state else None
    return state.slug if state else slugify(site.state)


def city_slug(site: TrialSite | Site) -> str:
    """The vocabulary's slug for the site's city, its slugified name where unknown there."""
    city = find_city(site.city, site.state) if site.city else None
    return city.slug if city else slugify(site.city)


def _people_text(ordered: Sequence[Registration], sites: Sequence[TrialSite]) -> str:
    interventions = [given for r in ordered for given in r.record.interventions]
    names = [given.name for given in interventions]
    others = [name for given in interventions for name in given.other_names]
    places = [f"{s.facility} {s.city} {s.state}" for s in sites if s.country == INDIA]
    people = _people(ordered, sites)
    return " ".join(_union([[r.sponsor for r in ordered], names, others, places, people]))


def _investigators(ordered: Sequence[Registration], sites: Sequence[TrialSite]) -> list[str]:
    return _union([map(untitled, _people(ordered, sites))])


def _people(ordered: Sequence[Registration], sites: Sequence[TrialSite]) -> list[str]:
    """Who leads the trial, or its part at a site in India, as the registries write them."""
    officials = [person.name for r in ordered for person in r.record.officials]
    return officials + [s.investigator for s in sites if s.country == INDIA]


def _widest(pick: Any, limits: Sequence[float | None]) -> float | None:
    """The limit that shuts out fewest; one registration without a limit means no limit."""
    stated = [limit for limit in limits if limit is not None]
    return pick(stated) if len(stated) == len(limits) else None


def _union(groups: Iterable[Iterable[str]]) -> list[str]:
    return list(dict.fromkeys(value for group in groups for value in group if value))


def _slugs(values: Iterable[str]) -> list[str]:
    return sorted({value for value in values if value})


@transaction.atomic
def refresh(trial_ids: Iterable[int], at: datetime) -> None:
    """Compose these trials anew from what is stored; `at` dates a trial that becomes public now."""
    ids = set(trial_ids)
    trials = Trial.objects.filter(id__in=ids).order_by("id").select_for_update()
    words = newest_words(ids)
    for trial in trials.prefetch_related("registrations", "sites__site"):
        registrations, sites = list(trial.registrations.all()), list(trial.sites.all())
        _settle_sites(registrations, sites, words.get(trial.pk, {}), at)
        columns = compose(registrations, sites)
        if all(getattr(trial, name) == value for name, value in columns.items()):
            continue
        if columns["published"] and not trial.published:
            trial.listed_at = at
        for name, value in columns.items():
            setattr(trial, name, value)
        trial.save()


def _settle_sites(
    registrations: Sequence[Registration],
    sites: Sequence[TrialSite],
    words: Mapping[int, SiteConfirmation],
    at: datetime,
) -> None:
    """Write down which places count and which are open, for the pages that list them."""
    gone = {registration.pk for registration in registrations if registration.gone_at}
    counted = {site.pk for site in counted_sites(registrations, sites)}
    changed = []
    for site in sites:
        word = words.get(site.site_id) if site.site_id else None
        columns = {
            "counted": site.pk in counted,
            "confirmed": word.said if word else "",
            "confirmed_at": word.at if word else None,
            "is_open": site.registration_id not in gone and is_open_now(site, word, at),
        }
        if any(getattr(site, name) != value for name, value in columns.items()):
            changed.append(site)
            for name, value in columns.items():
                setattr(site, name, value)
    fields = ["counted", "confirmed", "confirmed_at", "is_open"]
    TrialSite.objects.bulk_update(changed, fields, batch_size=1000)


def is_open_now(site: TrialSite, word: SiteConfirmation | None, at: datetime) -> bool:
    """The hospital's word for 90 days, then the registry's again."""
    return word.said == HospitalAnswer.OPEN if word and at - word.at < FRESH else site.registry_open
