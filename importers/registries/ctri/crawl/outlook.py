"""How far the reading of CTRI is, what is next, and when each part of it will be done."""

import math
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Count, Max, Q
from django.utils import timezone

from importers.models.crawl import CitedNumber, CtriTarget
from importers.registries.ctri import fetch
from importers.registries.ctri.crawl import cited, targets
from importers.registries.ctri.crawl.parts import TARGETS, Part, active
from importers.registries.slugs import Registry
from importers.runs import night_hours

Outcome = CtriTarget.Outcome
REQUESTS_A_PAGE = 1.4
"""Two of five trialids hold nothing, and those are asked for at both addresses."""
JITTER = 1.125
"""How much longer than asked for a pause is on average."""


@dataclass(frozen=True, slots=True)
class PartOutlook:
    """One part of the nights: `done` and `waiting` count pages, of a search numbers.

    `next` is the trialid or the number that comes next, "" for none. `days` until nothing waits: None for a
    part that is paused, and for new numbers, which never end.
    """

    part: Part
    done: int
    waiting: int
    next: str
    paused: bool
    days: int | None

    @property
    def ends(self) -> date | None:
        """The day on which nothing of it waits any more."""
        return None if self.days is None else timezone.localdate() + timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class Outlook:
    """`records`, `others`, `empty` and `highest` count trialids; `nightly` are the requests of a night."""

    parts: list[PartOutlook]
    nightly: int
    records: int
    others: int
    empty: int
    highest: int

    @property
    def waiting(self) -> int:
        """Pages and numbers that wait, the past left out."""
        return sum(part.waiting for part in self.parts if part.part != Part.PAST)

    def part(self, part: Part) -> PartOutlook:
        return next(found for found in self.parts if found.part == part)


def outlook() -> Outlook:
    """Everything the desk tells, in a dozen statements whatever is stored."""
    counted = CtriTarget.objects.aggregate(
        records=Count("id", filter=Q(outcome=Outcome.RECORD)),
        others=Count("id", filter=Q(outcome=Outcome.OTHER)),
        empty=Count("id", filter=Q(outcome=Outcome.NOT_YET)),
        highest=Max("trial_id", filter=Q(outcome__in=[Outcome.RECORD, Outcome.OTHER])),
    )
    running, nightly, requests = active(), requests_a_night(), 0.0
    parts = []
    for part in Part:
        done, waiting, following, needed = _state(part)
        paused = part not in running
        requests += 0 if paused else needed
        endless = paused or part == Part.FRONTIER
        days = None if endless else math.ceil(requests / nightly) if waiting else 0
        parts.append(PartOutlook(part, done, waiting, following, paused, days))
    return Outlook(parts, nightly, **(counted | {"highest": counted["highest"] or 0}))


def requests_a_night() -> int:
    """How many requests a night has time for; without a pause between them, those of one run."""
    pause = fetch.PAUSE if settings.REGISTRY_MIN_INTERVAL is None else settings.REGISTRY_MIN_INTERVAL
    most = night_hours.most_requests(Registry.CTRI, pause * JITTER)
    return max(1, int(most)) if math.isfinite(most) else settings.CTRI_BUDGET


def _state(part: Part) -> tuple[int, int, str, float]:
    """Of a part: what is done, what waits, what is next, and the requests that all of it needs."""
    if part == Part.SEARCH:
        return _searching()
    mine = CtriTarget.objects.filter(TARGETS[part])
    done = mine.exclude(outcome="").count()
    due = mine.filter(due_at__lte=timezone.now())
    waiting = due.count()
    first = due.order_by("-trial_id" if part == Part.PAST else "due_at", "trial_id").first()
    following = str(first or "")
    if part == Part.FRONTIER:
        return done, waiting, following, waiting * REQUESTS_A_PAGE + 2 * targets.FRONTIER_RUN
    if part == Part.PAST:
        lowest, highest = targets.past_end(), targets.highest_record()
        asked = CtriTarget.objects.filter(trial_id__range=(lowest, highest)).count()
        waiting += max(0, highest - lowest + 1 - asked)
        following = following or str(CtriTarget(trial_id=next(targets.past(), 0))) if waiting else ""
    return done, waiting, following, waiting * REQUESTS_A_PAGE


def _searching() -> tuple[int, int, str, float]:
    """Numbers: each is expected to take the round of requests that it is in."""
    rows = list(cited.searched().values_list("number", "requests"))
    ended = CitedNumber.objects.exclude(ended_at=None).count()
    found = CtriTarget.objects.filter(reason=CtriTarget.Reason.SEARCH, outcome=Outcome.RECORD).count()
    needed = sum(cited.ROUND - requests % cited.ROUND for _number, requests in rows)
    return found + ended, len(rows), rows[0][0] if rows else "", float(needed)
