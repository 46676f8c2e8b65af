"""The trials of a page, by primary key, in each order of the list."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, pairwise

from pyroaring import BitMap

from trials.models import Trial
from trials.models.fulltext import relevance
from trials.models.lookups import RANKED
from trials.search.snapshot.evaluate import position_of
from trials.search.snapshot.stored import Snapshot

FEW = 20_000
"""So many trials are sorted; of more, the ordered list of all trials is gone through."""


def nearest_first(snapshot: Snapshot, hits: BitMap, cities: Iterable[str]) -> Iterator[BitMap]:
    """By the nearest city with an open site, those without one last; each in the default order."""
    left = hits
    known = snapshot.counts("open_cities")
    for city in cities:
        if city in known and (here := left & snapshot.having("open_cities", city)):
            yield here
            left = left - here
    yield left


def newest_first(snapshot: Snapshot, hits: BitMap) -> Iterator[int]:
    """Last updated first."""
    return (position for position in snapshot.numbers("newest") if position in hits)


def most_relevant_first(snapshot: Snapshot, hits: BitMap, text: str) -> Iterator[Sequence[int] | BitMap]:
    """India first; within that by relevance for the newest `RANKED` hits. One statement."""
    ranks = _ranks(snapshot, islice(newest_first(snapshot, hits), RANKED), text)
    by_rank = sorted(ranks, key=lambda position: (-ranks[position], position))
    groups = snapshot.numbers("groups")
    for begin, end in pairwise(groups):
        ranked = [position for position in by_rank if begin <= position < end]
        yield ranked
        yield (hits & BitMap(range(begin, end))) - BitMap(ranked)


def _ranks(snapshot: Snapshot, newest: Iterable[int], text: str) -> Mapping[int, float]:
    """The ranks above zero, by position."""
    ids = [snapshot.ids[position] for position in newest]
    rows = Trial.objects.filter(pk__in=ids).annotate(rank=relevance(text)).values_list("pk", "rank")
    found = {position_of(snapshot, pk): rank for pk, rank in rows if rank}
    return {position: rank for position, rank in found.items() if position is not None}


def slice_of(parts: Iterable[Sequence[int] | BitMap], first: int, last: int) -> list[int]:
    """From the `first` to before the `last` position of several parts in turn."""
    found: list[int] = []
    for part in parts:
        found += part[first:last] if first < len(part) else []
        first, last = max(0, first - len(part)), last - len(part)
        if last <= 0:
            break
    return found
