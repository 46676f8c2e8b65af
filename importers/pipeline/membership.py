"""Who stays listed: what a sweep does not bring is asked for by its id, and leaves only in two steps.

A trial drops out of our question for many reasons (a reworded title, a registry's bad day). So a trial once
listed is followed by its id. Only when the registry itself says, on two different days, that it has no such
record, is it "no longer on the registry": out of the search, its page kept with a notice. It comes back
when its record does. Records that were never shown are kept as they are, and not asked for.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from importers.models import ImportRun, RecordChange, RunPage
from trials.catalogue.compose import open_or_close_sites, refresh
from trials.models import Registration, TrialEvent

Kind = RecordChange.Kind


def to_follow(run: ImportRun, seen: set[str]) -> Iterator[str]:
    """Ids of listed (or once listed) trials that the sweep has not brought, under none of their ids."""
    rows = Registration.objects.filter(
        Q(trial__published=True) | Q(trial__gone=True), registry=run.registry, sample=False
    ).order_by("registry_id")
    for registry_id, aliases in rows.values_list("registry_id", "aliases"):
        if registry_id not in seen and not seen.intersection(aliases):
            yield registry_id


def settle(run: ImportRun, at: datetime) -> list[RecordChange]:
    """Note who is back and who is missing; inside the transaction that publishes the run."""
    registrations = Registration.objects.filter(registry=run.registry).select_for_update()
    back = registrations.filter(registry_id__in=RunPage.ids_of(run), missing_since__isnull=False)
    missing = registrations.filter(registry_id__in=run.absent, gone_at=None)
    changes = [*_return(run, back, at), *_withdraw(run, missing, at)]
    moved = [change.registry_id for change in changes]
    touched = Registration.objects.filter(registry=run.registry, registry_id__in=moved)
    open_or_close_sites(touched)
    refresh(touched.values_list("trial_id", flat=True), at)
    return changes


def _return(run: ImportRun, back: Iterable[Registration], at: datetime) -> Iterator[RecordChange]:
    for registration in back:
        was_gone = registration.gone_at is not None
        registration.missing_since = registration.gone_at = None
        registration.save(update_fields=["missing_since", "gone_at"])
        if was_gone:
            _tell(run, registration, TrialEvent.Kind.BACK, at)
            yield _change(run, registration, Kind.BACK)


def _withdraw(run: ImportRun, missing: Iterable[Registration], at: datetime) -> Iterator[RecordChange]:
    for registration in missing:
        if registration.missing_since is None:
            registration.missing_since = at
            registration.save(update_fields=["missing_since"])
            yield _change(run, registration, Kind.MISSING)
        elif _day(registration.missing_since) < _day(at):
            registration.gone_at = at
            registration.save(update_fields=["gone_at"])
            _tell(run, registration, TrialEvent.Kind.WITHDRAWN, at)
            yield _change(run, registration, Kind.WITHDRAWN)


def _day(at: datetime) -> date:
    """The day in India: "two different days" are the site's own."""
    return timezone.localdate(at)


def _change(run: ImportRun, registration: Registration, kind: str) -> RecordChange:
    return RecordChange(run=run, registry_id=registration.registry_id, title=registration.title, kind=kind)


def _tell(run: ImportRun, registration: Registration, kind: str, at: datetime) -> None:
    TrialEvent.objects.create(
        trial_id=registration.trial_id, registration=registration, kind=kind, at=at, import_run=run.pk
    )
