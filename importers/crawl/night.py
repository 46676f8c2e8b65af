"""A night's visits to CTRI: everything due, then the ids above the highest known, until the budget is spent.

Every answer and what follows from it is stored at once, so a killed night goes on where it was and nothing
is visited twice. After five failures in a row, or a 403, CTRI is left alone: what came by then is good.
"""

import logging
from collections.abc import Iterator

from django.conf import settings
from django.db import transaction

from importers import circuit, runs
from importers.classify import classify
from importers.crawl import cited, targets
from importers.crawl.models import CtriTarget
from importers.documents import RawItem, Unreadable
from importers.http import RegistrySession
from importers.models import ImportRun
from importers.pages import Pages
from importers.registries.ctri import fetch
from importers.registry_errors import Blocked, RegistryError
from trials.choices import Role, Status

logger = logging.getLogger(__name__)
Outcome = CtriTarget.Outcome
FAILURES = 5
"""In a row; then CTRI has trouble, or with us."""


class StopError(Exception):
    """CTRI is left alone for today. The message is for people."""


class Night:
    """The visits of one run."""

    def __init__(self, run: ImportRun, session: RegistrySession, pages: Pages) -> None:
        self.run = run
        self.session = session
        self.pages = pages
        self.failures = 0
        self.left = settings.CTRI_BUDGET - run.targets.count()  # those of a driver that was lost

    def visit_all(self) -> None:
        """Visit what is due and what may be new; stop early where CTRI does not want us or has trouble."""
        try:
            for target in self._due():
                self._visit(target)
            if not self.run.only_ids:
                self._frontier()
        except StopError as stop:
            logger.warning("%s", stop)
            circuit.open_up(self.run.registry)
            self.pages.add([Unreadable("crawl", str(stop))])
        else:
            circuit.answered(self.run.registry)

    def _due(self) -> Iterator[CtriTarget]:
        """Due targets, asked for anew in small portions: what was visited is due no more."""
        seen: set[int] = set()
        while self.left > 0:
            waiting = targets.due(self.run).exclude(run=self.run).exclude(pk__in=seen)
            portion = list(waiting[: min(50, self.left)])
            if not portion:
                return
            for target in portion:
                seen.add(target.pk)
                yield target

    def _frontier(self) -> None:
        misses = 0
        for trial_id in targets.frontier():
            if misses >= targets.FRONTIER_RUN or self.left <= 0:
                return
            target = CtriTarget(trial_id=trial_id, reason=CtriTarget.Reason.FRONTIER)
            found = self._visit(target)
            misses = 0 if found else misses + 1

    def _visit(self, target: CtriTarget) -> bool:
        """Ask for one page and store what follows; whether there is a record."""
        self.pages.lease.renew()
        self.left -= 1
        try:
            raw = fetch.fetch_page(self.session, target.trial_id)
            answer = fetch.understand(raw)
        except Blocked as error:
            raise StopError(str(error)) from None
        except RegistryError as error:
            raw, answer = b"", fetch.Answer(str(error))
        with transaction.atomic():
            if target.pk is None:
                target.save()
            if answer.kind == fetch.RECORD:
                self._record(target, answer, raw)
            else:
                self._nothing(target, answer.kind)
            target.run = self.run
            target.save()
        self.pages.tally(self.session)
        self._count(answer.kind)
        return answer.kind == fetch.RECORD

    def _record(self, target: CtriTarget, answer: fetch.Answer, raw: bytes) -> None:
        """Keep the page of a record that has to do with CAR T; of others only that they are there."""
        status, wanted = Status.UNKNOWN, True
        if answer.record:
            status, labels = answer.record.status, classify(answer.record)
            wanted = labels.role != Role.NOT_CAR_T or "role" in labels.undecided
        targets.after_record(target, answer.number, status, listed=wanted)
        if wanted:
            self.pages.add([RawItem(f"trialid {target.trial_id}", raw)], [answer.number])

    def _nothing(self, target: CtriTarget, kind: str) -> None:
        if kind == fetch.NOT_YET and target.ctri_number:  # it had a record
            runs.note(self.run, absent=[*self.run.absent, target.ctri_number])
        targets.after_nothing(target, Outcome.NOT_YET if kind == fetch.NOT_YET else Outcome.FAILED)

    def _count(self, kind: str) -> None:
        self.failures = 0 if kind in (fetch.RECORD, fetch.NOT_YET) else self.failures + 1
        if self.failures >= FAILURES:
            raise StopError(f"CTRI gave {FAILURES} unusable answers in a row, the last: {kind}.")


def crawl(run: ImportRun, pages: Pages) -> None:
    """Fill the run's pages with a night's visits. Raises `RegistryError` where robots.txt cannot be read."""
    access = circuit.access(run.registry, pages.lease.renew)
    rules = fetch.robots(access)
    targets.put_back()
    cited.gather()
    with fetch.session(access) as session:
        if not rules.can_fetch(session.user_agent, f"{session.base_url}/{fetch.address(1)}"):
            pages.add([Unreadable("robots.txt", "CTRI asks robots not to read its pages")])
            return
        Night(run, session, pages).visit_all()
