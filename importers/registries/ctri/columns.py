"""Tables inside a row: columns by heading, or pairs of label and value, wherever they sit."""

import re
from collections.abc import Iterator, Sequence

from importers.records import ParseError
from importers.registries.ctri.labelled import letters
from importers.registries.ctri.markup import MarkupRow
from importers.registries.ctri.page import RecordPage
from importers.registries.ctri.words import something

_COUNT_ROW = re.compile(r"\s*No\.?\s*of\b[^=]*=?\s*\d*\s*", re.IGNORECASE)
"""A row of its own that announces how many rows there are: "No of Sites = 3"."""


def rows_under(
    page: RecordPage, label: str, columns: Sequence[str], *, strict: bool = False
) -> list[tuple[str, ...]]:
    """The cells of these columns in every row of the list table that has them as its headings.

    A column may be given as `a|b` where skins name it differently. A label without such a table is a
    `ParseError`, but not one that says "NIL". A row with too many or too few cells is noted, and an error
    if `strict`.
    """
    found = _headings(page, label, columns)
    if found is None:
        text = page.region_text(label)
        if label not in page or (text and not something(text)):
            return []
        raise ParseError(page.number, label, f"no heading row: {text}" if text else "no table")
    heading, names, places = found
    picked, odd = [], []
    for cells in _bodies(page, label, heading, len(names)):
        if len(cells) != len(names):
            odd.append(cells)
        elif [letters(cell) for cell in cells] != names and any(cells):
            picked.append(tuple(cells[place] for place in places))
    for cells in odd:
        if strict:
            raise ParseError(page.number, label, f"a row without its {len(names)} cells: {cells}")
        page.note(label, f"a row without its {len(names)} cells: {cells}")
    return picked


def has_column(page: RecordPage, label: str, column: str) -> bool:
    """Whether any row of a list table has a cell with these letters."""
    return any(letters(cell) == column for row in page.rows(label) for cell in page.own_texts(row))


def pairs(page: RecordPage, label: str, keys: Sequence[str]) -> dict[str, str]:
    """A table of label and value, by the label's letters. `keys` in the page's order."""
    return page.pairs(label, {key: key for key in keys})


def leaves(page: RecordPage, label: str) -> list[str]:
    """The first cell of every row without a table inside: for lists that have no heading."""
    rows = [row for row in page.rows(label) if row.cells]
    return [page.cell_text(row.cells[0]) for row in rows if all(cell.own == cell.end for cell in row.cells)]


def _headings(
    page: RecordPage, label: str, columns: Sequence[str]
) -> tuple[list[MarkupRow], list[str], list[int]] | None:
    """The rows of the headings, more than one where it was split; their letters; where the columns are."""
    wanted = [column.split("|") for column in columns]
    rows = page.rows(label)
    written = [[letters(cell) for cell in page.own_texts(row)] for row in rows]
    for count in range(1, len(columns) + 1):
        for first in range(len(rows) - count + 1):
            names = [name for cells in written[first : first + count] for name in cells]
            while names and not names[-1]:
                names.pop()
            places = [next((names.index(name) for name in choice if name in names), -1) for choice in wanted]
            if -1 not in places:
                return rows[first : first + count], names, places
    return None


def _bodies(page: RecordPage, label: str, headings: Sequence[MarkupRow], width: int) -> Iterator[list[str]]:
    """Rows of `width` cells. Rows that only wrap a table are looked into; split rows are put together."""
    end = page.end(label)
    taken = depth = 0
    parts: list[str] = []
    for row in page.rows(label):
        if row in headings or row.start < taken or not row.cells or row.depth < headings[0].depth:
            continue
        if _wraps(page, row, width):
            continue
        cells = [page.cell_text(cell, end) for cell in row.cells]
        taken = min(row.end, end)
        while len(cells) > width and not cells[-1]:
            cells.pop()
        if not any(cells) or (len(cells) == 1 < width and _COUNT_ROW.fullmatch(cells[0])):
            continue
        if parts and (row.depth != depth or len(parts) + len(cells) > width):
            yield parts
            parts = []
        if len(cells) % width == 0:
            yield from (cells[at : at + width] for at in range(0, len(cells), width))
            continue
        parts, depth = [*parts, *cells], row.depth
        if len(parts) >= width:
            yield parts
            parts = []
    if parts:
        yield parts


def _wraps(page: RecordPage, row: MarkupRow, width: int) -> bool:
    """Whether a row has too few cells, or the one of a list of one column, and only holds a table."""
    inner = any(cell.own < cell.end for cell in row.cells)
    return inner and (len(row.cells) < width or len(row.cells) == 1) and not any(page.own_texts(row))
