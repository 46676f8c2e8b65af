"""The last stage of a run: everything it read becomes what people see, at once or not at all.

One transaction: records, sites, events, raw copies, withdrawals and the run's own result. A killed process
leaves nothing of it; a guard that objects rolls it back and keeps only the list of what would have changed.
Only a long first import is more than one (`pieces`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from importers.load import bulk
from importers.load.store import Arrival, Change, load
from importers.matching import merge as link
from importers.models import ImportProblem, ImportRun, RawRecord, RecordChange, RunPage
from importers.pipeline import membership, pieces, unreadable
from importers.pipeline.newest import Newest
from importers.pipeline.read import Copy, Problem, unpack
from importers.registries import adapter
from importers.runs import guards, lifecycle, sample_data
from trials.models import Registration, Site, Trial, TrialSite

Source = ImportRun.Source
Kind = RecordChange.Kind
KEYS = (
    (Registration, ("id", "trial_id", "registry", "registry_id")),
    (Trial, ("id", "published", "gone")),
    (TrialSite, ("id", "trial_id", "registration_id", "site_id")),
    (Site, ("id", "slug")),
)
"""What later statements of the same transaction join by."""
MANY = 500
"""New records that make these tables others than PostgreSQL knows."""
COUNTS = ("seen", "created", "updated", "unchanged", "failed", "notices", "withdrawn", "excluded", "held")


@dataclass
class PublishResult:
    """What publishing did, or would do."""

    outcome: unreadable.ReadOutcome
    changes: list[RecordChange] = field(default_factory=list)
    notices: list[ImportProblem] = field(default_factory=list)
    doubts: list[guards.HoldReason] = field(default_factory=list)

    def ids_of(self, *kinds: str) -> list[str]:
        return [change.registry_id for change in self.changes if change.kind in kinds]


def publish(run_id: int) -> None:
    """Close a run whose pages are all read. Does nothing where another process has done so."""
    while lifecycle.is_read(run_id) and _publish_next(ImportRun.objects.select_for_update(), run_id):
        pass
    with transaction.atomic():
        run = ImportRun.objects.select_for_update().get(pk=run_id)
        if not lifecycle.is_read(run_id):
            return
        in_pieces = pieces.is_begun(run)
        if not in_pieces:
            _forget(run)
        outcome = pieces.outcome_so_far(run)
        guarded = run.source == Source.REGISTRY and not run.only_ids and not in_pieces
        before = guards.picture(run.registry) if guarded else None
        with transaction.atomic():
            result = _apply(run, outcome)
            _count(run, result)
            if before:
                result.doubts += guards.doubts(run, before, guards.picture(run.registry))
            if run.source == Source.REPARSE and not run.only_ids:
                result.doubts += guards.relabelled(result.changes)
            keep = not run.dry_run and (run.released or not result.doubts)
            if keep:
                link.settle(run.registry, result.ids_of(Kind.CREATED, Kind.UPDATED), timezone.now(), run.pk)
            else:
                transaction.set_rollback(True)
        _write_down(run, result)
        _close(run, result, keep=keep)


def publish_piece(run: ImportRun) -> None:
    """Show a piece of a first import that is still being read, if no other process does."""
    if pieces.may_be_ready(run):
        _publish_next(ImportRun.objects.select_for_update(skip_locked=True), run.pk)


def _publish_next(locked: QuerySet[ImportRun], run_id: int) -> bool:
    """Show the next pages of a first import; False where there are none, or another process closed it."""
    with transaction.atomic():
        run = locked.filter(pk=run_id, status=ImportRun.Status.RUNNING, stage=ImportRun.Stage.READING).first()
        numbers = pieces.next_pages(run) if run else []
        if run is None or not numbers:
            return False
        if not pieces.is_begun(run):
            _forget(run)
            sample_data.remove_sample()
        result, at = PublishResult(unreadable.ReadOutcome()), timezone.now()
        pages = run.run_pages.filter(number__in=numbers)
        _load(run, pages, result, at)
        link.settle(run.registry, result.ids_of(Kind.CREATED, Kind.UPDATED), at, run.pk)
        bulk.insert(result.changes)
        bulk.insert(result.notices)
        pages.update(published=True)
        lifecycle.note(run, heartbeat_at=timezone.now())
    return True


def _forget(run: ImportRun) -> None:
    """A released run tells anew what it changes."""
    run.changes.all().delete()
    run.problems.all().delete()


def _apply(run: ImportRun, outcome: unreadable.ReadOutcome) -> PublishResult:
    """Carry out what is left of the run, and what takes all of it."""
    result, at = PublishResult(outcome), timezone.now()
    _load(run, run.run_pages.filter(published=False), result, at)
    if run.source == Source.REGISTRY:
        result.changes += membership.settle(run, at)
    result.changes += unreadable.settle(run, result.outcome, at)
    return result


def _load(run: ImportRun, pages: QuerySet[RunPage], result: PublishResult, at: datetime) -> None:
    """Store what these pages bring, page by page."""
    newest = Newest(run)
    for page in pages.order_by("number").iterator(chunk_size=1):
        reading = unpack(page)
        result.outcome.add(reading)
        if not reading.copies:  # nothing new, as on most pages of a daily sweep
            continue
        _keep_raw(run, reading.copies, at)
        arrivals = adapter(run.registry).complete(list(newest.choose(reading)))
        result.notices += (notice for arrival in arrivals for notice in _notices(run, arrival))
        loaded = load(arrivals, at=at, run_id=run.pk, sample=run.source == Source.SAMPLE)
        result.changes += (_change(run, change) for change in loaded)
    if len(result.ids_of(Kind.CREATED)) >= MANY:
        bulk.count_anew(*KEYS)


def _count(run: ImportRun, result: PublishResult) -> None:
    """The run's counts as they stand if it is kept: each study once, by what came of its newest copy."""
    failed = result.outcome.failed()
    named = {problem.registry_id for problem in failed if problem.registry_id}
    nameless = sum(not problem.registry_id for problem in failed)
    ids = RunPage.ids_of(run)
    seen = Registration.objects.filter(registry=run.registry, registry_id__in=ids)
    run.seen, run.failed = ids.count() + len(named - _among(named, run)) + nameless, len(named) + nameless
    run.created = _number_of(Kind.CREATED, run, result, besides=named)
    run.updated = _number_of(Kind.UPDATED, run, result, besides=named)
    run.unchanged = run.seen - run.failed - run.created - run.updated
    run.withdrawn = len(result.ids_of(Kind.WITHDRAWN))
    run.notices = run.problems.count() + len(result.notices)
    run.excluded = seen.filter(trial__published=False, trial__gone=False).count()


def _among(ids: set[str], run: ImportRun) -> set[str]:
    """Those of these ids of which the run has read some copy."""
    pages = run.run_pages.filter(ids__overlap=list(ids)) if ids else run.run_pages.none()
    return ids.intersection(one for page_ids in pages.values_list("ids", flat=True) for one in page_ids)


def _number_of(kind: str, run: ImportRun, result: PublishResult, *, besides: set[str]) -> int:
    """Records that changed in this way, in earlier pieces and now. What is new counts as new alone."""
    now, new = set(result.ids_of(kind)) - besides, run.changes.filter(kind=Kind.CREATED)
    before = run.changes.filter(kind=kind).exclude(registry_id__in=besides)
    if kind == Kind.UPDATED:
        before = before.exclude(registry_id__in=new.values("registry_id"))
        now -= set(new.filter(registry_id__in=now).values_list("registry_id", flat=True))
    return before.values("registry_id").distinct().count() + len(now)


def _write_down(run: ImportRun, result: PublishResult) -> None:
    """What changed or would change, and what went wrong."""
    bulk.insert(result.changes)
    minor = result.outcome.is_void
    bulk.insert([_problem(run, problem, minor=minor(problem)) for problem in result.outcome.problems])
    bulk.insert(result.notices)


def _close(run: ImportRun, result: PublishResult, *, keep: bool) -> None:
    held = bool(result.doubts) and not keep and not run.dry_run
    if held:
        run.held = run.created + run.updated
        run.created = run.updated = run.withdrawn = 0
    else:
        run.held = 0
    doubts = [doubt.as_json() for doubt in result.doubts]
    lifecycle.note(run, doubts=doubts, **{name: getattr(run, name) for name in COUNTS})
    if held:
        lifecycle.hold(run)
    else:
        lifecycle.finish(run)


def _change(run: ImportRun, change: Change) -> RecordChange:
    return bulk.row(
        RecordChange,
        run_id=run.pk,
        registry_id=change.registry_id,
        title=change.title,
        kind=Kind.CREATED if change.created else Kind.UPDATED,
        fields=list(change.fields),
    )


def _problem(run: ImportRun, problem: Problem, *, minor: bool) -> ImportProblem:
    return ImportProblem(
        run=run,
        origin=problem.origin[:500],
        registry_id=problem.registry_id[:200],
        content_hash=problem.content_hash,
        field=problem.field[:200],
        value=problem.value[:2000],
        minor=minor,
    )


def _notices(run: ImportRun, arrival: Arrival) -> Iterator[ImportProblem]:
    """What could not be read of a record that is taken all the same."""
    for notice in arrival.record.notices:
        yield ImportProblem(
            run=run,
            registry_id=arrival.record.registry_id,
            content_hash=arrival.content_hash,
            field=notice.field[:200],
            value=notice.value[:2000],
            minor=True,
        )


def _keep_raw(run: ImportRun, copies: Sequence[Copy], at: datetime) -> None:
    """Keep each distinct content once, also of records that could not be parsed."""
    kept = RawRecord.objects.filter(
        registry=run.registry, content_hash__in=[copy.content_hash for copy in copies]
    )
    known = set(kept.values_list("registry_id", "content_hash"))
    sample = run.source == Source.SAMPLE
    bulk.insert(
        [
            bulk.row(
                RawRecord,
                registry=run.registry,
                registry_id=copy.registry_id,
                content_hash=copy.content_hash,
                body=copy.body,
                fetched_at=at,
                sample=sample,
            )
            for copy in copies
            if (copy.registry_id, copy.content_hash) not in known
        ]
    )
