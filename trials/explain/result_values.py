"""One cell of a registry's table of results, as far as it can be read without guessing. No database.

A share ("28 of 40") is shown only where the registry says that people were counted, gives both numbers
plainly and the first is not greater. Anything else stands as the registry writes it. Nothing is added up or
divided. A number belongs to the group whose id it bears, never to a place in a list.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from trials.results_record import Denominator, EventGroup, Group, Measured, OutcomeResult, ResultRow

COUNT, NUMBER = "COUNT_OF_PARTICIPANTS", "NUMBER"
PEOPLE = frozenset(
    ("participants", "participant", "patients", "subjects", "number of participants", "count of participants")
)
"""Units that say that people were counted, in small letters."""
NOT_AVAILABLE = "NA"
"""What the registry writes where a value cannot be worked out; a comment says why."""
_PLAIN = re.compile(r"[0-9]{1,9}")
_OWN_NUMBERS = re.compile(r"\bn\s*=\s*[0-9]", re.IGNORECASE)
"""A line that says how many were analysed in its own words: "Week 8 (n=12, 12, 13)"."""
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many; None is "not given"."""

    group: str
    count: int | None
    of: int | None

    @property
    def is_stated(self) -> bool:
        """Whether it can be read as a share: both numbers, of at least one person, and they fit together."""
        return self.count is not None and bool(self.of) and self.count <= (self.of or 0)

    @property
    def is_nobody(self) -> bool:
        """Whether the registry says that no one was looked at."""
        return self.of == 0 and not self.count


@dataclass(frozen=True, slots=True)
class Value:
    """What one group's cell says. `analysed` is the registry's text, "" where it is missing."""

    group: str
    cell: Measured
    share: Share | None = None
    analysed: str = ""
    units: str = ""

    @property
    def is_available(self) -> bool:
        return self.cell.value not in ("", NOT_AVAILABLE)

    @property
    def has_range(self) -> bool:
        return bool(self.cell.lower or self.cell.upper)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an outcome's table."""

    title: str
    category: str
    values: Sequence[Value]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One measurement with its table, ready to be shown."""

    stated: OutcomeResult
    lines: Sequence[Line]

    @property
    def is_short(self) -> bool:
        """Whether all its values can be read one after the other."""
        return sum(len(line.values) for line in self.lines) <= SHORT and not self.stated.more_rows

    @property
    def counts_people(self) -> bool:
        return counts_people(self.stated)


SHORT = 8


def outcome(stated: OutcomeResult) -> Outcome:
    """The table of one measurement; without lines where the registry has posted no numbers."""
    return Outcome(stated, [_line(stated, row) for row in stated.rows if row.cells])


def counts_people(stated: OutcomeResult) -> bool:
    """Whether its numbers are people: by the kind of number, or by its unit where that is a plain number."""
    if stated.parameter == COUNT:
        return True
    return stated.parameter == NUMBER and stated.unit.strip().casefold() in PEOPLE


def plain(written: str) -> int | None:
    """A whole number written plainly; None for "NA", "26,300" or "<5"."""
    return int(written) if _PLAIN.fullmatch(written) else None


def by_group(items: Iterable[Item], group_of: Callable[[Item], str]) -> dict[str, Item]:
    """Each group's item; none for a group that has several, since no one can say which holds."""
    found: dict[str, Item] = {}
    doubtful = set()
    for item in items:
        group = group_of(item)
        if group in found:
            doubtful.add(group)
        found[group] = item
    return {group: item for group, item in found.items() if group not in doubtful}


def name(group: Group | EventGroup) -> str:
    """The group's title, else its id in the registry."""
    return group.title or group.id


def _line(stated: OutcomeResult, row: ResultRow) -> Line:
    return Line(row.title, row.category, list(_values(stated, row)))


def _values(stated: OutcomeResult, row: ResultRow) -> Iterator[Value]:
    """One value for each group of the outcome, in their order."""
    cells = by_group(row.cells, lambda cell: cell.group)
    own = _OWN_NUMBERS.search(row.title) or _OWN_NUMBERS.search(row.category)
    general = () if own else stated.denominators
    counted = _denominator(row.denominators or general, stated)
    analysed = by_group(counted.counts, lambda count: count.group)
    people = counts_people(stated) and counted.units.strip().casefold() in PEOPLE
    for group in stated.groups:
        cell = cells.get(group.id, Measured(group.id))
        written = analysed[group.id].value if group.id in analysed else ""
        share = Share(name(group), plain(cell.value), plain(written))
        yield Value(
            group=name(group),
            cell=cell,
            share=share if people and share.is_stated else None,
            analysed=written,
            units=counted.units,
        )


def _denominator(stated: Sequence[Denominator], outcome: OutcomeResult) -> Denominator:
    """The people analysed, or what the table counts instead of people."""
    if counts_people(outcome) or not outcome.units_counted:
        people = (one for one in stated if one.units.strip().casefold() in PEOPLE)
        return next(people, Denominator())
    return next((one for one in stated if one.units == outcome.units_counted), Denominator())
