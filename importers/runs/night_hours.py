"""When CTRI is read: from an hour in the evening until one in the morning, Indian time."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from importers.runs import circuit_breaker
from trials.choices import Registry

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Night:
    """From `begin` until before `end`."""

    begin: datetime
    end: datetime

    def __contains__(self, moment: datetime) -> bool:
        return self.begin <= moment < self.end

    @property
    def length(self) -> timedelta:
        return self.end - self.begin


def begins_at() -> time:
    """The hour at which the night begins: as set at the desk, else as the settings say."""
    return circuit_breaker.settings_of(Registry.CTRI).daily_at or settings.CTRI_NIGHT[0]


def length() -> timedelta:
    """How long a night is, whatever hour it begins at."""
    begin, end = (datetime.combine(date.min, hour) for hour in settings.CTRI_NIGHT)
    return (end - begin) % DAY


def last_night(now: datetime) -> Night:
    """The night that began last: the one we are in, or one that is over."""
    local = timezone.localtime(now)
    begin = timezone.make_aware(datetime.combine(local.date(), begins_at()))
    if begin > now:
        begin -= DAY
    return Night(begin, begin + length())


def most_requests(pause: float) -> float:
    """How many requests a night has time for, at so many seconds between two; no limit without a pause."""
    return length().total_seconds() / pause if pause else float("inf")
