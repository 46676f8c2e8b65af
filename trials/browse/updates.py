"""What changed on the listed trials: the events of `TrialEvent`, newest first, in plain words.

A first import lists thousands of trials on one day; such days are summed up as a number
unless they are asked for.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet
from django.db.models.functions import TruncDate
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext
from pyroaring import BitMap

from trials.choices import INDIA
from trials.models import TrialEvent
from trials.models.fulltext import clean_text
from trials.models.lookups import HAS_INDIAN_SITE
from trials.search.parameters import Disease, ParameterError
from trials.search.search import Search
from trials.search.snapshot.columns import LISTED_ON, MANY_LISTED

Kind = TrialEvent.Kind
PAGE_SIZE = 50
LAST_PAGE = 200
"""Older changes stand on the trials' own pages."""
FEW_TRIALS = 1000
"""Up to which a list of trials finds their events faster than the newest events do."""
OWN = ("kind", "place", "page")
"""Parameters of the changes; all others are those of a search, which is of every disease here."""
ALIKE = 3
"""More changes than this of one kind to one trial on one day are summed up as a number."""


@dataclass(frozen=True, slots=True)
class UpdatesQuery:
    """What a visitor wants to read: every kind, of every trial that the search finds."""

    kind: str = ""
    india: bool = False
    page: int = 1
    search: Search = field(default_factory=lambda: Search(disease=Disease.ALL))

    @property
    def condition(self) -> str:
        """The first condition chosen, "" for none."""
        return next(iter(self.search.condition), "")

    @property
    def hits(self) -> BitMap:
        """The trials that the search finds, in India alone where that is asked."""
        found = self.search.hits
        return found & self.search.listed.passing(HAS_INDIAN_SITE) if self.india else found

    @property
    def is_narrow(self) -> bool:
        """Whether the search asks for more than a condition."""
        return bool(set(self.search.filters) - {"condition"}) or len(self.search.condition) > 1


@dataclass(frozen=True, slots=True)
class Line:
    """One line: an event, and how many of its kind it stands for."""

    event: TrialEvent
    number: int


@dataclass(frozen=True, slots=True)
class Day:
    """One day in India: trials that changed, and those that were only seen for the first time.

    Each trial with its lines; those with a site in India come first.
    """

    day: date
    changed: Sequence[Sequence[Line]]
    first_seen: Sequence[Sequence[Line]]

    @property
    def trials(self) -> list[Sequence[Line]]:
        """All of them."""
        return [*self.changed, *self.first_seen]


def read(data: QueryDict) -> UpdatesQuery:
    """The filters of an address. Raises ParameterError for a parameter or value that is not known."""
    asked = data.copy()
    kind, place, page = (clean_text(asked.get(name, "")).lower() for name in OWN)
    for name in OWN:
        asked.pop(name, None)
    asked.setdefault("disease", Disease.ALL)
    search = Search.from_query(asked)
    for name, value, known in (("kind", kind, Kind.values), ("place", place, ("india",))):
        if value and value not in known:
            raise ParameterError(name, gettext("Not known: %s") % value[:100])
    return UpdatesQuery(kind, bool(place), _page(page), search)


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
    return _with_what_is_shown(_passing(asked))


def _passing(asked: UpdatesQuery) -> QuerySet[TrialEvent]:
    """The same, of few trials looked up by trial; of many, the newest events are gone through."""
    hits = asked.hits
    if len(hits) <= FEW_TRIALS:
        found = TrialEvent.objects.filter(trial__in=asked.search.listed.ids(hits))
    else:
        trials = asked.search.matching()
        found = TrialEvent.objects.filter(trial__in=trials.filter(HAS_INDIAN_SITE) if asked.india else trials)
    if asked.kind:
        found = found.filter(kind=asked.kind)
    return found


def _with_what_is_shown(found: QuerySet[TrialEvent]) -> QuerySet[TrialEvent]:
    columns = (
        *("primary_id", "title", "status", "sample", "conditions", "countries", "recruiting_in_india"),
        *("role", "targets", "cell_source", "phases", "min_age_years", "max_age_years"),
    )
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
    days = asked.search.listed.snapshot.counted(LISTED_ON, asked.hits)
    return {date.fromisoformat(day): number for day, number in days.items() if number >= MANY_LISTED}


def page_of(asked: UpdatesQuery, told_as_number: Mapping[date, int]) -> tuple[list[TrialEvent], bool]:
    """The events of the page asked for, and whether older ones follow."""
    found = one_by_one(_passing(asked), told_as_number).order_by("-at", "-id")
    first = (asked.page - 1) * PAGE_SIZE
    here = found.values("pk")[
        first : first + PAGE_SIZE + 1
    ]  # those before them are passed without their words
    rows = list(_with_what_is_shown(TrialEvent.objects.filter(pk__in=here)))
    return rows[:PAGE_SIZE], len(rows) > PAGE_SIZE


def one_by_one(found: QuerySet[TrialEvent], told_as_number: Mapping[date, int]) -> QuerySet[TrialEvent]:
    """The events but those that a number stands for."""
    if not told_as_number:
        return found
    days = list(told_as_number)
    return found.annotate(day=TruncDate("at")).exclude(Q(kind=Kind.LISTED, day__in=days))


def by_day(rows: list[TrialEvent]) -> list[Day]:
    """Days, newest first; many changes alike of one trial become one line."""
    alike = Counter(map(_same, rows))
    lines: dict[object, Line] = {}
    for event in rows:
        number = alike[_same(event)]
        key = _same(event) if number > ALIKE else event.pk
        lines.setdefault(key, Line(event, number if number > ALIKE else 1))
    days: dict[date, dict[int, list[Line]]] = {}
    for line in lines.values():
        days.setdefault(_day(line.event), {}).setdefault(line.event.trial_id, []).append(line)
    return [_sorted_day(day, list(trials.values())) for day, trials in days.items()]


def _sorted_day(day: date, trials: list[list[Line]]) -> Day:
    trials = sorted(trials, key=lambda lines: not _in_india(lines))
    seen = [lines for lines in trials if all(line.event.kind == Kind.LISTED for line in lines)]
    return Day(day, [lines for lines in trials if lines not in seen], seen)


def _in_india(lines: Sequence[Line]) -> bool:
    return INDIA in lines[0].event.trial.countries


def _same(event: TrialEvent) -> tuple[date, int, str]:
    return _day(event), event.trial_id, event.kind


def _day(event: TrialEvent) -> date:
    """The day in India."""
    return timezone.localtime(event.at).date()
