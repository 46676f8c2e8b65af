"""What came of a trial, as its registry says it: who took part, what was measured, side effects, papers.

From the record to what people read. No adjective and no ranking: numbers stand with what they are numbers of,
in the registry's order, each group for itself. Where there are no results this says only what the dates say.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from trials.choices import Status
from trials.explain.result_values import Outcome, Share, by_group, name, outcome, plain
from trials.explain.side_effects import SideEffects, side_effects
from trials.record import PartialDate, StoredRecord
from trials.results_record import Counted, FlowLine, FlowPeriod, Group, Paper

STARTED, COMPLETED, NOT_COMPLETED = "STARTED", "COMPLETED", "NOT COMPLETED"
PRIMARY = "PRIMARY"
SHOWN_AT_ONCE = 4
"""Main measurements shown before the rest is folded away."""
RESULT, DERIVED, BACKGROUND = "RESULT", "DERIVED", "BACKGROUND"


@dataclass(frozen=True, slots=True)
class Reached:
    """How many of each group reached a milestone, or left for a reason. `kind` is the registry's word."""

    kind: str
    shares: Sequence[Share]


@dataclass(frozen=True, slots=True)
class Period:
    """One part of the trial. `began` has numbers without "of": no one is left out of them."""

    title: str
    began: Sequence[Share]
    reached: Sequence[Reached]
    reasons: Sequence[Reached]


@dataclass(frozen=True, slots=True)
class NoResults:
    """Why there is nothing to read yet, by the registry's own dates.

    `stated` is False where the registry does not say whether there are results. `ended` is the day the trial
    was completed, and `years` how many whole years ago that is at least.
    """

    stated: bool
    ended: PartialDate | None = None
    years: int = 0
    sent: PartialDate | None = None
    delayed: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Papers:
    """Papers of the trial, papers that name its number, those that led to it, and any of another kind."""

    results: Sequence[Paper]
    derived: Sequence[Paper]
    background: Sequence[Paper]
    other: Sequence[Paper]


@dataclass(frozen=True, slots=True)
class Results:
    """What one record says of what came of the trial."""

    record: StoredRecord
    absence: NoResults | None
    groups: Sequence[Group]
    periods: Sequence[Period]
    main: Sequence[Outcome]
    more_main: Sequence[Outcome]
    further: Sequence[Outcome]
    side_effects: SideEffects | None
    papers: Papers

    @property
    def has_papers(self) -> bool:
        """Whether the record names papers, documents or links."""
        record = self.record
        return bool(record.publication_details or record.papers or record.documents or record.links)


def results(record: StoredRecord, today: date | None = None) -> Results:
    """Everything of one record; empty lists where it says nothing."""
    posted = record.results
    outcomes = [outcome(stated) for stated in posted.outcomes] if posted else []
    main = [one for one in outcomes if one.stated.kind == PRIMARY]
    return Results(
        record=record,
        absence=None if posted else _absence(record, today or timezone.localdate()),
        groups=posted.flow_groups if posted else (),
        periods=[_period(period, posted.flow_groups) for period in posted.periods] if posted else [],
        main=main[:SHOWN_AT_ONCE],
        more_main=main[SHOWN_AT_ONCE:],
        further=[one for one in outcomes if one.stated.kind != PRIMARY],
        side_effects=side_effects(posted.side_effects) if posted else None,
        papers=_papers(record),
    )


def _papers(record: StoredRecord) -> Papers:
    return Papers(
        [paper for paper in record.papers if paper.kind == RESULT],
        [paper for paper in record.papers if paper.kind == DERIVED],
        [paper for paper in record.papers if paper.kind == BACKGROUND],
        [paper for paper in record.papers if paper.kind not in (RESULT, DERIVED, BACKGROUND)],
    )


def _absence(record: StoredRecord, today: date) -> NoResults | None:
    """None where the registry says that there are results, which this page then does not hold."""
    if record.has_results:
        return None
    ended = record.completion if record.status == Status.COMPLETED else None
    ended = ended if record.completion_is_actual is not False else None
    years = _whole_years(ended, today)
    return NoResults(
        stated=record.has_results is not None,
        ended=ended if years is not None else None,
        years=years or 0,
        sent=record.results_sent,
        delayed=record.results_delay,
    )


def _whole_years(ended: PartialDate | None, today: date) -> int | None:
    """Years since the latest day that a date can mean; None where it is not past or not a date."""
    try:
        parts = [int(part) for part in (ended or "").split("-")]
    except ValueError:
        return None
    latest = (*parts, *(12, 31)[len(parts) - 1 :])
    now = (today.year, today.month, today.day)
    if tuple(parts) > now[: len(parts)]:
        return None
    return max(0, now[0] - latest[0] - (now[1:] < latest[1:]))


def _period(period: FlowPeriod, groups: Sequence[Group]) -> Period:
    started = next((line for line in period.milestones if line.kind == STARTED), FlowLine())
    begun = {group: plain(count.value) for group, count in _counts(started).items()}
    further = [line for line in period.milestones if line is not started]
    return Period(
        period.title,
        [Share(name(group), begun.get(group.id), None) for group in groups],
        [_reached(line, begun, groups) for line in further],
        [_reached(line, begun, groups) for line in period.reasons],
    )


def _reached(line: FlowLine, begun: Mapping[str, int | None], groups: Sequence[Group]) -> Reached:
    """A share of those who began for each group, in their order."""
    numbers = {group: plain(count.value) for group, count in _counts(line).items()}
    return Reached(
        line.kind, [Share(name(group), numbers.get(group.id), begun.get(group.id)) for group in groups]
    )


def _counts(line: FlowLine) -> Mapping[str, Counted]:
    return by_group(line.counts, lambda count: count.group)
