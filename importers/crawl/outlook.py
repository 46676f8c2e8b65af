"""How far the reading of CTRI is, and when it will be done."""

import math
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Count, Max, Q
from django.utils import timezone

from importers.crawl.models import CitedNumber, CtriTarget
from importers.crawl.targets import FRONTIER_RUN

Reason, Outcome = CtriTarget.Reason, CtriTarget.Outcome
_PAST = Q(reason=Reason.BACKFILL, outcome="")


@dataclass(frozen=True, slots=True)
class Outlook:
    """Counts of trialids. `waiting` is without the back-fill, which has what a night leaves it."""

    waiting: int
    nightly: int
    past: int
    records: int
    others: int
    empty: int
    highest: int
    cited: int

    @property
    def nights(self) -> int:
        """Nights until nothing waits."""
        return math.ceil(self.waiting / settings.CTRI_BUDGET)

    @property
    def past_nights(self) -> int:
        """Nights until the back-fill is through, which comes after everything else."""
        spare = max(1, settings.CTRI_BUDGET - self.nightly - FRONTIER_RUN)
        return math.ceil((self.waiting + self.past) / spare) if self.past else 0

    @property
    def past_ends(self) -> date:
        """The day on which the back-fill is expected to be through."""
        return timezone.localdate() + timedelta(days=self.past_nights)


def outlook() -> Outlook:
    """Counted in two statements."""
    now = timezone.now()
    counted = CtriTarget.objects.aggregate(
        waiting=Count("id", filter=Q(due_at__lte=now) & ~_PAST),
        nightly=Count("id", filter=Q(due_at__gt=now, due_at__lte=now + timedelta(days=1))),
        past=Count("id", filter=_PAST & Q(due_at__isnull=False)),
        records=Count("id", filter=Q(outcome=Outcome.RECORD)),
        others=Count("id", filter=Q(outcome=Outcome.OTHER)),
        empty=Count("id", filter=Q(outcome=Outcome.NOT_YET)),
        highest=Max("trial_id", filter=Q(outcome__in=[Outcome.RECORD, Outcome.OTHER])),
    )
    return Outlook(**(counted | {"highest": counted["highest"] or 0, "cited": CitedNumber.objects.count()}))
