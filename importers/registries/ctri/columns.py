"""Tables inside a row: columns by heading, or pairs of label and value."""

import re
from collections.abc import Sequence

from importers.records import ParseError


def letters(text: str) -> str:
    """A heading by its letters and digits alone."""
    return re.sub(r"[^a-z0-9]", "", text.casefold())


def rows_under(
    number: str, label: str, rows: Sequence[Sequence[str]], columns: Sequence[str]
) -> list[tuple[str, ...]]:
    """The cells of these columns in every row below the heading row. Count rows and headings are left out.

    A column may be given as `a|b` where skins name it differently. No heading row is an error.
    """
    wanted = [column.split("|") for column in columns]
    for position, row in enumerate(rows):
        headings = [letters(cell) for cell in row]
        places = [next((headings.index(name) for name in names if name in headings), -1) for names in wanted]
        if -1 not in places:
            body = [*rows[:position], *rows[position + 1 :]]
            return [_picked(number, label, cells, places) for cells in body if len(cells) >= len(headings)]
    raise ParseError(number, label, f"no heading row: {list(rows[:2])}")


def _picked(number: str, label: str, cells: Sequence[str], places: Sequence[int]) -> tuple[str, ...]:
    if len(cells) <= max(places):
        raise ParseError(number, label, f"a row too short: {list(cells)}")
    return tuple(cells[place] for place in places)


def pairs(rows: Sequence[Sequence[str]]) -> dict[str, str]:
    """A table of label and value, by the label's letters."""
    return {letters(row[0]): row[1] for row in rows if len(row) > 1}
