"""Whose word a trial's status is, when it was last given, and where the trial is open: one query a page."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, OuterRef, Q, QuerySet, When
from django.db.models.fields.json import KT
from django.db.models.functions import JSONObject
from django.utils import timezone

from trials import registries
from trials.choices import INDIA, Status
from trials.models import Registration, Trial, TrialSite
from trials.models.registration import RECORD_COLUMNS
from trials.standing import status_now

OLD = timedelta(days=365)
"""A status unchanged for longer is shown as old; hospitals change within months."""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """The registry that says so, and the day or month its record was last confirmed.

    `verified` is the month in which the sponsor confirmed the whole record (ClinicalTrials.gov
    alone asks for it), as written; `updated` the day the record last changed on the registry.
    """

    registry: str
    verified: str
    updated: date | None

    @property
    def is_old(self) -> bool:
        """Whether the last sign of life is more than a year ago, or there is none."""
        last = max(self.verified[:7], self.updated.isoformat()[:7] if self.updated else "")
        return last < (timezone.localdate() - OLD).isoformat()[:7]


@dataclass(frozen=True, slots=True)
class Provenance:
    """What the registrations of one trial say of it.

    `open_sites` are the Indian sites that recruit now, in the registry's order. `overtaken` are registrations
    that do not speak of now, though their registry has them: either there is a newer version that could not
    be read, or nothing changed for two years.
    """

    confirmed: Confirmation | None
    open_sites: Sequence[TrialSite]
    overtaken: Sequence[Registration]


NOTHING_KNOWN = Provenance(None, (), ())
_SILENT = Q(unreadable_since__isnull=False) | Q(is_stale=True)


def provenance(trials: Collection[Trial]) -> Mapping[int, Provenance]:
    """By the trial's id."""
    if not trials:
        return {}
    by_trial: dict[int, list[Registration]] = {}
    for row in _rows([trial.pk for trial in trials]):
        by_trial.setdefault(row.trial_id, []).append(row)
    return {trial.pk: _of(trial, by_trial.get(trial.pk, [])) for trial in trials}


def _rows(trials: Collection[int]) -> QuerySet[Registration]:
    """The registrations with their open sites; the long details only of those whose silence is explained."""
    sites = TrialSite.objects.filter(registration=OuterRef("pk"), is_open=True, counted=True, country=INDIA)
    columns = JSONObject(hospital="hospital", facility="facility", city="city", state="state")
    return (
        Registration.objects.filter(trial__in=trials)
        .only("trial_id", "sample", *RECORD_COLUMNS, *_SILENCE_COLUMNS)
        .annotate(
            verified=KT("details__verified"),
            spoken=Case(When(_SILENT, then=F("details"))),
            sites_open=ArraySubquery(sites.order_by("position").values_list(columns)),
        )
        .order_by("trial_id", "registry_id")
    )


_SILENCE_COLUMNS = ("last_updated", "gone_at", "unreadable_since", "unreadable_updated", "is_stale")


def _of(trial: Trial, registrations: Sequence[Any]) -> Provenance:
    speaker = _speaker(trial, registrations)
    in_order = sorted(registrations, key=lambda registration: registration.pk)
    overtaken = [r for r in registrations if r.unreadable_since or r.is_stale]
    for registration in overtaken:
        registration.keep_details(registration.spoken)
    return Provenance(
        Confirmation(speaker.registry, speaker.verified or "", speaker.last_updated) if speaker else None,
        [TrialSite(**columns) for registration in in_order for columns in registration.sites_open],
        overtaken if trial.outdated or trial.stale else [],
    )


def _speaker(trial: Trial, registrations: Collection[Any]) -> Any:
    """Of what recruits in India the recruiting record, first of a registry that speaks for India.

    Else the trial's first record.
    """
    if trial.recruiting_in_india:
        recruiting = [r for r in registrations if status_now(r) == Status.RECRUITING]
        if recruiting:
            return max(recruiting, key=lambda r: registries.describe(r.registry).speaks_for_india)
    return next((r for r in registrations if r.registry_id == trial.primary_id), None)
