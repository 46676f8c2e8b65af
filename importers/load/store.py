"""Write parsed and classified records: `Registration`, `TrialSite`, `TrialEvent`, then compose.

Works on a batch, in a handful of statements whatever its size. Loading the same batch twice leaves
the same rows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any

import msgspec
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from importers.load import bulk
from importers.load.differences import Field, field_changes, site_changes
from importers.load.events import differences, listed, publications
from importers.load.sites import site_rows
from importers.place_answers.answers import Answers
from importers.places.countries import country_name
from importers.records import Labels
from trials import registries
from trials.catalogue import ageing
from trials.catalogue.compose import compose, refresh, site_is_open
from trials.models import Registration, Trial, TrialEvent, TrialSite
from trials.models.registration import RECORD_COLUMNS
from trials.models.workspace import ListingEdit
from trials.record import TrialRecord
from trials.standing import last_change, planned_end, stale_from

_LABEL_COLUMNS = {field.name for field in fields(Labels)}
COMPOSED = ("counted", "is_open", "confirmed", "confirmed_at")
"""Columns of a site that `trials.catalogue.compose` writes."""
_SITE_COLUMNS = [
    f.attname
    for f in TrialSite._meta.concrete_fields
    if f.name not in ("id", "trial", "registration", *COMPOSED)
]


@dataclass(frozen=True, slots=True)
class Arrival:
    """One record on its way in: as parsed, as classified, and the hash of its raw content."""

    record: TrialRecord
    labels: Labels
    content_hash: str


@dataclass(frozen=True, slots=True)
class Change:
    """One record that is new, or that says something else than its older copy (`fields`)."""

    registry_id: str
    title: str
    created: bool
    fields: Sequence[Field] = ()


@transaction.atomic
def load(
    arrivals: Sequence[Arrival], *, at: datetime, run_id: int | None = None, sample: bool = False
) -> list[Change]:
    """Store a batch that holds each record once; returns what changed. `at` is when it was fetched."""
    known = _known_registrations([arrival.record for arrival in arrivals])
    pairs = [(arrival, _find(known, arrival.record)) for arrival in arrivals]
    fresh = [arrival for arrival, registration in pairs if not registration]
    answers = Answers()
    _create(fresh, answers, at, run_id, sample)
    changed = _replace([(a, r) for a, r in pairs if r], answers, at, run_id)
    _absorb_former(((a, r) for a, r in pairs if r), known, at)
    ageing.settle(at, [r.pk for _, r in pairs if r])
    return [Change(a.record.registry_id, a.record.title, created=True) for a in fresh] + changed


def _known_registrations(records: Sequence[TrialRecord]) -> dict[str, Registration]:
    """Stored registrations of these records, by id, locked in id order so batches cannot deadlock."""
    if not records:
        return {}
    ids = [name for record in records for name in (record.registry_id, *record.aliases)]
    rows = (
        Registration.objects.filter(Q(registry_id__in=ids), registry=records[0].registry)
        .order_by("id")
        .select_for_update()
    )
    return {row.registry_id: row for row in rows}


def _find(known: dict[str, Registration], record: TrialRecord) -> Registration | None:
    """The stored registration: under its id, or under one of its former ids."""
    names = (record.registry_id, *record.aliases)
    return next((known[name] for name in names if name in known), None)


def _absorb_former(
    pairs: Iterable[tuple[Arrival, Registration]], known: dict[str, Registration], at: datetime
) -> None:
    """Registries join two numbers into one: what we kept under the former one goes to the present trial."""
    for arrival, registration in pairs:
        for former in {known[alias] for alias in arrival.record.aliases if alias in known} - {registration}:
            TrialEvent.objects.filter(registration=former).update(
                trial=registration.trial_id, registration=registration
            )
            _keep_what_people_said(former, registration)
            former.delete()
            Trial.objects.filter(pk=former.trial_id, registrations=None).delete()
            refresh([former.trial_id, registration.trial_id], at)


def _keep_what_people_said(former: Registration, registration: Registration) -> None:
    """What people decided under the former number holds on; what they decided under the present one wins."""
    for rows in (former.corrections, former.confirmations, former.hidings):
        rows.update(registration=registration)
    open_words = ListingEdit.objects.filter(registration=registration).exclude(state=ListingEdit.State.PAST)
    taken = set(open_words.values_list("site", "field"))
    for edit in former.edits.all():
        if (edit.site_id, edit.field) in taken:  # the present number has its own word on this
            edit.state = ListingEdit.State.PAST
        edit.registration = registration
        edit.save(update_fields=["registration", "state"])
    registration.hidden = registration.hidden or former.hidden
    registration.corrected = former.corrected | registration.corrected
    registration.save(update_fields=["corrected", "hidden"])


def registration_columns(arrival: Arrival) -> dict[str, Any]:
    """The columns of `Registration` that come from the record and its labels, as JSON would hold them."""
    columns = msgspec.json.decode(msgspec.json.encode(replace(arrival.record, sites=())))
    labels = msgspec.json.decode(msgspec.json.encode(arrival.labels))
    del columns["sites"], columns["notices"]
    named = {name: columns.pop(name) for name in RECORD_COLUMNS}
    named["sex"] = named["sex"] or ""
    named["last_updated"] = arrival.record.last_updated
    named["acronym"] = named["acronym"][:200]
    named["countries"] = [country_name(country)[:100] for country in named["countries"]]
    return named | {name: labels[name] for name in _LABEL_COLUMNS} | {"details": columns}


def _stale_from(record: TrialRecord, at: datetime) -> date | None:
    """From which day the record's word no longer counts; None where its registry sees to that by itself.

    A change dated after `at` was never made: it does not count.
    """
    if not registries.describe(record.registry).ages:
        return None
    end = planned_end(record.start, record.duration_months, record.completion)
    today = timezone.localdate(at)
    updated = record.last_updated if record.last_updated and record.last_updated <= today else None
    return stale_from(record.status, last_change(updated, record.registered), end)


def _create(
    arrivals: Sequence[Arrival], answers: Answers, at: datetime, run_id: int | None, sample: bool
) -> None:
    registrations, sites, trials = [], [], []
    for arrival in arrivals:
        registration = bulk.row(
            Registration,
            **registration_columns(arrival),
            content_hash=arrival.content_hash,
            fetched_at=at,
            first_seen_at=at,
            changed_at=at,
            sample=sample,
            stale_from=_stale_from(arrival.record, at),
        )
        registration.is_stale = bool(
            registration.stale_from and registration.stale_from <= timezone.localdate(at)
        )
        rows = _site_rows(arrival, registration, answers)
        trials.append(bulk.row(Trial, **compose([registration], rows), listed_at=at))
        registrations.append(registration)
        sites.append(rows)
    bulk.insert(trials)
    for trial, registration in zip(trials, registrations, strict=True):
        registration.trial = trial
    bulk.insert(registrations)
    _add_sites(zip(registrations, sites, strict=True))
    bulk.insert([listed(registration, at, run_id) for registration in registrations])


def _replace(
    stale: Sequence[tuple[Arrival, Registration]], answers: Answers, at: datetime, run_id: int | None
) -> list[Change]:
    """Bring stored registrations to what arrived; returns those that say something new."""
    old_sites: dict[int, list[TrialSite]] = {}
    for site in TrialSite.objects.filter(registration__in=[r for _, r in stale]).order_by("position"):
        old_sites.setdefault(site.registration_id, []).append(site)
    events: list[TrialEvent] = []
    changes: list[Change] = []
    changed: list[tuple[Registration, list[TrialSite]]] = []
    for arrival, registration in stale:
        columns = registration_columns(arrival)
        before = {name: getattr(registration, name) for name in columns}
        for name, value in columns.items():
            setattr(registration, name, value)
        registration.stale_from = _stale_from(arrival.record, at)
        old, new = old_sites.get(registration.pk, []), _site_rows(arrival, registration, answers)
        if before != columns or _values(old) != _values(new):
            changed.append((registration, new))
            registration.changed_at = at
            events += differences(registration, before, old, new, at, run_id)
            if arrival.content_hash != registration.content_hash:  # and not the same copy, read again
                events += publications(registration, before, arrival.record, at, run_id)
            fields = [*field_changes(before, columns), *site_changes(old, new)]
            changes.append(Change(registration.registry_id, registration.title, created=False, fields=fields))
        registration.content_hash, registration.fetched_at = arrival.content_hash, at
        registration.save()
    TrialSite.objects.filter(registration__in=[registration for registration, _ in changed]).delete()
    _add_sites(changed)
    bulk.insert(events)
    refresh([registration.trial_id for _, registration in stale], at)
    return changes


def _site_rows(arrival: Arrival, registration: Registration, answers: Answers) -> list[TrialSite]:
    rows = site_rows(arrival.record.sites, answers)
    for row in rows:
        row.registry_open = row.is_open = site_is_open(registration, row)
    return rows


def _values(sites: Sequence[TrialSite]) -> list[list[Any]]:
    return [[getattr(site, name) for name in _SITE_COLUMNS] for site in sites]


def _add_sites(placed: Iterable[tuple[Registration, Sequence[TrialSite]]]) -> None:
    rows = []
    for registration, sites in placed:
        for site in sites:
            site.registration_id = registration.pk
            site.trial_id = registration.trial_id
            rows.append(site)
    bulk.insert(rows)
