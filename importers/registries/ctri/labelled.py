"""Rows that begin with a label, and what stands beside it: in a page's own table and in those inside."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from importers.registries.ctri.markup import Markup, MarkupRow


def letters(text: str) -> str:
    """A label or heading by its letters and digits alone."""
    return re.sub(r"[^a-z0-9]", "", text.casefold()).removesuffix("modifications")


Labelled: TypeAlias = tuple[int, MarkupRow, str]
"""The place of a row among the rows looked at, the row, and the label's name."""


@dataclass(slots=True, eq=False)
class Found:
    """A label's row. `position` is its place among the rows looked at, `next` that of the next label's."""

    row: MarkupRow
    position: int
    next: int
    end: int  # where the next label's row begins, in the page's text


def find_labels(
    markup: Markup,
    rows: Sequence[MarkupRow],
    names: Mapping[str, str],
    end: int,
    conflict: Callable[[str, str], None],
) -> dict[str, Found]:
    """The rows that begin with a label, in the page's order.

    A label inside another's value counts only where that one's table was left open: where the label
    stands nowhere else and comes later in a record. One given twice with different values is left out.
    """
    labelled = [
        (position, row, name)
        for position, row in enumerate(rows)
        if row.cells and (name := names.get(letters(markup.own_text(row.cells[0]))))
    ]
    plain = {id(row): name for _, row, name in _outside(labelled)}
    if len(plain) < len(labelled):
        plain = _with_swallowed(rows, labelled, plain, list(dict.fromkeys(names.values())))
    chosen = [(position, row, name) for position, row, name in labelled if id(row) in plain]
    stops = [*((position, row.start) for position, row, _ in chosen), (len(rows), end)][1:]
    found: dict[str, Found] = {}
    doubtful: set[str] = set()
    for (position, row, name), (following, start) in zip(chosen, stops, strict=True):
        here = Found(row, position, following, start)
        if name in found and (value := value_of(markup, rows, here)) != value_of(markup, rows, found[name]):
            conflict(name, value)
            doubtful.add(name)
        found.setdefault(name, here)
    return {name: here for name, here in found.items() if name not in doubtful}


def _outside(labelled: Sequence[Labelled]) -> Iterator[Labelled]:
    """The labels that stand inside no other's row."""
    end = 0
    for position, row, name in labelled:
        if row.start >= end:
            end = row.end
            yield position, row, name


def _with_swallowed(
    rows: Sequence[MarkupRow], labelled: Sequence[Labelled], plain: Mapping[int, str], order: Sequence[str]
) -> dict[int, str]:
    """The labels outside, and those that an open table before them has taken in, with their values."""
    names = set(plain.values())
    chosen: dict[int, str] = {}
    before = -1
    for position, row, name in labelled:
        place = order.index(name)
        value_follows = len(row.cells) > 1 or _is_alone(rows[position + 1 : position + 2], row.depth)
        if id(row) in plain or (name not in names and value_follows and place > before):
            chosen[id(row)] = name
            before = place
    return chosen


def _is_alone(rows: Sequence[MarkupRow], depth: int) -> bool:
    return any(len(row.cells) == 1 and row.depth == depth for row in rows)


def value_of(markup: Markup, rows: Sequence[MarkupRow], found: Found) -> str:
    """What stands beside a label, below it in a split row, and after a cell closed too early."""
    label, *cells = found.row.cells
    parts = [markup.text(label.own, min(label.end, found.end))]
    parts += [markup.text(cell.start, min(cell.end, found.end)) for cell in cells]
    if found.end < len(markup.texts):
        following = rows[found.position + 1].start if found.next > found.position + 1 else found.end
        parts.append(markup.text(found.row.end, following))
    for row in rows[found.position + 1 : found.next]:
        if row.depth != found.row.depth or row.start < found.row.end or not row.cells:
            continue
        first, *others = (markup.text(cell.start, min(cell.end, found.end)) for cell in row.cells)
        if others and not first:
            parts += others
        elif not others and len(found.row.cells) == 1 and not any(parts):
            parts.append(first)
    return "\n".join(part for part in parts if part)
