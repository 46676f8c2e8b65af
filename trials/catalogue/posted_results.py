"""The main numbers of posted results for other programs: who took part, and the main measurements.

All are the registry's own text; nothing is computed. Side effects and further measurements are in the
registry's record.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from trials.explain.results import COMPLETED, PRIMARY, STARTED
from trials.record import StoredRecord
from trials.results_record import FlowPeriod, OutcomeResult, PostedResults


def results_of(record: StoredRecord) -> dict[str, Any]:
    """The day they were posted, participants by group and period, and the main measurements."""
    posted = record.results or PostedResults()
    groups = {group.id: group.title for group in posted.flow_groups}
    return {
        "posted": record.results_posted,
        "participants": [row for period in posted.periods for row in _participants(period, groups)],
        "main_outcomes": [_outcome(one) for one in posted.outcomes if one.kind == PRIMARY and one.posted],
        "limitations": posted.limitations,
    }


def _participants(period: FlowPeriod, groups: Mapping[str, str]) -> Iterator[dict[str, str]]:
    counts: dict[str, dict[str, str]] = {}
    for line in period.milestones:
        if line.kind in (STARTED, COMPLETED):
            for counted in line.counts:
                counts.setdefault(counted.group, {})[line.kind] = counted.value
    for group, reached in counts.items():
        yield {
            "period": period.title,
            "group": groups.get(group, ""),
            "started": reached.get(STARTED, ""),
            "completed": reached.get(COMPLETED, ""),
        }


def _outcome(stated: OutcomeResult) -> dict[str, Any]:
    groups = {group.id: group.title for group in stated.groups}
    return {
        "title": stated.title,
        "time_frame": stated.time_frame,
        "parameter": stated.parameter,
        "unit": stated.unit,
        "values": [
            {
                "group": groups.get(cell.group, ""),
                "row": row.title,
                "category": row.category,
                "value": cell.value,
                "spread": cell.spread,
                "lower": cell.lower,
                "upper": cell.upper,
            }
            for row in stated.rows
            for cell in row.cells
        ],
    }
