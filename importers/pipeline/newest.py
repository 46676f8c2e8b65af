"""Of several copies of one study in one import the newest counts, whatever their order.

A study comes twice in two lines, two files, a zip beside a `.jsonl.gz`, or over the border of two pages of a
registry. The newest is the copy with the latest update date, as it is against what is stored. A copy without
a date is older than any with one. Of copies of one day one that does not recruit counts before one that
does, then the one with the greater content hash: an arbitrary rule, but the same in any order.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property

from django.db.models import Count

from importers.load.store import Arrival
from importers.models import ImportRun, RunPage
from importers.models.fields import Each
from importers.pipeline.read import PageReading, unpack
from trials.choices import Status
from trials.models import Registration

Rank = tuple[date, bool, str]
FROM_FILES = (ImportRun.Source.FILES, ImportRun.Source.UPLOAD)
"""Sources that may hold copies older than the stored ones. A registry itself gives its present ones."""


def repeated(run: ImportRun) -> set[str]:
    """Studies of which a run has more than one copy, as far as its pages know their ids."""
    each = RunPage.objects.filter(run=run).values(one=Each("ids")).annotate(times=Count("pk"))
    return set(each.filter(times__gt=1).values_list("one", flat=True))


class Newest:
    """The choice among the copies of one run; all pages with a study that is asked for must be read."""

    def __init__(self, run: ImportRun) -> None:
        self._run = run
        self._repeated = repeated(run)
        self._chosen: set[str] = set()

    @cached_property
    def _best(self) -> dict[str, Rank]:
        """The rank of the copy that counts, of every study that comes more than once."""
        best: dict[str, Rank] = {}
        pages = self._run.run_pages.order_by("number").filter(ids__overlap=list(self._repeated))
        for page in pages.iterator(chunk_size=1):
            for registry_id, its_rank in self._ranks(unpack(page)):
                if registry_id in self._repeated:
                    best[registry_id] = max(its_rank, best.get(registry_id, its_rank))
        return best

    def _ranks(self, reading: PageReading) -> Iterator[tuple[str, Rank]]:
        for arrival in reading.arrivals:
            yield arrival.record.registry_id, _rank_of(arrival)
        for row in self._stored(reading.known):
            yield row.registry_id, rank(row.last_updated, row.status, row.content_hash)

    def choose(self, reading: PageReading) -> Iterator[Arrival]:
        """Those arrivals of a page that count. What is stored must be as the pages before have left it."""
        ids = [arrival.record.registry_id for arrival in reading.arrivals]
        stored = {row.registry_id: row for row in self._stored(ids)} if self._run.source in FROM_FILES else {}
        for arrival in reading.arrivals:
            registry_id, given = arrival.record.registry_id, arrival.record.last_updated
            have = stored[registry_id].last_updated if registry_id in stored else None
            if have and given and given < have:
                continue
            if registry_id in self._repeated:
                if registry_id in self._chosen or self._best[registry_id] != _rank_of(arrival):
                    continue
                self._chosen.add(registry_id)
            yield arrival

    def _stored(self, ids: Iterable[str]) -> Iterable[Registration]:
        rows = Registration.objects.filter(registry=self._run.registry, registry_id__in=set(ids))
        return rows.only("registry_id", "last_updated", "status", "content_hash")


def rank(updated: date | None, status: str, content_hash: str) -> Rank:
    """What copies of one study are compared by; the greatest counts."""
    return updated or date.min, status != Status.RECRUITING, content_hash


def _rank_of(arrival: Arrival) -> Rank:
    return rank(arrival.record.last_updated, arrival.record.status, arrival.content_hash)
