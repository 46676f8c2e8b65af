"""Posted results of a study, as far as pages show them; the raw copy keeps the rest.

Kept: primary and secondary outcomes, serious events, and of the others those that
`trials.vocabulary.side_effects` names. What a limit leaves out is counted, so that a page can say so.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import TypeVar

from importers.registries.ctgov import results_shape as shape
from trials.results_record import (
    Counted,
    Denominator,
    EventCount,
    EventGroup,
    FlowLine,
    FlowPeriod,
    Group,
    Measured,
    OutcomeResult,
    PostedResults,
    ResultRow,
    SideEffect,
    SideEffects,
)
from trials.vocabulary.side_effects import kind_of

KEPT_OUTCOMES = ("PRIMARY", "SECONDARY")
MOST_OUTCOMES = 40
MOST_ROWS = 24
"""Lines of one outcome's table; a questionnaire answered every day has hundreds."""
MOST_GROUPS = 24
MOST_PERIODS = 6
MOST_LINES = 20
"""Milestones, or reasons for leaving, of one period."""
MOST_DENOMINATORS = 4
"""Kinds of units that one table counts: people, and seldom one more."""
MOST_SERIOUS = 60
"""Terms of serious events; those that are watched for are kept besides."""
LONGEST = 800
"""Characters of one text."""
CUT = "…"
T = TypeVar("T")


def posted(section: shape.Results | None) -> PostedResults | None:
    """The results, or None where the registry has none."""
    if section is None:
        return None
    flow, more = section.participant_flow_module, section.more_info_module
    outcomes = [o for o in section.outcome_measures_module.outcome_measures if o.type in KEPT_OUTCOMES]
    outcomes.sort(key=lambda outcome: KEPT_OUTCOMES.index(outcome.type))
    agreement, person = more.certain_agreement, more.point_of_contact
    extension = f" ext. {person.phone_ext}" if person.phone_ext else ""
    everything = section.outcome_measures_module.outcome_measures
    return PostedResults(
        flow_groups=_groups(flow.groups),
        periods=tuple(_period(period) for period in flow.periods[:MOST_PERIODS]),
        recruitment=_cut(flow.recruitment_details),
        before_assignment=_cut(flow.pre_assignment_details),
        outcomes=tuple(_outcome(outcome) for outcome in outcomes[:MOST_OUTCOMES]),
        more_outcomes=len(everything) - min(len(outcomes), MOST_OUTCOMES),
        side_effects=_side_effects(section.adverse_events_module),
        limitations=_cut(more.limitations_and_caveats.description),
        contact=", ".join(filter(None, (person.title, person.organization))),
        contact_phone=person.phone + extension if person.phone else "",
        contact_email=person.email,
        may_be_held_back=agreement.restrictive_agreement,
        held_back=agreement.restriction_type,
        agreement=_cut(agreement.other_details),
    )


def _groups(groups: Iterable[shape.GroupJson]) -> tuple[Group, ...]:
    return tuple(Group(g.id, _cut(g.title), _cut(g.description)) for g in _few(groups, MOST_GROUPS))


def _period(period: shape.Period) -> FlowPeriod:
    return FlowPeriod(
        title=_cut(period.title),
        milestones=tuple(_line(m.type, m.achievements) for m in period.milestones[:MOST_LINES]),
        reasons=tuple(_line(d.type, d.reasons) for d in period.drop_withdraws[:MOST_LINES]),
    )


def _line(kind: str, counts: Iterable[shape.FlowCount]) -> FlowLine:
    kept = _few(counts, MOST_GROUPS)
    return FlowLine(_cut(kind), tuple(Counted(count.group_id, _cut(count.num_subjects)) for count in kept))


def _outcome(outcome: shape.OutcomeMeasure) -> OutcomeResult:
    rows = list(_rows(outcome.classes))
    return OutcomeResult(
        title=_cut(outcome.title),
        kind=outcome.type,
        posted=outcome.reporting_status != "NOT_POSTED",
        description=_cut(outcome.description),
        population=_cut(outcome.population_description),
        time_frame=_cut(outcome.time_frame),
        parameter=outcome.param_type,
        dispersion=_cut(outcome.dispersion_type),
        unit=_cut(outcome.unit_of_measure),
        units_counted=_cut(outcome.denom_units_selected or outcome.type_units_analyzed),
        groups=tuple(replace(group, description="") for group in _groups(outcome.groups)),
        denominators=_denominators(outcome.denoms),
        rows=tuple(rows[:MOST_ROWS]),
        more_rows=max(0, len(rows) - MOST_ROWS),
    )


def _rows(classes: Iterable[shape.MeasureClass]) -> Iterator[ResultRow]:
    """A line for each category of each class; a class without any is none."""
    for one in classes:
        denominators = _denominators(one.denoms)
        for category in one.categories:
            cells = _few(category.measurements, MOST_GROUPS)
            yield ResultRow(
                title=_cut(one.title),
                category=_cut(category.title),
                denominators=denominators,
                cells=tuple(_cell(cell) for cell in cells),
            )


def _cell(cell: shape.Measurement) -> Measured:
    """A text too long for a number ends in a mark that no number has."""
    texts = (cell.value, cell.spread, cell.lower_limit, cell.upper_limit, cell.comment)
    return Measured(cell.group_id, *map(_cut, texts))


def _denominators(denoms: Iterable[shape.Denom]) -> tuple[Denominator, ...]:
    return tuple(
        Denominator(
            _cut(denom.units),
            tuple(Counted(count.group_id, _cut(count.value)) for count in _few(denom.counts, MOST_GROUPS)),
        )
        for denom in _few(denoms, MOST_DENOMINATORS)
    )


def _side_effects(module: shape.AdverseEvents | None) -> SideEffects | None:
    if module is None:
        return None
    watched = [event for event in module.serious_events if kind_of(event.term)]
    further = [event for event in module.serious_events if not kind_of(event.term)]
    others = [event for event in module.other_events if kind_of(event.term)][:MOST_SERIOUS]
    return SideEffects(
        groups=tuple(_event_group(group) for group in _few(module.event_groups, MOST_GROUPS)),
        events=(
            *(_event(event, serious=True) for event in (*watched[:MOST_SERIOUS], *further[:MOST_SERIOUS])),
            *(_event(event, serious=False) for event in others),
        ),
        time_frame=_cut(module.time_frame),
        description=_cut(module.description),
        threshold=_cut(module.frequency_threshold),
        serious_terms=len(module.serious_events),
        other_terms=len(module.other_events),
    )


def _event_group(group: shape.EventGroupJson) -> EventGroup:
    return EventGroup(
        id=group.id,
        title=_cut(group.title),
        description=_cut(group.description),
        deaths=group.deaths_num_affected,
        deaths_of=group.deaths_num_at_risk,
        serious=group.serious_num_affected,
        serious_of=group.serious_num_at_risk,
        other=group.other_num_affected,
        other_of=group.other_num_at_risk,
    )


def _event(event: shape.AdverseEvent, *, serious: bool) -> SideEffect:
    stats = _few(event.stats, MOST_GROUPS)
    counts = tuple(EventCount(one.group_id, one.num_affected, one.num_at_risk) for one in stats)
    return SideEffect(_cut(event.term), serious, _cut(event.organ_system), counts)


def _few(items: Iterable[T], most: int) -> Iterator[T]:
    return islice(items, most)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST] + CUT
