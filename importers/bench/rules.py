"""`manage.py bench --explain`: how many records each rule decides, and how many of those a person confirmed.

The rule with the smallest confirmed share is the one to look at first. Nothing here tells how a single
study of the blind half was labelled.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from importers.bench.labels import NOT_SCORED, Row, labelled, records
from importers.classify import classify
from importers.records import Labels
from trials.choices import Role

AXES = ("role", "conditions", "targets", "cell_source")


@dataclass
class Tally:
    """What one rule decided: records, those a person labelled, and those the person labelled alike."""

    records: int = 0
    labelled: int = 0
    confirmed: int = 0


@dataclass
class Tallies:
    """Every rule of one axis."""

    axis: str
    rules: dict[str, Tally] = field(default_factory=dict)

    def add(self, given: Labels, row: Row | None) -> None:
        """Count one record under every rule that spoke on this axis."""
        spoken: dict[str, set[str]] = {}
        for evidence in given.evidence:
            if evidence.axis == self.axis:
                spoken.setdefault(evidence.rule, set()).add(evidence.label)
        for rule, labels in spoken.items():
            tally = self.rules.setdefault(rule, Tally())
            tally.records += 1
            if row and (wanted := _wanted(row, self.axis)) is not None:
                tally.labelled += 1
                tally.confirmed += labels <= wanted


def report(shared: Path) -> Iterator[str]:
    """A table for each axis, the rules that decide most records first."""
    for tallies in tally(shared):
        yield f"{tallies.axis}: records, labelled, confirmed"
        for rule, one in sorted(tallies.rules.items(), key=lambda item: -item[1].records):
            share = f"{one.confirmed / one.labelled:.3f}" if one.labelled else "-"
            yield f"    {rule:<34} {one.records:>5} {one.labelled:>4} {one.confirmed:>4}  {share}"
        yield ""


def tally(shared: Path) -> list[Tallies]:
    """The rules of every axis, over all records at hand."""
    rows = {row["id"]: row for row in labelled(shared)}
    tallies = [Tallies(axis) for axis in AXES]
    for study, record in records(shared).items():
        given = classify(record)
        for one in tallies:
            one.add(given, rows.get(study))
    return tallies


def _wanted(row: Row, axis: str) -> set[str] | None:
    """What a person said on this axis, or None where nothing is to be scored."""
    said = row[axis]
    if said == NOT_SCORED or (axis != "role" and (row["role"] == Role.NOT_CAR_T or not said)):
        return None
    return set(said.split("|"))
