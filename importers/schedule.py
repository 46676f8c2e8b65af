"""When a registry is swept by itself. Decided from what stands in the database, asked every few minutes.

So a machine that was off at the hour sweeps when it is on again, a failed sweep is tried again the same
day, and nobody has to tell beat when the hour is changed at the desk.
"""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from importers import circuit
from importers.models import ImportRun
from trials.choices import Registry

SWEPT = (Registry.CTGOV, Registry.CTRI)
"""Registries read over the network."""
HOURS_AFTER = {Registry.CTGOV: 0, Registry.CTRI: 22}
"""Hours between `IMPORT_HOUR` and a registry's own hour: CTRI's night begins two hours earlier."""
TRIES = 3
"""Sweeps a day that may fail before we wait for the next day, an hour and then two apart."""
FIRST_PAUSE = timedelta(hours=1)
Status = ImportRun.Status


def daily_at(registry: str) -> time:
    """The hour of the daily sweep, Indian time."""
    hour = (settings.IMPORT_HOUR + HOURS_AFTER[Registry(registry)]) % 24
    return circuit.settings_of(registry).daily_at or time(hour, 17)


def last_due(registry: str, now: datetime) -> datetime:
    """The last moment at which a sweep should have begun."""
    local = timezone.localtime(now)
    today = timezone.make_aware(datetime.combine(local.date(), daily_at(registry)))
    return today if today <= now else today - timedelta(days=1)


def next_due(registry: str) -> datetime | None:
    """When the registry is swept next; None where its sweeps are paused or it has none."""
    access = circuit.settings_of(registry)
    if registry not in SWEPT or access.paused:
        return None
    after = last_due(registry, timezone.now()) + timedelta(days=1)
    return max(after, access.blocked_until or after)


def is_due(registry: str) -> bool:
    """Whether a sweep should begin now."""
    if circuit.settings_of(registry).paused or circuit.is_open(registry):
        return False
    now = timezone.now()
    begun = list(
        ImportRun.objects.filter(
            registry=registry,
            source=ImportRun.Source.REGISTRY,
            only_ids=[],
            dry_run=False,
            created_at__gte=last_due(registry, now),
        ).order_by("created_at")
    )
    failed = [run for run in begun if run.status == Status.FAILED]
    if len(failed) < len(begun) or len(failed) >= TRIES:
        return False
    if not failed:
        return True
    ended = failed[-1].finished_at or now
    return bool(now >= ended + FIRST_PAUSE * 2 ** (len(failed) - 1))
