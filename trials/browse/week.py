"""This week in Indian CAR T, in sentences: a line for every trial, one for several that changed alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.humanize.templatetags.humanize import apnumber
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import ngettext_lazy

from trials.browse.updates import Kind, UpdatesQuery, events
from trials.choices import INDIA
from trials.models import Trial, TrialEvent

LENGTH = timedelta(days=7)
FEW = 2
"""Sentences on the first page."""
MOST_EVENTS = 500
"""Of one week; an import after a long pause can bring more, which stand below by day."""
_OF_INDIA = f", {INDIA}"
_OF_SITES = (Kind.SITE_ADDED, Kind.SITE_REMOVED, Kind.SITE_OPENED, Kind.SITE_CLOSED)
_SENTENCES: Mapping[str, Promise] = {
    Kind.SITE_OPENED: ngettext_lazy(
        "%(number)s trial began recruiting at %(place)s.",
        "%(number)s trials began recruiting at %(place)s.",
        "count",
    ),
    Kind.SITE_CLOSED: ngettext_lazy(
        "%(number)s trial stopped recruiting at %(place)s.",
        "%(number)s trials stopped recruiting at %(place)s.",
        "count",
    ),
    Kind.SAID_OPEN: ngettext_lazy(
        "%(number)s trial is open at %(place)s, says the hospital.",
        "%(number)s trials are open at %(place)s, says the hospital.",
        "count",
    ),
    Kind.SAID_FULL: ngettext_lazy(
        "%(number)s trial is full for now at %(place)s, says the hospital.",
        "%(number)s trials are full for now at %(place)s, says the hospital.",
        "count",
    ),
    Kind.SAID_CLOSED: ngettext_lazy(
        "%(number)s trial is closed at %(place)s, says the hospital.",
        "%(number)s trials are closed at %(place)s, says the hospital.",
        "count",
    ),
}
_OPENING = (Kind.SITE_OPENED, Kind.SAID_OPEN)
_What = tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """Trials that changed alike. Without `words` the `events` of one of them say what happened."""

    words: str
    events: Sequence[TrialEvent]
    trials: Sequence[Trial]
    opens: bool  # whether a place began to take patients: such sentences come first


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days on trials with a site in India; `first_seen` are those of which nothing else is known."""

    sentences: Sequence[Sentence]
    first_seen: Sequence[Trial]

    @property
    def opened(self) -> list[Sentence]:
        """The first sentences about places that began to take patients, of trials that still do."""
        found = (line for line in self.sentences if line.words and line.opens)
        return [line for line in found if all(one.recruiting_in_india for one in line.trials)][:FEW]


def this_week(asked: UpdatesQuery, now: datetime | None = None) -> Week:
    """Of the trials asked for. One query."""
    since = (now or timezone.now()) - LENGTH
    in_india = Q(trial__countries__contains=[INDIA]) | Q(before__endswith=_OF_INDIA)
    newest = list(events(asked).filter(in_india, at__gt=since)[:MOST_EVENTS])
    by_trial: dict[int, list[TrialEvent]] = {}
    for event in reversed(newest):
        by_trial.setdefault(event.trial_id, []).append(event)
    alike: dict[_What, list[Sequence[TrialEvent]]] = {}
    first_seen = []
    for found in by_trial.values():
        worded = [event for event in found if _has_sentence(event)]
        if worded:
            alike.setdefault(_what(worded), []).append(worded)
        elif any(event.kind == Kind.LISTED for event in found):
            first_seen.append(found[0].trial)
    newest_first = [_sentence(what, same) for what, same in reversed(alike.items())]
    return Week(sorted(newest_first, key=lambda line: not line.opens), first_seen)


def _has_sentence(event: TrialEvent) -> bool:
    """Places outside India belong to the list of days."""
    if event.kind == Kind.LISTED:
        return False
    return event.kind not in _OF_SITES or (event.after or event.before).endswith(_OF_INDIA)


def _what(worded: Sequence[TrialEvent]) -> _What:
    """What happened, each thing once, in its order."""
    return tuple(dict.fromkeys((event.kind, event.before, event.after) for event in worded))


def _sentence(what: _What, same: Sequence[Sequence[TrialEvent]]) -> Sentence:
    trials = [one[0].trial for one in same]
    once = {(event.kind, event.before, event.after): event for event in same[0]}
    opens = any(kind in _OPENING for kind, *_ in what)
    (kind, _before, place), *others = what
    if others or kind not in _SENTENCES:
        return Sentence("", list(once.values()), trials, opens)
    values = {
        "count": len(trials),
        "number": apnumber(len(trials)),
        "place": place.removesuffix(_OF_INDIA),
    }
    return Sentence(capfirst(str(_SENTENCES[kind] % values)), (), trials, opens)
