"""When a registry is crawled: from an hour in the evening until one in the morning, Indian time."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from importers.registries import adapter
from importers.registries.base import Crawling
from importers.runs import circuit_breaker

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class NightHours:
    """From `begin` until before `end`."""

    begin: datetime
    end: datetime

    def __contains__(self, moment: datetime) -> bool:
        return self.begin <= moment < self.end

    @property
    def length(self) -> timedelta:
        return self.end - self.begin


def begins_at(registry: str) -> time:
    """The hour at which the night begins: as set at the desk, else as the registry says."""
    return circuit_breaker.settings_of(registry).daily_at or _hours(registry)[0]


def length(registry: str) -> timedelta:
    """How long a night is, whatever hour it begins at."""
    begin, end = (datetime.combine(date.min, hour) for hour in _hours(registry))
    return (end - begin) % DAY


def last_night(registry: str, now: datetime) -> NightHours:
    """The night that began last: the one we are in, or one that is over."""
    local = timezone.localtime(now)
    begin = timezone.make_aware(datetime.combine(local.date(), begins_at(registry)))
    if begin > now:
        begin -= DAY
    return NightHours(begin, begin + length(registry))


def most_requests(registry: str, pause: float) -> float:
    """How many requests a night has time for, at so many seconds between two; no limit without a pause."""
    return length(registry).total_seconds() / pause if pause else float("inf")


def _hours(registry: str) -> tuple[time, time]:
    network = adapter(registry).network
    if not isinstance(network, Crawling):
        raise TypeError(f"{registry} is not crawled.")
    return network.hours()
