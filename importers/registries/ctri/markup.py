"""The markup of a CTRI page as rows of cells, however its tags are closed.

Every `<td>` begins a cell and every `<tr>` a row of the innermost open table, as browsers read them; other
tags change nothing but line ends. A general HTML tree loses cells where a page does not close its tags.
"""

import html
import re
from dataclasses import dataclass, field

from importers.text.cleaning import clean, mend

_COMMENT = re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)
_TAG = re.compile(
    r"<(?:(/?)([a-zA-Z][a-zA-Z0-9:]*)"
    r"((?>(?:[\s/\"'](?>=\s*\"[^\"<]*\"|=\s*'[^'<]*'|[^<>])*)?)(?=>)|(?:[\s/\"'][^<>]*)?)|[!?][^<>]*)>"
)
"""A tag and its attributes; a ">" counts as theirs between quotes, unless those are never closed."""
_HISTORY = "pviewmod.php"
_TABLES = frozenset(("table", "tr", "td", "th"))
_UNSEEN = frozenset(("script", "style", "select", "xml"))
_LINE_TAGS = """
    br p div li ul ol dl dt dd h1 h2 h3 h4 h5 h6 hr table tr td th caption thead tbody tfoot center
    pre
"""
_OTHER_TAGS = """
    html head body title meta link base form input textarea option label button fieldset legend
    iframe img map area object param embed noscript col colgroup a abbr acronym address b basefont
    bdo big blink blockquote cite code del dfn em font i ins kbd marquee nobr q s samp small span
    strike strong sub sup tt u var wbr section article header footer nav main figure figcaption mark
"""
_LINES = frozenset(_LINE_TAGS.split())
_KNOWN = _LINES | _UNSEEN | frozenset(_OTHER_TAGS.split())
"""Other words between "<" and ">" are text: "WBC <normal and platelets >100"."""


@dataclass(slots=True, eq=False)
class MarkupCell:
    """A cell by its places in `Markup.texts`: `own` is where its first inner table begins, or its end."""

    start: int
    own: int = -1
    end: int = -1


@dataclass(slots=True, eq=False)
class MarkupRow:
    """A row of a table `depth` tables deep."""

    depth: int
    start: int
    cells: list[MarkupCell] = field(default_factory=list)

    @property
    def end(self) -> int:
        return self.cells[-1].end if self.cells else self.start


@dataclass(slots=True)
class _Open:
    """The open row and cell of one open table."""

    row: MarkupRow | None = None
    cell: MarkupCell | None = None


class Markup:
    """A page's visible text in pieces, and its rows in the page's order."""

    def __init__(self, page: str) -> None:
        self.texts: list[str] = []
        self.rows: list[MarkupRow] = []
        self.comments = _COMMENT.findall(page)
        self._open = [_Open()]
        self._endless: set[str] = set()
        self._read(_COMMENT.sub("", page))
        while self._open:
            self._close_cell()
            self._open.pop()

    def text(self, start: int, end: int) -> str:
        """Visible text, a line a `<br>` or block, spaces folded."""
        text = clean("".join(self.texts[start:end])).replace("\xa0", " ")
        lines = (" ".join(line.split()) for line in re.split(r"[\r\n]+", text))
        return "\n".join(line for line in lines if line)

    def own_text(self, cell: MarkupCell) -> str:
        """The text of a cell before any table inside it."""
        return self.text(cell.start, cell.own)

    def _read(self, page: str) -> None:
        at = 0
        history = False
        for tag in _TAG.finditer(page):
            name = (tag[2] or "").casefold()
            if tag.start() < at or (name and name not in _KNOWN and ":" not in name):
                continue
            self._add_text(page[at : tag.start()], history)
            if name == "a" or name in _TABLES:
                history = name == "a" and _HISTORY in tag[3]
            at = tag.end()
            if name in _UNSEEN and not tag[1]:
                at = self._after(page, name, at)
            if name in _LINES:
                self._begin_line(name, closing=bool(tag[1]))
        self._add_text(page[at:], history)

    def _add_text(self, text: str, history: bool) -> None:
        if not text:
            return
        text = mend(html.unescape(text) if "&" in text else text)
        if not (history and text.strip().casefold() == "modification(s)"):
            self.texts.append(text)

    def _begin_line(self, name: str, *, closing: bool) -> None:
        self.texts.append("\n")
        if name not in _TABLES:
            return
        if name == "table":
            self._close_table() if closing else self._open_table()
        elif name == "tr":
            self._close_cell()
            self._open[-1].row = None if closing else self._new_row()
        elif not closing:
            self._open_cell()

    def _open_table(self) -> None:
        cell = self._open[-1].cell
        if cell and cell.own < 0:
            cell.own = len(self.texts)
        self._open.append(_Open())

    def _close_table(self) -> None:
        self._close_cell()
        if len(self._open) > 1:
            self._open.pop()

    def _new_row(self) -> MarkupRow:
        row = MarkupRow(len(self._open), len(self.texts))
        self.rows.append(row)
        return row

    def _open_cell(self) -> None:
        self._close_cell()
        table = self._open[-1]
        table.row = table.row or self._new_row()
        table.cell = MarkupCell(len(self.texts))
        table.row.cells.append(table.cell)

    def _close_cell(self) -> None:
        cell = self._open[-1].cell
        if cell:
            cell.end = len(self.texts)
            cell.own = cell.end if cell.own < 0 else cell.own
            self._open[-1].cell = None

    def _after(self, page: str, name: str, at: int) -> int:
        """Where the text of a script ends. Without an end it takes the rest of the page; others, nothing."""
        if name in self._endless:
            return at
        end = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(page, at)
        if end:
            return end.end()
        self._endless.add(name)
        return len(page) if name in ("script", "style") else at
