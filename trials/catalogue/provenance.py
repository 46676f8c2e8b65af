"""Whose word a trial's status is, and when it was last given: two queries for a whole page of trials."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Q
from django.db.models.fields.json import KT
from django.utils import timezone

from trials import registries
from trials.choices import Status
from trials.models import Registration, Trial, TrialSite
from trials.standing import status_now

OLD = timedelta(days=365)
"""A status nobody has touched for longer is told as old; hospitals change within months."""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """The registry that says so, and the day or month its record was last confirmed.

    `verified` is the month in which the sponsor said that all of the record is right (ClinicalTrials.gov
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


def confirmations(trials: Collection[Trial]) -> Mapping[int, Confirmation]:
    """By the trial's id: of several registrations the one whose word the shown status is."""
    rows = (
        Registration.objects.filter(trial__in=[trial.pk for trial in trials])
        .annotate(verified=KT("details__verified"))
        .order_by("trial_id", "registry_id")
        .values_list(
            "trial_id",
            "registry",
            "registry_id",
            "status",
            "last_updated",
            "verified",
            "gone_at",
            "unreadable_since",
            "is_stale",
            named=True,
        )
    )
    by_trial = {key: list(group) for key, group in groupby(rows, key=lambda row: row.trial_id)}
    return {
        trial.pk: Confirmation(said.registry, said.verified or "", said.last_updated)
        for trial in trials
        if (said := _speaker(trial, by_trial.get(trial.pk, [])))
    }


def _speaker(trial: Trial, registrations: Collection[Any]) -> Any:
    """Of what recruits in India the recruiting record, first of a registry that speaks for India.

    Else the trial's first record.
    """
    if trial.recruiting_in_india:
        recruiting = [r for r in registrations if status_now(r) == Status.RECRUITING]
        if recruiting:
            return max(recruiting, key=lambda r: registries.describe(r.registry).speaks_for_india)
    return next((r for r in registrations if r.registry_id == trial.primary_id), None)


def overtaken(trials: Collection[Trial]) -> Mapping[int, list[Registration]]:
    """By the trial's id: registrations that do not speak of now, though their registry has them.

    Either there is a newer version that could not be read, or nothing changed for two years.
    """
    concerned = [trial.pk for trial in trials if trial.outdated or trial.stale]
    if not concerned:
        return {}
    silent = Q(unreadable_since__isnull=False) | Q(is_stale=True)
    rows = Registration.objects.filter(silent, trial__in=concerned).order_by("trial_id", "registry_id")
    return {key: list(group) for key, group in groupby(rows, key=lambda row: row.trial_id)}


def open_sites(trials: Collection[Trial]) -> Mapping[int, list[TrialSite]]:
    """The Indian sites of each trial that recruit now, in the registry's order."""
    recruiting = [trial.pk for trial in trials if trial.recruiting_in_india]
    rows = (
        TrialSite.objects.filter(trial__in=recruiting, is_open=True, counted=True, country="India")
        .only("trial_id", "hospital", "facility", "city", "state")
        .order_by("trial_id", "registration_id", "position")
    )
    return {key: list(group) for key, group in groupby(rows, key=lambda row: row.trial_id)}
