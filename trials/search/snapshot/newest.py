"""The newest day among the trials of each value of a column, from a few rows by primary key."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise

from pyroaring import BitMap

from trials.models import Trial
from trials.search.snapshot.stored import Snapshot

Days = Mapping[str, date | None]


def newest_days(snapshot: Snapshot, columns: Iterable[str]) -> dict[str, Days]:
    """By column and value the day of the last update, None where none is stated; without sample records.

    A value that only sample records have is absent. One statement.
    """
    real = snapshot.all - snapshot.having("sample", "true")
    first = {
        column: {
            value: [snapshot.ids[position] for position in _firsts(snapshot, of_value & real)]
            for value in snapshot.counts(column)
            if (of_value := snapshot.having(column, value))
        }
        for column in columns
    }
    wanted = {pk for of_column in first.values() for ids in of_column.values() for pk in ids}
    rows = Trial.objects.listed().filter(pk__in=wanted, sample=False)
    days = dict(rows.values_list("pk", "last_updated"))
    return {
        column: {
            value: _newest(days[pk] for pk in ids if pk in days) for value, ids in of_column.items() if ids
        }
        for column, of_column in first.items()
    }


def _firsts(snapshot: Snapshot, hits: BitMap) -> Iterator[int]:
    """The first hit of each group of the default order, which is the newest of its group."""
    for begin, end in pairwise(snapshot.numbers("groups")):
        before = hits.rank(begin - 1) if begin else 0
        if before < len(hits) and hits[before] < end:
            yield hits[before]


def _newest(days: Iterable[date | None]) -> date | None:
    return max((day for day in days if day), default=None)
