"""The listed trials as one request sees them: which pass, how many, and which stand on a page."""

from collections.abc import Callable, Iterable
from functools import cached_property
from itertools import islice

from django.db.models import Q
from pyroaring import BitMap

from trials.search.snapshot import order
from trials.search.snapshot.current import current
from trials.search.snapshot.evaluate import evaluate
from trials.search.snapshot.stored import Snapshot


class Listed:
    """One snapshot for the whole of a request, and what each condition was found to leave of it."""

    def __init__(self, version: Callable[[], str] = str) -> None:
        self._version = version
        self._passing: dict[Q, BitMap] = {}

    @cached_property
    def snapshot(self) -> Snapshot:
        """One statement where `version` names none, more where the data changed."""
        return current(self._version())

    def passing(self, question: Q) -> BitMap:
        """The trials that pass one condition, asked once."""
        if question not in self._passing:
            self._passing[question] = evaluate(self.snapshot, question)
        return self._passing[question]

    def matching(self, questions: Iterable[Q]) -> BitMap:
        """The trials that pass all conditions."""
        return BitMap.intersection(self.snapshot.all, *map(self.passing, questions))

    def newest(self, hits: BitMap, first: int, last: int) -> list[int]:
        """A part of the hits, last updated first."""
        return list(islice(order.newest_first(self.snapshot, hits), first, last))

    def nearest(self, hits: BitMap, cities: Iterable[str], first: int, last: int) -> list[int]:
        """Likewise by the first of these cities in which a trial is open."""
        return order.slice_of(order.nearest_first(self.snapshot, hits, cities), first, last)

    def most_relevant(self, hits: BitMap, text: str, first: int, last: int) -> list[int]:
        """Likewise by how well they match a text."""
        return order.slice_of(order.most_relevant_first(self.snapshot, hits, text), first, last)

    def india_first(self, hits: BitMap, first: int, last: int) -> list[int]:
        """Likewise in the default order."""
        return order.slice_of([hits], first, last)

    def ids(self, positions: Iterable[int]) -> list[int]:
        """The primary keys of trials."""
        return [self.snapshot.ids[position] for position in positions]
