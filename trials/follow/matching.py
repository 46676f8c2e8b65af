"""Which changes belong to what is followed: a fixed number of statements for hospitals and trials, and for
searches one for many of them together, over the changed trials only.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import IntegerField, Value
from django.http import QueryDict

from trials.follow.mailed import is_mailed, place_in
from trials.models import Site, Trial, TrialEvent, TrialSite
from trials.models.follow import Subscription
from trials.search.parameters import ParameterError
from trials.search.search import Search

What = Subscription.What
Key = tuple[str, str]
"""What is followed, and which: `Subscription.what` and `about`."""
PER_STATEMENT = 50
"""Searches that one statement answers."""
_MOST_IDS = 20_000  # numbers in one statement


@dataclass(frozen=True, slots=True)
class Event:
    """The columns of a `TrialEvent` that decide who gets a mail."""

    pk: int
    trial: int
    kind: str
    before: str
    after: str

    @property
    def place(self) -> str:
        """The hospital it names, "" for the whole trial."""
        return place_in(self.kind, self.before, self.after)


def events_between(after: int, until: int, most: int) -> tuple[list[Event], int]:
    """The events worth a mail after one and until another, and the last one looked at. One statement."""
    found = TrialEvent.objects.filter(id__gt=after, id__lte=until, trial__sample=False).order_by("id")
    rows = list(found.values_list("id", "trial_id", "kind", "before", "after")[:most])
    events = [Event(*row) for row in rows if is_mailed(*row[2:])]
    return events, rows[-1][0] if len(rows) == most else until


@dataclass(frozen=True)
class Matching:
    """Answers what is followed with the events about it, in their order."""

    events: Sequence[Event]

    @cached_property
    def by_trial(self) -> Mapping[int, Sequence[Event]]:
        """The events of each changed trial."""
        found: dict[int, list[Event]] = defaultdict(list)
        for event in self.events:
            found[event.trial].append(event)
        return found

    def answer(self, keys: Collection[Key]) -> Mapping[Key, Sequence[int]]:
        """The ids of the events of everything followed; nothing for what had none."""
        found = dict(self._of_trials({about for what, about in keys if what == What.TRIAL}))
        found |= dict(self._of_hospitals({about for what, about in keys if what == What.HOSPITAL}))
        searches = sorted(about for what, about in keys if what == What.SEARCH)
        for about, trials in matching_trials(searches, list(self.by_trial)).items():
            found[What.SEARCH, about] = self._ids(event for pk in trials for event in self.by_trial[pk])
        return found

    def _of_trials(self, numbers: set[str]) -> Iterator[tuple[Key, Sequence[int]]]:
        if not numbers:
            return
        rows = Trial.objects.filter(pk__in=self.by_trial).values_list("pk", "registry_ids")
        for pk, registry_ids in rows:
            for number in numbers & set(registry_ids):
                yield (What.TRIAL, number), self._ids(self.by_trial[pk])

    def _of_hospitals(self, slugs: Collection[str]) -> Iterator[tuple[Key, Sequence[int]]]:
        if not slugs:
            return
        here: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
        rows = TrialSite.objects.filter(site__slug__in=slugs, trial__in=self.by_trial)
        for slug, trial, *words in rows.values_list(
            "site__slug", "trial_id", "facility", "written_city", "country"
        ):
            here[slug][trial].add(", ".join(filter(None, words)))
        for site in Site.objects.filter(slug__in=slugs):
            found = [event for event in self.events if _concerns(event, site, here[site.slug])]
            yield (What.HOSPITAL, site.slug), self._ids(found)

    @staticmethod
    def _ids(events: Iterable[Event]) -> list[int]:
        return sorted(event.pk for event in events)


def _concerns(event: Event, site: Site, names: Mapping[int, Collection[str]]) -> bool:
    """An event that names a hospital must name this one; another must be of a trial here."""
    if not event.place:
        return event.trial in names
    if event.place in names.get(event.trial, ()) or event.place == str(site):
        return True
    return event.place.casefold().startswith(site.hospital.casefold())  # a site that is no longer listed


def matching_trials(searches: Sequence[str], trials: Sequence[int]) -> Mapping[str, Sequence[int]]:
    """Which of these trials each search finds.

    Whether a trial takes patients is left out of the question: who follows open trials must also hear
    that one has closed. A search that can no longer be read finds nothing.
    """
    found: dict[str, list[int]] = defaultdict(list)
    if not trials:
        return found
    size = max(1, min(PER_STATEMENT, _MOST_IDS // len(trials)))
    for first in range(0, len(searches), size):
        batch = searches[first : first + size]
        parts = []
        for number, about in enumerate(batch):
            try:
                search = Search.from_query(QueryDict(about))
            except ParameterError:
                continue
            asked = search.dropping("recruiting").dropping("q_recruiting").matching().filter(pk__in=trials)
            numbered = asked.order_by().annotate(number=Value(number, IntegerField()))
            parts.append(numbered.values_list("number", "pk"))
        if not parts:
            continue
        rows = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
        for number, pk in rows:
            found[batch[number]].append(pk)
    return found
