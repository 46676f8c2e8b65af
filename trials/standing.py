"""Whether what a registry wrote of a trial still holds today, and which status that leaves.

Three things end it: the registry no longer has the record, it has a newer version that could not be read, or
nothing changed for so long that the trial must be over. A hospital's own confirmation outranks all three
(`trials.catalogue.compose.is_open_now`).
"""

import calendar
from datetime import date
from typing import Any, Protocol

from trials.choices import Status

PROMISING = (
    Status.RECRUITING,
    Status.NOT_YET_RECRUITING,
    Status.ENROLLING_BY_INVITATION,
    Status.ACTIVE_NOT_RECRUITING,
    Status.AVAILABLE,
)
"""Statuses that time can make untrue."""
YEARS_OF_SILENCE = 2
AGEING = (Status.RECRUITING, Status.NOT_YET_RECRUITING, Status.ACTIVE_NOT_RECRUITING)
"""The statuses that ClinicalTrials.gov's glossary names under "Unknown": a study with one of them that has
passed its completion date and was not confirmed within the past two years. ClinicalTrials.gov derives that
itself; for a registry that does not, `stale_from` does."""
LONGEST = 50 * 12
"""Months; a longer duration is a slip of the pen and counts as not stated."""
BEGINNING = date(1900, 1, 1)
"""Stale from the first: the record states no day at all."""


WORD_COLUMNS = ("gone_at", "unreadable_since", "is_stale")
"""Columns of a registration that end its word."""


class StatusFacts(Protocol):
    """What of a registration decides whether its word holds."""

    status: Any
    gone_at: Any
    unreadable_since: Any
    is_stale: Any


def word_holds(facts: StatusFacts) -> bool:
    """Whether the record speaks of now."""
    return not (facts.gone_at or facts.unreadable_since or facts.is_stale)


def status_now(facts: StatusFacts) -> Status:
    """The record's status while its word holds, else unknown."""
    return Status(facts.status) if word_holds(facts) else Status.UNKNOWN


def site_status_now(facts: StatusFacts, status: str) -> str:
    """A site's own status ("" where not stated) while the record's word holds; what has ended stays so."""
    lapsed = not word_holds(facts) and status in PROMISING
    return Status.UNKNOWN if lapsed else status


def stale_from(status: str, changed: date | None, planned_end: date | None) -> date | None:
    """The first day on which an open status no longer holds; None for a status that does not age.

    Both must be over: the planned end (one that is not stated counts as passed) and two years without a
    change (a day that is not stated counts as long ago).
    """
    if status not in AGEING:
        return None
    silent = _years_later(changed, YEARS_OF_SILENCE) if changed else BEGINNING
    return max(silent, date.fromordinal(planned_end.toordinal() + 1)) if planned_end else silent


def planned_end(start: str | None, months: int | None, completion: str | None) -> date | None:
    """The last day the trial was planned to run: its stated completion, else its start and duration.

    Days as precise as written count as the latest day they can mean.
    """
    if completion:
        return latest_day(completion)
    if not start or not months or months > LONGEST:
        return None
    begun = latest_day(start)
    years, month = divmod(begun.month - 1 + months, 12)
    year = min(begun.year + years, date.max.year)
    return date(year, month + 1, min(begun.day, calendar.monthrange(year, month + 1)[1]))


def latest_day(written: str) -> date:
    """`2026` as 31 December 2026, `2026-02` as 28 February, `2026-02-03` as that day."""
    parts = [int(part) for part in written.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return date(year, month, parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1])


def last_change(last_updated: date | None, registered: str | None) -> date | None:
    """The day of the last change, or of registration where no change is stated or it is the later one."""
    days = [day for day in (last_updated, latest_day(registered) if registered else None) if day]
    return max(days, default=None)


def _years_later(day: date, years: int) -> date:
    year = min(day.year + years, date.max.year)
    return date(year, day.month, min(day.day, calendar.monthrange(year, day.month)[1]))
