"""Records that became too old to count, or were changed again: noted once, by the clock and by imports."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from trials.catalogue.compose import open_or_close_sites, refresh
from trials.models import Registration, TrialEvent


@transaction.atomic
def settle(at: datetime, only: Collection[int] | None = None) -> int:
    """Mark registrations whose word stopped counting by `at`, unmark those it counts for again.

    `only` are primary keys; None looks at all. Days are India's. Returns how many changed.
    """
    today = timezone.localdate(at)
    aged = Q(is_stale=False, stale_from__lte=today)
    young = Q(is_stale=True) & (Q(stale_from__gt=today) | Q(stale_from=None))
    rows = Registration.objects.filter(aged | young)
    if only is not None:
        rows = rows.filter(pk__in=only)
    changed = list(rows.order_by("id").select_for_update())
    Registration.objects.filter(pk__in=[row.pk for row in changed]).update(is_stale=~F("is_stale"))
    open_or_close_sites(Registration.objects.filter(pk__in=[row.pk for row in changed]))
    TrialEvent.objects.bulk_create(_event(row, at) for row in changed)
    refresh([row.trial_id for row in changed], at)
    return len(changed)


def _event(before: Registration, at: datetime) -> TrialEvent:
    kind = TrialEvent.Kind.UPDATED_AGAIN if before.is_stale else TrialEvent.Kind.STALE
    return TrialEvent(trial_id=before.trial_id, registration=before, kind=kind, at=at, before=before.status)
