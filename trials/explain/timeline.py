"""A trial's dates on one line. Dates keep the precision of the registry: a month is drawn as a month.

No day is invented: `2026-05` covers May, `2026` the year. Places are per cent of the drawing's width.
"""

import calendar
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trials.record import PartialDate, StoredRecord

DATES: Sequence[tuple[str, str | Promise, Callable[[StoredRecord], PartialDate | None]]] = (
    ("registered", _("Registered"), lambda record: record.registered),
    ("start", _("Begins"), lambda record: record.start),
    ("primary_completion", _("Main results expected from"), lambda record: record.primary_completion),
    ("completion", _("Ends"), lambda record: record.completion),
)
"""Each date's name for the style sheet, its words, and where a record states it."""
MOST_TICKS = 7
LAST_TICK = 90
LEAST_WIDTH = 0.6
EARLIEST, LATEST = 1980, 2100
"""Years a drawing can hold; what lies beyond is written in words only."""


@dataclass(frozen=True, slots=True)
class DateSpan:
    """One date: `begins` and `ends` are the first and last day it can mean."""

    name: str
    label: str | Promise
    written: str
    begins: date
    ends: date

    @property
    def exact(self) -> bool:
        return self.begins == self.ends


@dataclass(frozen=True, slots=True)
class Mark:
    """A span on the line."""

    span: DateSpan
    left: float
    width: float

    @property
    def middle(self) -> float:
        return round(self.left + self.width / 2, 2)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Everything to draw. `running` is the stretch from the beginning to the end, (left, width)."""

    marks: Sequence[Mark]
    running: tuple[float, float] | None
    today: float
    ticks: Sequence[tuple[int, float]]


def timeline(record: StoredRecord, today: date | None = None) -> Timeline | None:
    """The line of the dates of a record, or of several put together; None where none is stated."""
    spans = [span for name, label, written in DATES if (span := date_span(name, label, written(record)))]
    if not spans:
        return None
    today = today or timezone.localdate()
    first = date(min([*(span.begins for span in spans), today]).year, 1, 1)
    last = date(max([*(span.ends for span in spans), today]).year, 12, 31)
    days = (last - first).days + 1

    def place(day: date) -> float:
        return round(100 * (day - first).days / days, 2)

    marks = [_mark(span, place) for span in spans]
    return Timeline(marks, _running(marks), place(today), _ticks(first.year, last.year, place))


def date_span(name: str, label: str | Promise, written: PartialDate | None) -> DateSpan | None:
    """The days a partial date can mean; None where it is missing or not a date."""
    if not written:
        return None
    try:
        parts = [int(part) for part in written.split("-")]
        begins = date(*parts, *[1] * (3 - len(parts)))
        ends = date(*_last(parts))
    except (ValueError, TypeError):
        return None
    return DateSpan(name, label, written, begins, ends) if EARLIEST <= begins.year <= LATEST else None


def _last(parts: Sequence[int]) -> tuple[int, int, int]:
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return year, month, parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1]


def _mark(span: DateSpan, place: Any) -> Mark:
    left = place(span.begins)
    width = place(span.ends + timedelta(days=1)) - left
    return Mark(span, left, round(max(width, LEAST_WIDTH), 2))


def _running(marks: Sequence[Mark]) -> tuple[float, float] | None:
    """From the beginning to the end, where both are stated and in that order."""
    found = {mark.span.name: mark for mark in marks}
    start, end = found.get("start"), found.get("completion") or found.get("primary_completion")
    if start is None or end is None or end.span.ends < start.span.begins:
        return None
    return start.left, round(end.left + end.width - start.left, 2)


def _ticks(first: int, last: int, place: Any) -> list[tuple[int, float]]:
    """Years to write below the line, evenly, few enough for a phone, and none over its edge."""
    step = -(-(last - first + 1) // MOST_TICKS)
    ticks = [(year, place(date(year, 1, 1))) for year in range(first, last + 1, step)]
    return [(year, left) for year, left in ticks if left <= LAST_TICK]
