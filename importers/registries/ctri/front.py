"""How far CTRI's trialids had come on a day, and so where the page of a CTRI number may be.

A trialid is given when a trial is submitted, a CTRI number when it is registered. `front.csv` holds the
highest trialid that was seen among registered trials by a day: a floor. Points far below the line between
their neighbours are left out: few trials of those days were seen.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from importers.registries.ctri import numbers
from trials.vocabulary import table

A_DAY = 94.0
"""New trialids a day after the last point, as measured in 2026."""
EARLIER = timedelta(days=90)
"""Nine tenths of the trials are registered within 81 days of their trialid's day."""
LATEST = timedelta(days=704)
"""The longest such time that was seen."""
_SEASON = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Window:
    """Trialids from `first` to `last`, of which `a_day` are given a day around the time of registration."""

    first: int
    last: int
    month_first: int
    """The front on the first day on which the trial may have been registered."""
    a_day: float


@cache
def _points() -> tuple[list[date], list[int]]:
    rows = table.rows(Path(__file__).parent / "front.csv")
    return [date.fromisoformat(row["date"]) for row in rows], [int(row["highest_trialid"]) for row in rows]


def front(day: date) -> int:
    """The highest trialid expected by a day, on the line between the points around it; 1 before the first."""
    days, ids = _points()
    at = bisect_right(days, day)
    if at == 0:
        return 1
    if at == len(days):
        return ids[-1] + round((day - days[-1]).days * A_DAY)
    share = (day - days[at - 1]) / (days[at] - days[at - 1])
    return ids[at - 1] + round(share * (ids[at] - ids[at - 1]))


def day_of(trial_id: int) -> date:
    """The day on which the front reached a trialid."""
    days, ids = _points()
    at = bisect_right(ids, trial_id)
    if at == 0:
        return days[0]
    if at == len(ids):
        ahead = min((trial_id - ids[-1]) / A_DAY, float((date.max - days[-1]).days))
        return days[-1] + timedelta(days=int(ahead))
    return days[at - 1] + (days[at] - days[at - 1]) * ((trial_id - ids[at - 1]) / (ids[at] - ids[at - 1]))


def a_day(day: date) -> float:
    """How many trialids are given a day around this day; never less than one."""
    return max(1.0, (front(day + _SEASON) - front(day - _SEASON)) / (2 * _SEASON.days))


def window(number: str, today: date) -> Window | None:
    """Where the page of a CTRI number most likely is; None for a number that cannot be registered yet."""
    between = numbers.registered_between(number)
    if between is None or between[0] > today:
        return None
    begin, end = between[0], min(between[1], today)
    return Window(front(begin - EARLIER), front(end), front(begin), a_day(begin))
