"""The trials that a search finds, from the bitmaps of the listed ones: which, how many, which on a page."""

from collections.abc import Mapping
from functools import cached_property

from django.db.models import F, Func, IntegerField, Q
from pyroaring import BitMap

from trials.models import Trial
from trials.models.prepared import Given, IsAmong, Prepared
from trials.models.trial import TrialQuerySet
from trials.search.by_words import ByWords
from trials.search.listed import Listed
from trials.search.parameters import Sort
from trials.search.snapshot.evaluate import position_of

PAGE_SIZE = 20


class _PlaceAmong(Func):
    """Where a key stands in a list. A case for each key costs as much as the rest of the statement."""

    function = "array_position"
    output_field = IntegerField()


_SHOWN = Prepared(
    lambda: (
        Trial.objects.listed()
        .without_long_texts()
        .filter(IsAmong("pk", Given("ids")))
        .order_by(_PlaceAmong(Given("ids"), F("pk")))
    )
)


class Found(ByWords):
    """The part of a search that answers it. `Search.results` asks PostgreSQL for the same."""

    sort: str
    page: int
    listed: Listed

    @property
    def filters(self) -> Mapping[str, Q]:
        raise NotImplementedError

    @property
    def rest(self) -> str:
        raise NotImplementedError

    @cached_property
    def hits(self) -> BitMap:
        """Where the trials that pass all filters stand among the listed ones."""
        return self.listed.matching(self.filters.values())

    def ids(self, first: int, last: int) -> list[int]:
        """Primary keys from the `first` to before the `last` result, in the order of `results`."""
        return self.listed.ids(self.positions(first, last))

    def positions(self, first: int, last: int) -> list[int]:
        """Where the same trials stand among the listed ones."""
        if self.sort == Sort.UPDATED:
            return self.listed.newest(self.hits, first, last)
        if self.place and self.sort in ("", Sort.DISTANCE):
            cities = (found.city.slug for found in self.place.cities)
            return self.listed.nearest(self.hits, cities, first, last)
        if self.rest:
            return self.listed.most_relevant(self.hits, self.rest, first, last)
        return self.listed.india_first(self.hits, first, last)

    def between(self, first: int, last: int) -> list[Trial]:
        """The same results, read by their primary keys."""
        ids = self.ids(first, last)
        return _SHOWN.ask(ids=ids) if ids else []

    def read_as(self, trials: TrialQuerySet, first: int, last: int) -> list[Trial]:
        """The same results as these `trials`, which bring along what else is to be shown."""
        places = {pk: place for place, pk in enumerate(self.ids(first, last))}
        return sorted(trials.filter(pk__in=places), key=lambda trial: places[trial.pk])

    def until(self, pk: int) -> int | None:
        """How many results there are up to this trial, in the usual order or that of the last update."""
        snapshot = self.listed.snapshot
        position = position_of(snapshot, pk)
        if position is None:
            return None
        if self.sort != Sort.UPDATED:
            return self.hits.rank(position)
        newest = snapshot.numbers("newest").tolist()
        return len(self.hits & BitMap(newest[: newest.index(position) + 1]))

    def results_on_page(self) -> list[Trial]:
        """The `PAGE_SIZE` results of the chosen page."""
        return self.between((self.page - 1) * PAGE_SIZE, self.page * PAGE_SIZE)
