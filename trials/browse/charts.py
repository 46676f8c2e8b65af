"""Bar charts and column charts as numbers a template can draw: shares of the widest bar, in per cent.

Every chart is its own table: each bar stands beside its name and its number.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

COLUMN_GAP = 0.2
"""The part of a column's place that is left empty."""

LEAST = 2.0
"""Per cent of the widest bar: less is not seen on a phone."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: its name, its number, how many of it are in India, and a list it leads to ("" for none)."""

    label: str
    count: int
    in_india: int
    link: str
    percent: float  # of the widest bar; never so little that nothing is seen
    india_percent: float


def bars(rows: Iterable[tuple[str, int, int, str]]) -> list[Bar]:
    """Rows of (label, count, of them in India, link) as bars, in the order given; empty ones left out."""
    kept = [row for row in rows if row[1]]
    widest = max((count for _, count, _, _ in kept), default=1)
    return [
        Bar(label, count, india, link, _share(count, widest), _share(india, widest))
        for label, count, india, link in kept
    ]


@dataclass(frozen=True, slots=True)
class Column:
    """One year's column. Places are per cent of the drawing's width, heights of its height."""

    year: int
    count: int
    left: float
    width: float
    height: float
    labelled: bool  # whether the year is written below it

    @property
    def middle(self) -> float:
        return round(self.left + self.width / 2, 2)

    @property
    def top(self) -> float:
        return round(100 - self.height, 2)


def columns(counts: Sequence[tuple[int, int]], every: int = 5) -> list[Column]:
    """Pairs of (year, count) as columns; years between them without any are drawn as gaps.

    A year is written below every `every`-th column, and below the last where there is room.
    """
    if not counts:
        return []
    by_year = dict(counts)
    first, last = min(by_year), max(by_year)
    place, highest = 100 / (last - first + 1), max(by_year.values())
    return [
        Column(
            year,
            by_year.get(year, 0),
            left=round((year - first + COLUMN_GAP / 2) * place, 2),
            width=round(place * (1 - COLUMN_GAP), 2),
            height=_share(by_year.get(year, 0), highest),
            labelled=year % every == 0,
        )
        for year in range(first, last + 1)
    ]


def _share(count: int, widest: int) -> float:
    return max(round(100 * count / widest, 2), LEAST) if count else 0.0
