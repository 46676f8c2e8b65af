"""When a registry is swept by itself. Decided from what stands in the database, asked every few minutes.

So a machine that was off at the hour sweeps when it is on again, a failed sweep is tried again the same
day, and beat needs no restart when the hour is changed at the desk. A registry that is
crawled is read only at night, in runs that follow each other as long as there is something to read.
"""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from importers.models import ImportRun
from importers.registries import adapter
from importers.registries.base import Crawling
from importers.runs import circuit_breaker, night_hours

MINUTE = 17
"""Of the hour: others' clocks strike at full hours."""
TRIES = 3
"""Sweeps a day that may fail before we wait for the next day, an hour and then two apart."""
FIRST_PAUSE = timedelta(hours=1)
Status = ImportRun.Status


def daily_at(registry: str) -> time:
    """The hour of the daily sweep, or at which the night begins, Indian time."""
    if isinstance(adapter(registry).network, Crawling):
        return night_hours.begins_at(registry)
    return circuit_breaker.settings_of(registry).daily_at or time(settings.IMPORT_HOUR, MINUTE)


def last_due(registry: str, now: datetime) -> datetime:
    """The last moment at which a sweep should have begun."""
    local = timezone.localtime(now)
    today = timezone.make_aware(datetime.combine(local.date(), daily_at(registry)))
    return today if today <= now else today - timedelta(days=1)


def next_due(registry: str) -> datetime | None:
    """When the registry is swept next; None where its sweeps are paused or it has none."""
    access = circuit_breaker.settings_of(registry)
    if adapter(registry).network is None or access.paused:
        return None
    after = last_due(registry, timezone.now()) + timedelta(days=1)
    return max(after, access.blocked_until or after)


def is_due(registry: str) -> bool:
    """Whether a sweep should begin now."""
    network = adapter(registry).network
    if network is None or circuit_breaker.settings_of(registry).paused or circuit_breaker.is_open(registry):
        return False
    now = timezone.now()
    if isinstance(network, Crawling):
        return _is_due_at_night(registry, network, now)
    begun = list(_sweeps(registry, now).filter(created_at__gte=last_due(registry, now)))
    return all(run.status == Status.FAILED for run in begun) and _may_try(begun, now)


def _is_due_at_night(registry: str, network: Crawling, now: datetime) -> bool:
    """Whether another run of a crawl may begin: in the night, after one that had more to read than it might.

    Runs of a wrong clock, outside of the night, do not count; the night's requests are what it has time for.
    """
    night = night_hours.last_night(registry, now)
    if now not in night:
        return False
    begun = list(_sweeps(registry, now).filter(created_at__gte=night.begin, created_at__lt=night.end))
    pause = network.pause if settings.REGISTRY_MIN_INTERVAL is None else settings.REGISTRY_MIN_INTERVAL
    if sum(run.requests for run in begun) >= night_hours.most_requests(registry, pause):
        return False
    if not begun or begun[-1].status == Status.FAILED:
        return _may_try([run for run in begun if run.status == Status.FAILED], now)
    read = begun[-1].status in (Status.SUCCEEDED, Status.PARTIAL)
    return read and begun[-1].requests >= network.budget()


def _sweeps(registry: str, now: datetime) -> QuerySet[ImportRun]:
    """Whole sweeps of the registry itself. Those that a wrong clock dated ahead of now never count."""
    whole = ImportRun.objects.filter(registry=registry, source=ImportRun.Source.REGISTRY, only_ids=[])
    return whole.filter(dry_run=False, created_at__lte=now).order_by("created_at")


def _may_try(failed: Sequence[ImportRun], now: datetime) -> bool:
    """Whether another try may follow these sweeps, which all failed."""
    if not failed:
        return True
    ended = failed[-1].finished_at or now
    return len(failed) < TRIES and bool(now >= ended + FIRST_PAUSE * 2 ** (len(failed) - 1))
