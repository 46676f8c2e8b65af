"""The pages of one run as they come: stored, counted, handed on."""

from collections.abc import Callable, Iterable

from django.db.models import Max, Sum

from importers.files.documents import Known, RawItem, Unreadable
from importers.http.session import RegistrySession
from importers.models import ImportRun, RunPage
from importers.runs import lifecycle
from importers.runs.lease import Lease

Fetched = Callable[[RunPage], None]
"""Called with every page that is stored, so that a worker can read it already."""


class Pages:
    """The pages of one run as they come: stored, counted, handed on."""

    def __init__(self, run: ImportRun, lease: Lease, fetched: Fetched, *, go_on: bool = False) -> None:
        """`go_on`: pages an earlier driver has stored stay."""
        self.run = run
        self.lease = lease
        self._fetched = fetched
        self._before = (run.requests, run.retries, run.bytes) if go_on else (0, 0, 0)
        if go_on:
            self.ids: set[str] = set()
            self.number = run.run_pages.aggregate(last=Max("number"))["last"] or 0
            self.items = run.run_pages.aggregate(all=Sum("records"))["all"] or 0
        else:
            self.restart()

    def restart(self) -> None:
        self.run.run_pages.all().delete()
        self.number = self.items = 0
        self.ids = set()

    def add(
        self,
        items: Iterable[RawItem | Unreadable | Known],
        ids: Iterable[str] = (),
        total: int | None = None,
    ) -> None:
        """Store one page. Raises `LeaseLostError` where the run is no longer ours."""
        self.lease.check()
        self.number += 1
        page = RunPage.keep(self.run, self.number, items, list(ids))
        self.items += page.records
        self.ids.update(page.ids)
        lifecycle.note(self.run, pages=self.number, total=total if total is not None else self.run.total)
        lifecycle.report(self.run, self.items, self.run.total)
        self._fetched(page)

    def tally(self, session: RegistrySession) -> None:
        """Write down how much was asked of the registry so far."""
        requests, retries, size = self._before  # of a driver that was lost
        lifecycle.note(
            self.run,
            requests=requests + session.requests,
            retries=retries + session.retries,
            bytes=size + session.bytes,
        )
