"""Rows as CSV that a spreadsheet opens: UTF-8 behind its mark, and no cell that it would calculate."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

MARK = "\ufeff"
"""Spreadsheets read UTF-8 only behind it."""
_CALCULATED = tuple("=+-@\t\r\n＝＋－＠")
"""A cell that begins so is a formula to one spreadsheet or another."""


def as_csv(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The rows line by line, the first behind the mark."""
    line = io.StringIO()
    writer = csv.writer(line)
    line.write(MARK)
    for row in rows:
        writer.writerow(map(inert, row))
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def inert(text: str) -> str:
    """The text as no spreadsheet calculates it: behind an apostrophe where it looks like a formula."""
    return f"'{text}" if text.startswith(_CALCULATED) or text.strip().startswith(_CALCULATED) else text
