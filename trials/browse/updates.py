"""What changed on the listed trials: the events of `TrialEvent`, newest first, in plain words.

A first import lists thousands of trials on one day; such days are summed up as a number
unless they are asked for.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext

from trials import vocabulary
from trials.choices import INDIA
from trials.models import Trial, TrialEvent
from trials.models.fulltext import clean_text
from trials.search.parameters import ParameterError, refuse_unknown

Kind = TrialEvent.Kind
PAGE_SIZE = 50
LAST_PAGE = 200
"""Older changes stand on the trials' own pages."""
MANY_LISTED = 100
"""From this many trials first seen on one day, the day is summed up as a number."""
ALIKE = 3
"""More changes than this of one kind to one trial on one day are summed up as a number."""


@dataclass(frozen=True, slots=True)
class UpdatesQuery:
    """What a visitor wants to read: every kind and condition unless one is named."""

    kind: str = ""
    condition: str = ""
    india: bool = False
    page: int = 1


@dataclass(frozen=True, slots=True)
class Told:
    """One line: an event, and how many of its kind it stands for."""

    event: TrialEvent
    number: int


def read(data: QueryDict) -> UpdatesQuery:
    """The filters of an address. Raises ParameterError for a parameter or value that is not known."""
    refuse_unknown(data, ("kind", "condition", "place", "page"))
    kind, condition, place, page = (
        clean_text(data.get(name, "")).lower() for name in ("kind", "condition", "place", "page")
    )
    for name, value, known in (
        ("kind", kind, Kind.values),
        ("condition", condition, vocabulary.conditions()),
        ("place", place, ("india",)),
    ):
        if value and value not in known:
            raise ParameterError(name, gettext("Not known: %s") % value[:100])
    return UpdatesQuery(kind, condition, bool(place), _page(page))


def _page(text: str) -> int:
    if not text:
        return 1
    if not (text.isascii() and text.isdecimal() and len(text) <= 9 and int(text) >= 1):
        raise ParameterError("page", gettext("Not a page number: %s") % text[:100])
    if int(text) > LAST_PAGE:
        raise ParameterError("page", gettext("The last page is %d.") % LAST_PAGE)
    return int(text)


def events(asked: UpdatesQuery) -> QuerySet[TrialEvent]:
    """Events of listed trials that pass the filters, newest first; the trial comes along."""
    trials = Trial.objects.listed()
    if asked.condition:
        trials = trials.for_condition(asked.condition)
    if asked.india:
        trials = trials.filter(countries__contains=[INDIA])
    found = TrialEvent.objects.filter(trial__in=trials)
    if asked.kind:
        found = found.filter(kind=asked.kind)
    columns = ("primary_id", "title", "status", "sample", "conditions", "countries", "recruiting_in_india")
    return (
        found.select_related("trial", "registration")
        .only(
            "registration__registry_id",
            "kind",
            "at",
            "before",
            "after",
            *(f"trial__{name}" for name in columns),
        )
        .order_by("-at", "-id")
    )


def many_listed(asked: UpdatesQuery) -> Mapping[date, int]:
    """Days on which many trials were first seen, with their number; none where that kind is asked for."""
    if asked.kind:
        return {}
    days = (
        events(UpdatesQuery(Kind.LISTED, asked.condition, asked.india))
        .order_by()
        .values_list(TruncDate("at"))
        .annotate(number=Count("id"))
        .filter(number__gte=MANY_LISTED)
    )
    return dict(days.order_by("-number"))


def page_of(asked: UpdatesQuery, told_as_number: Mapping[date, int]) -> tuple[list[TrialEvent], bool]:
    """The events of the page asked for, and whether older ones follow."""
    found = one_by_one(events(asked), told_as_number)
    first = (asked.page - 1) * PAGE_SIZE
    rows = list(found[first : first + PAGE_SIZE + 1])
    return rows[:PAGE_SIZE], len(rows) > PAGE_SIZE


def one_by_one(found: QuerySet[TrialEvent], told_as_number: Mapping[date, int]) -> QuerySet[TrialEvent]:
    """The events but those that a number stands for."""
    if not told_as_number:
        return found
    days = list(told_as_number)
    return found.annotate(day=TruncDate("at")).exclude(Q(kind=Kind.LISTED, day__in=days))


def by_day(rows: list[TrialEvent]) -> list[tuple[date, list[list[Told]]]]:
    """Days, newest first; in each its trials, each with its lines; many alike become one line."""
    alike = Counter(map(_same, rows))
    lines: dict[object, Told] = {}
    for event in rows:
        number = alike[_same(event)]
        key = _same(event) if number > ALIKE else event.pk
        lines.setdefault(key, Told(event, number if number > ALIKE else 1))
    days: dict[date, dict[int, list[Told]]] = {}
    for line in lines.values():
        days.setdefault(_day(line.event), {}).setdefault(line.event.trial_id, []).append(line)
    return [(day, list(trials.values())) for day, trials in days.items()]


def _same(event: TrialEvent) -> tuple[date, int, str]:
    return _day(event), event.trial_id, event.kind


def _day(event: TrialEvent) -> date:
    """The day in India."""
    return timezone.localtime(event.at).date()
