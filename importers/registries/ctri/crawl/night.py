"""A run at CTRI: the parts of a night in their order, until the requests of the run or the night are over.

Every answer and what follows from it is stored at once, so a killed run goes on where it was and nothing
is visited twice. After five failures in a row, or a 403, CTRI is left alone: what came by then is good.
"""

import logging
import time
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from importers.classify import classify
from importers.files.documents import RawItem, Unreadable
from importers.http.errors import Blocked
from importers.models import ImportRun
from importers.models.crawl import CitedNumber, CtriTarget
from importers.registries.ctri import fetch
from importers.registries.ctri.crawl import cited, seeking, targets
from importers.registries.ctri.crawl.asking import PageRequests, SpentError
from importers.registries.ctri.crawl.parts import Part, active
from importers.registries.ctri.search import NumberSearch
from importers.runs import circuit_breaker, lifecycle, night_hours
from importers.runs.page_store import Pages
from trials.choices import Role, Status

logger = logging.getLogger(__name__)
Outcome, Reason = CtriTarget.Outcome, CtriTarget.Reason
FAILURES = 5
"""In a row; then CTRI has trouble, or with us."""


class StopError(Exception):
    """CTRI is left alone for today. The message is for people."""


class NightVisits:
    """The visits of one run."""

    def __init__(self, run: ImportRun, asking: PageRequests, pages: Pages) -> None:
        self.run = run
        self.asking = asking
        self.pages = pages
        self.failures = 0
        self.scheduled = run.trigger == ImportRun.Trigger.SCHEDULE
        self.night = night_hours.last_night(run.registry, timezone.now())
        self.began = time.monotonic()

    def visit_all(self) -> None:
        """Visit what each part wants; stop early where CTRI does not want us or has trouble."""
        try:
            self._parts()
        except SpentError:
            circuit_breaker.answered(self.run.registry)
        except StopError as stop:
            logger.warning("%s", stop)
            circuit_breaker.open_up(self.run.registry)
            self.pages.add([Unreadable("crawl", str(stop))])
        else:
            circuit_breaker.answered(self.run.registry)

    def _parts(self) -> None:
        """Everything there is to do, in its order. A search that takes long lets new trials go first."""
        parts = active()
        self._due(*(part for part in parts if part in (Part.KNOWN, Part.ASKED)))
        if self.run.only_ids:
            return
        if Part.SEARCH in parts:
            self._seek_all(asked_for=True)
        if Part.FRONTIER in parts:
            self._due(Part.FRONTIER)
            self._frontier()
        if Part.SEARCH in parts:
            self._seek_all()
        if Part.PAST in parts:
            self._due(Part.PAST)
            self._new(targets.past(), Reason.BACKFILL)

    def _due(self, *parts: Part) -> None:
        """Due targets, asked for anew in small portions: what was visited is due no more."""
        seen: set[int] = set()
        while portion := list(targets.due(self.run, *parts).exclude(run=self.run).exclude(pk__in=seen)[:50]):
            for target in portion:
                seen.add(target.pk)
                self._visit(target)

    def _frontier(self) -> None:
        """New numbers, until many in a row hold nothing: once a night, however many runs it has."""
        misses = targets.misses_since(self.night.begin) if self.scheduled else 0
        for trial_id in targets.frontier():
            if misses >= targets.FRONTIER_RUN:
                return
            found = self._visit(CtriTarget(trial_id=trial_id, reason=Reason.FRONTIER))
            misses = 0 if found else misses + 1

    def _new(self, trial_ids: Iterable[int], reason: str) -> None:
        for trial_id in trial_ids:
            self._visit(CtriTarget(trial_id=trial_id, reason=reason))

    def _seek_all(self, *, asked_for: bool = False) -> None:
        """Look for the pages of numbers, a round each in turn.

        `asked_for`: only the first round of those that people or records name.
        """
        later: set[int] = set()
        while True:
            waiting = cited.searched().exclude(pk__in=later)
            if asked_for:
                waiting = waiting.filter(requests__lt=cited.ROUND).exclude(cited_by=cited.SHIPPED)
            row = waiting.first()
            if row is None:
                return
            search = seeking.search_for(row.number)
            if search is None:
                later.add(row.pk)
            else:
                self._seek(row, search)

    def _seek(self, row: CitedNumber, search: NumberSearch) -> None:
        """One round of the search for a number: until it is found, or nothing is left to look at."""
        goal = (row.requests // cited.ROUND + 1) * cited.ROUND
        while row.requests < goal:
            trial_ids = search.next_ids()
            if not trial_ids:
                CitedNumber.objects.filter(pk=row.pk).update(ended_at=timezone.now())
                return
            for trial_id in trial_ids:
                before = self.asking.used
                known = CtriTarget.objects.filter(trial_id=trial_id).first()
                target = known or CtriTarget(trial_id=trial_id, reason=Reason.SEARCH)
                found = self._visit(target)
                row.requests += self.asking.used - before
                if not CitedNumber.objects.filter(pk=row.pk).update(requests=row.requests):
                    return  # its page is known
                search.learn(trial_id, seeking.sequence_of(target.ctri_number) if found else None)

    def _visit(self, target: CtriTarget) -> bool:
        """Ask for one page and store what follows; whether there is a record. Raises `SpentError`."""
        self.pages.lease.renew()
        if self.asking.left <= 0 or self._is_over():
            raise SpentError
        try:
            answer, raw = self.asking.ask(target)
        except Blocked as error:
            raise StopError(str(error)) from None
        finally:
            self.pages.tally(self.asking.session)
        with transaction.atomic():
            if target.pk is None:
                target.save()
            if answer.kind == fetch.RECORD:
                self._record(target, answer, raw)
            else:
                self._nothing(target, answer.kind)
            target.run = self.run
            target.save()
        self._count(answer.kind)
        return answer.kind == fetch.RECORD

    def _is_over(self) -> bool:
        """Whether the night of a scheduled run is over, also by a clock that cannot be set back."""
        if not self.scheduled:
            return False
        lasted = time.monotonic() - self.began
        return timezone.now() not in self.night or lasted > self.night.length.total_seconds()

    def _record(self, target: CtriTarget, answer: fetch.FetchedPage, raw: bytes) -> None:
        """Keep the page of a record that has to do with CAR T; of others only that they are there."""
        status, wanted = Status.UNKNOWN, True
        if answer.record:
            status, labels = answer.record.status, classify(answer.record)
            wanted = labels.role != Role.NOT_CAR_T or "role" in labels.undecided
        targets.after_record(target, answer.number, status, listed=wanted)
        if wanted:
            self.pages.add([RawItem(f"trialid {target.trial_id}", raw)], [answer.number])

    def _nothing(self, target: CtriTarget, kind: str) -> None:
        """Only an answer of both addresses takes a known record away."""
        if kind == fetch.NOT_YET and target.ctri_number:  # it had a record
            lifecycle.note(self.run, absent=[*self.run.absent, target.ctri_number])
        nothing = kind == fetch.NOT_YET or (kind == fetch.UNSURE and not target.ctri_number)
        targets.after_nothing(target, Outcome.NOT_YET if nothing else Outcome.FAILED)

    def _count(self, kind: str) -> None:
        usable = kind in (fetch.RECORD, fetch.NOT_YET, fetch.UNSURE)
        self.failures = 0 if usable else self.failures + 1
        if self.failures >= FAILURES:
            raise StopError(f"CTRI gave {FAILURES} unusable answers in a row, the last: {kind}.")


def crawl(run: ImportRun, pages: Pages) -> None:
    """Fill the run's pages with its visits. Raises `RegistryError` where robots.txt cannot be read."""
    access = circuit_breaker.access(run.registry, pages.lease.renew)
    rules = fetch.robots(access)
    targets.put_back()
    cited.gather()
    with fetch.session(access) as session:
        names = fetch.allowed(rules, session)
        if not names:
            pages.add([Unreadable("robots.txt", "CTRI asks robots not to read its pages")])
            return
        NightVisits(
            run, PageRequests(session, names, settings.CTRI_BUDGET, used=run.requests), pages
        ).visit_all()
