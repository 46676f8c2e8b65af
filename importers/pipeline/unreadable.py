"""A newer version of a stored record that cannot be read takes "now" away from the stored one.

It may say that recruitment has ended: so the stored record stays on show, but nothing of it is open and its
status is unknown (`catalogue.compose`) until a version as new can be read. A hospital's confirmation still
counts. A copy that is older than the stored one says nothing about now.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from importers.models import ImportRun, RecordChange
from importers.pipeline.read import PageReading, Problem
from trials.catalogue.compose import open_or_close_sites, refresh
from trials.models import Registration, TrialEvent

Kind = RecordChange.Kind


@dataclass
class ReadOutcome:
    """What came of each study of a run: the day of its newest copy that could be read, and what failed."""

    readable: dict[str, date | None] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def add(self, reading: PageReading) -> None:
        for arrival in reading.arrivals:
            registry_id, updated = arrival.record.registry_id, arrival.record.last_updated
            self.readable[registry_id] = _later(self.readable.get(registry_id), updated)
        self.known.update(reading.known)
        self.problems += reading.problems

    def recall(self, registry: str) -> None:
        """Take in the day of stored copies that came again beside one that could not be read."""
        ids = self.known.intersection(problem.registry_id for problem in self.problems)
        rows = Registration.objects.filter(registry=registry, registry_id__in=ids)
        for registry_id, updated in rows.values_list("registry_id", "last_updated"):
            self.readable[registry_id] = _later(self.readable.get(registry_id), updated)

    def failed(self) -> list[Problem]:
        """Problems that cost something: not of a copy that a newer one of the same import makes void."""
        return [problem for problem in self.problems if not self.is_void(problem)]

    def is_void(self, problem: Problem) -> bool:
        """Whether a later copy of the same study was read in this run."""
        newest = self.readable.get(problem.registry_id)
        return bool(newest and problem.updated and problem.updated < newest)


def settle(run: ImportRun, outcome: ReadOutcome, at: datetime) -> list[RecordChange]:
    """Mark and unmark stored records, after all of the run is loaded and in its transaction."""
    outcome.recall(run.registry)
    names = {name: p for p in outcome.failed() if p.content_hash for name in (*p.aliases, p.registry_id)}
    rows = Registration.objects.filter(
        Q(registry_id__in=names) | Q(unreadable_since__isnull=False), registry=run.registry
    )
    changes, touched = [], []
    for row in rows.order_by("id").select_for_update():
        change = _settle_one(run, row, names, outcome, at)
        if change:
            changes.append(change)
            touched.append(row)
    open_or_close_sites(Registration.objects.filter(pk__in=[row.pk for row in touched]))
    refresh([row.trial_id for row in touched], at)
    return changes


def _settle_one(
    run: ImportRun, row: Registration, names: Mapping[str, Problem], outcome: ReadOutcome, at: datetime
) -> RecordChange | None:
    problem = names.get(row.registry_id)
    marked = row.unreadable_since is not None
    if problem and _speaks_of_now(problem, row):
        row.unreadable_since = row.unreadable_since or at
        row.unreadable_updated, row.unreadable_hash = problem.updated, problem.content_hash
        kinds = None if marked else (Kind.UNREADABLE, TrialEvent.Kind.UNREADABLE)
    elif not problem and marked and _is_made_good(run, row, outcome):
        row.unreadable_since, row.unreadable_updated, row.unreadable_hash = None, None, ""
        kinds = Kind.READABLE, TrialEvent.Kind.READABLE
    else:
        return None
    row.save(update_fields=["unreadable_since", "unreadable_updated", "unreadable_hash"])
    if kinds is None:
        return None
    kind, event = kinds
    TrialEvent.objects.create(trial_id=row.trial_id, registration=row, kind=event, at=at, import_run=run.pk)
    return RecordChange(run=run, registry_id=row.registry_id, title=row.title, kind=kind)


def _speaks_of_now(problem: Problem, row: Registration) -> bool:
    """Whether the unread copy is another than the stored one, and not known to be older."""
    older = problem.updated and row.last_updated and problem.updated < row.last_updated
    return problem.content_hash != row.content_hash and not older


def _is_made_good(run: ImportRun, row: Registration, outcome: ReadOutcome) -> bool:
    """Whether what this run has read of a record is as new as the version that could not be read.

    A registry gives its present version. Files and kept copies may be of any age: they count from the day of
    that version on or, where it states no day, when they are later than the day on which it was found.
    """
    seen = row.registry_id in outcome.readable or row.registry_id in outcome.known
    if not seen:
        return False
    if run.source == ImportRun.Source.REGISTRY or row.content_hash == row.unreadable_hash:
        return True
    newest = outcome.readable.get(row.registry_id) or row.last_updated
    if not newest or not row.unreadable_since:
        return False
    if row.unreadable_updated:
        return newest >= row.unreadable_updated
    return newest > timezone.localdate(row.unreadable_since)


def _later(one: date | None, other: date | None) -> date | None:
    return max(filter(None, (one, other)), default=None)
