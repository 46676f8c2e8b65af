"""A CTRI page as rows of label and value, or why it is no record.

Rows are found by label, never by position: the site has two skins, unclosed tags, stray tables and
records with rows missing. Only direct-child cells count.
"""

import codecs
import re
from collections.abc import Iterator
from hashlib import sha256
from typing import TypeAlias

from lxml import etree, html

from importers.records import ParseError
from importers.registries.ctri.labels import LABELS, REQUIRED
from importers.text import clean

Cell: TypeAlias = etree._Element

_NUMBER = r"CTRI/\d{4}/\d{2,3}/\d{6}(?!\d)"
_NUMBER_ROW = re.compile(
    rb"CTRI(?:\s|&nbsp;|\xc2?\xa0|<br\s*/?>)*Number.{0,400}?(" + _NUMBER.encode() + rb")", re.S | re.I
)
_BARE_LESS_THAN = re.compile(r"<(?![a-zA-Z/!?])")
_MARKUP = re.compile(r"<(?:html|body|table|td|script|meta)\b", re.IGNORECASE)
_COMPLETE_END = re.compile(r"(?:</(?:table|form|center|div|body|html|script)\s*>|-->)\s*$", re.IGNORECASE)
_ANY_END = re.compile(r"</\w+\s*>\s*$")

_UNSEEN = ("script", "style", "input", "select")
_LINE_ENDS = ("br", "tr", "p", "div", "li", "table", "td", "th")

ANSWERS = (
    ("invalid id", re.compile(r"Invalid Request|message\.php\?id=invalid", re.IGNORECASE)),
    ("login", re.compile(r"login\.php", re.IGNORECASE)),
    ("security code", re.compile(r"Security Code", re.IGNORECASE)),
)
"""Pages CTRI answers instead of a record, by what they hold."""


class Page:
    """A complete record page: its CTRI number and its rows by label."""

    def __init__(self, raw: bytes) -> None:
        """Raises `ParseError` whose field says what the page is instead of a record."""
        self.text = decode(raw)
        document = _document(self.text)
        self._cells = _label_rows(document)
        self.number = self._number()
        self._check_complete()

    def __contains__(self, label: str) -> bool:
        return label in self._cells

    def value(self, label: str) -> str:
        """Text of a row, lines kept; "" where the row is absent."""
        cell = self._cells.get(label)
        return cell_text(cell) if cell is not None else ""

    def table(self, label: str) -> list[list[str]]:
        """The rows of the table inside a row; [] where the row is absent.

        Raises `ParseError` for a row that has lost its table.
        """
        cell = self._cells.get(label)
        if cell is None:
            return []
        table = cell.find(".//table")
        if table is None:
            raise ParseError(self.number, label, cell_text(cell) or "no table")
        return [[cell_text(child) for child in _cells(row)] for row in _rows(table)]

    def _number(self) -> str:
        cell = self._cells.get("CTRI Number")
        if cell is None:
            raise ParseError("", *_not_a_record(self.text))
        found = re.match(_NUMBER, cell_text(cell))
        if not found:
            raise ParseError("", "CTRI Number", cell_text(cell))
        return found[0]

    def _check_complete(self) -> None:
        """A page cut off half-way must not replace a whole one."""
        last = list(self._cells)[-1]
        ended = _COMPLETE_END.search(self.text) or (last == "Brief Summary" and _ANY_END.search(self.text))
        statuses = [label for label in self._cells if label.startswith("Recruitment Status")]
        if not ended or not statuses:
            raise ParseError(self.number, "truncated", f"ends after {last!r}: {self.text[-100:]}")
        for label in REQUIRED:
            if label not in self._cells:
                raise ParseError(self.number, label, "row missing")


def identify(raw: bytes) -> str:
    """The CTRI number a page shows, cheaply; "" where it shows none."""
    found = _NUMBER_ROW.search(raw)
    return found[1].decode() if found else ""


def fingerprint(raw: bytes) -> str:
    """SHA-256 of the visible text; markup, scripts, comments and link targets are left out."""
    try:
        text = " ".join(cell_text(_document(decode(raw))).split())
    except ParseError:
        return sha256(raw).hexdigest()
    return sha256(text.encode()).hexdigest()


def decode(raw: bytes) -> str:
    """The page's characters: UTF-8, and what is not UTF-8 as cp1252.

    Pages declare one and send the other, or mix both. Raises `ParseError` for what is no HTML.
    """
    if not raw.strip():
        raise ParseError("", "empty", "")
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = raw.decode("utf-16", "replace")
    else:
        text = raw.removeprefix(codecs.BOM_UTF8).decode("utf-8", "cp1252")
    text = clean(text)
    if not _MARKUP.search(text):
        raise ParseError("", "not html", text[:200])
    return text


def cell_text(cell: Cell) -> str:
    """Text of a cell: a line a `<br>`, spaces folded, without scripts and "Modification(s)" links."""
    text = clean("".join(_texts(cell))).replace("\xa0", " ")
    lines = (" ".join(line.split()) for line in re.split(r"[\r\n]+", text))
    return "\n".join(line for line in lines if line)


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("cp1252", _as_cp1252)


def _document(text: str) -> Cell:
    """The page as a tree. A bare "<" before a number is text ("ejection fraction < 45")."""
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True)
    try:
        return html.document_fromstring(_BARE_LESS_THAN.sub("&lt;", text).encode(), parser=parser)
    except etree.ParserError as error:
        raise ParseError("", "empty", str(error)) from error


def _label_rows(document: Cell) -> dict[str, Cell]:
    """Value cells by label, in the page's order; rows inside another row's value do not count."""
    found: dict[str, Cell] = {}
    for row in document.iter("tr"):
        cells = _cells(row)
        label = LABELS.get(_letters(cells[0])) if len(cells) > 1 else None
        if label is None or any(ancestor in found.values() for ancestor in row.iterancestors("td")):
            continue
        if label in found and cell_text(found[label]) != cell_text(cells[1]):
            raise ParseError("", label, "given twice with different values")
        found.setdefault(label, cells[1])
    return found


def _letters(cell: Cell) -> str:
    return re.sub(r"[^a-z0-9]", "", cell_text(cell).casefold()).removesuffix("modifications")


def _cells(row: Cell) -> list[Cell]:
    return [child for child in row if child.tag in ("td", "th")]


def _rows(table: Cell) -> Iterator[Cell]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("tbody", "thead"):
            yield from (row for row in child if row.tag == "tr")


def _texts(cell: Cell) -> Iterator[str]:
    """Text in the page's order. Without recursion: a hostile page may nest as deep as it likes."""
    walk = etree.iterwalk(cell, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            if element.tag in _UNSEEN or _is_history_link(element):
                walk.skip_subtree()
            else:
                yield element.text or ""
            continue
        if element.tag in _LINE_ENDS:
            yield "\n"
        if element is not cell:
            yield element.tail or ""


def _is_history_link(element: Cell) -> bool:
    return element.tag == "a" and "pviewmod.php" in (element.get("href") or "")


def _not_a_record(text: str) -> tuple[str, str]:
    """Which of CTRI's other answers this is."""
    for answer, sign in ANSWERS:
        if found := sign.search(text):
            return answer, found[0]
    if not _COMPLETE_END.search(text):
        return "truncated", text[-100:]
    return "CTRI Number", "no such row"
