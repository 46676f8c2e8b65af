"""Which trialids are visited when.

CTRI has no list and no feed. Its trialids are given at submission and become visible at registration, in
another order: so the ids above the highest known are tried every night, and those not registered yet are
tried again with growing pauses for half a year. Records are visited again as often as they may change. What
time is left goes to the past, newest first.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import count

from django.conf import settings
from django.db import transaction
from django.db.models import Case, Max, Q, QuerySet, Value, When
from django.utils import timezone

from importers.files.documents import Hint
from importers.models import ImportRun
from importers.models.crawl import CitedNumber, CtriTarget
from importers.registries.ctri import front
from importers.registries.ctri.crawl import addresses
from importers.registries.ctri.crawl.parts import TARGETS, Part
from importers.registries.ctri.ictrp import Pointer
from importers.registries.ctri.web_addresses import LARGEST_TRIAL_ID
from trials.choices import Status

Reason, Outcome = CtriTarget.Reason, CtriTarget.Outcome

FRONTIER_RUN = 60
"""Ids in a row without a record after which a night's frontier ends."""
FRONTIER_WINDOW = 600
"""How far above the highest record ids are tried at all."""
GAP_PAUSES = [timedelta(days=days) for days in (1, 2, 4, 7, 14, 30)]
PAST_PAUSE = timedelta(days=30)
"""For ids of the past that hold nothing; after `front.LATEST` nothing appears there any more."""
GIVE_UP = timedelta(days=180)
DAILY, WEEKLY, MONTHLY = timedelta(days=1), timedelta(days=7), timedelta(days=30)
FINISHED = (Status.COMPLETED, Status.TERMINATED, Status.WITHDRAWN)
PAST_SINCE = date(2015, 1, 1)
"""The past is read back to here. India had no CAR T trial before."""
PORTION = 1000


def due(run: ImportRun, *parts: Part) -> QuerySet[CtriTarget]:
    """What of these parts the run visits: the records it was asked for, else everything due."""
    if run.only_ids:
        return CtriTarget.objects.filter(ctri_number__in=run.only_ids)
    of_parts = Q(pk=None)
    for part in parts:
        of_parts |= TARGETS[part]
    waiting = CtriTarget.objects.filter(of_parts, due_at__lte=timezone.now())
    if Part.PAST in parts:
        return waiting.order_by("-trial_id")
    ranks = [
        When(reason=Reason.KNOWN, outcome="", then=Value(0)),
        When(outcome=Outcome.RECORD, then=Value(2)),
        When(reason=Reason.TYPED, then=Value(1)),
    ]
    return waiting.order_by(Case(*ranks, default=Value(3)), "due_at", "trial_id")


def highest_record() -> int:
    """The highest trialid that has a record, or the one that was known before the first night."""
    records = CtriTarget.objects.filter(outcome__in=[Outcome.RECORD, Outcome.OTHER])
    return max(records.aggregate(id=Max("trial_id"))["id"] or 0, settings.CTRI_FRONTIER)


def frontier() -> Iterator[int]:
    """Ids above all that are known, as far as a record may be near."""
    known = CtriTarget.objects.filter(reason=Reason.FRONTIER)
    highest = known.aggregate(id=Max("trial_id"))["id"] or settings.CTRI_FRONTIER
    for trial_id in count(highest + 1):
        if trial_id > highest_record() + FRONTIER_WINDOW:
            return
        yield trial_id


def misses_since(moment: datetime) -> int:
    """How many ids above the highest record were tried since then: what is left of `FRONTIER_RUN`."""
    tried = CtriTarget.objects.filter(reason=Reason.FRONTIER, visited_at__gte=moment)
    return tried.filter(trial_id__gt=highest_record()).count()


def past() -> Iterator[int]:
    """Ids below the highest record that were not asked for yet, newest first."""
    last = highest_record()
    while last >= (first := max(last - PORTION + 1, past_end())):
        seen = set(
            CtriTarget.objects.filter(trial_id__range=(first, last)).values_list("trial_id", flat=True)
        )
        yield from (trial_id for trial_id in range(last, first - 1, -1) if trial_id not in seen)
        last = first - 1


def past_end() -> int:
    """The lowest trialid of the past that is read."""
    return front.front(PAST_SINCE - front.EARLIER)


def add(trial_ids: Iterable[int], reason: str) -> int:
    """Have ids visited as soon as possible; returns how many were not known or not due. Known ones stay."""
    now = timezone.now()
    wanted = {number for number in trial_ids if 0 < number <= LARGEST_TRIAL_ID}
    known = set(CtriTarget.objects.filter(trial_id__in=wanted).values_list("trial_id", flat=True))
    fresh = [CtriTarget(trial_id=number, reason=reason, due_at=now) for number in sorted(wanted - known)]
    CtriTarget.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=1000)
    if reason == Reason.TYPED:
        CtriTarget.objects.filter(trial_id__in=known).update(due_at=now, reason=reason)
        return len(wanted)
    return len(fresh)


@transaction.atomic
def note_pointers(hints: Sequence[Hint]) -> int:
    """Learn from an ICTRP export which number has which trialid; those that name CAR T are visited soon.

    Returns how many were not known. What a page itself states is never changed.
    """
    now = timezone.now()
    pointers = [hint for hint in hints if isinstance(hint, Pointer)]
    by_id = {pointer.trial_id: pointer for pointer in pointers if 0 < pointer.trial_id <= LARGEST_TRIAL_ID}
    cited = set(
        CitedNumber.objects.filter(number__in=[p.number for p in by_id.values()]).values_list(
            "number", flat=True
        )
    )
    wanted = {trial_id for trial_id, p in by_id.items() if p.names_car_t or p.number in cited}
    known = CtriTarget.objects.filter(trial_id__in=by_id).in_bulk(field_name="trial_id")
    for trial_id, target in known.items():
        if not target.ctri_number:
            target.ctri_number = by_id[trial_id].number
            target.due_at = now if trial_id in wanted else target.due_at
            target.save(update_fields=["ctri_number", "due_at"])
    fresh = [
        CtriTarget(
            trial_id=trial_id,
            ctri_number=pointer.number,
            reason=Reason.ICTRP,
            due_at=now if trial_id in wanted else None,
        )
        for trial_id, pointer in by_id.items()
        if trial_id not in known
    ]
    CtriTarget.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=1000)
    CitedNumber.objects.filter(number__in=cited).delete()
    addresses.learn({pointer.number: trial_id for trial_id, pointer in by_id.items()})
    return len(fresh)


def put_back() -> None:
    """Visits of runs of which nothing was kept have to be made again."""
    lost = Q(run__status__in=[ImportRun.Status.FAILED, ImportRun.Status.CANCELLED])
    tried = Q(run__dry_run=True, run__finished_at__isnull=False)
    CtriTarget.objects.filter(lost | tried).update(due_at=timezone.now(), run=None)


def after_record(target: CtriTarget, number: str, status: Status, *, listed: bool) -> None:
    """When a record is visited again: recruiting ones daily, others weekly, finished ones monthly.

    A record without CAR T is not visited again.
    """
    now = timezone.now()
    target.ctri_number, target.probes, target.visited_at = number, 0, now
    target.outcome = Outcome.RECORD if listed else Outcome.OTHER
    pause = DAILY if status == Status.RECRUITING else MONTHLY if status in FINISHED else WEEKLY
    target.due_at = now + pause if listed else None
    CitedNumber.objects.filter(number=number).delete()
    addresses.learn({number: target.trial_id})


def after_nothing(target: CtriTarget, outcome: str) -> None:
    """When an id without a record is tried again: later each time, and never after half a year."""
    now = timezone.now()
    pause = _pause(target) if outcome == Outcome.NOT_YET else DAILY
    target.outcome, target.visited_at, target.probes = outcome, now, target.probes + 1
    target.due_at = now + pause if pause and now + pause < target.added_at + GIVE_UP else None


def _pause(target: CtriTarget) -> timedelta | None:
    """The pause before an id that holds nothing is tried again; None where nothing appears there any more."""
    if target.reason not in (Reason.BACKFILL, Reason.SEARCH):
        return GAP_PAUSES[min(target.probes, len(GAP_PAUSES) - 1)]
    submitted = front.day_of(target.trial_id)
    return PAST_PAUSE if timezone.localdate() + PAST_PAUSE < submitted + front.LATEST else None
