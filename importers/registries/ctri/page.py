"""A CTRI page as rows of label and value, or why it is no record.

Rows are found by label, never by position or depth: the site has two skins, unclosed tags, tables inside
tables, stray tables and records with rows missing.
"""

import codecs
import re
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import TypeVar

from importers.records import ParseError
from importers.registries.ctri.labelled import find_labels, letters, value_of
from importers.registries.ctri.labels import LABELS, REQUIRED, STRICT
from importers.registries.ctri.markup import Markup, MarkupCell, MarkupRow
from importers.text.cleaning import storable
from trials.record import Notice

Meaning = TypeVar("Meaning")

_NUMBER = r"CTRI/\d{4}/\d{2,3}/\d{6}(?!\d)"
_NUMBER_ROW = re.compile(
    rb"CTRI(?:\s|&nbsp;|\xc2?\xa0|<br\s*/?>)*Number.{0,400}?(" + _NUMBER.encode() + rb")", re.S | re.I
)
_MARKUP = re.compile(r"<(?:html|body|table|td|script|meta)\b", re.IGNORECASE)
_COMPLETE_END = re.compile(r"(?:</(?:table|form|center|div|body|html|script)\s*>|-->)\s*$", re.IGNORECASE)
_ANY_END = re.compile(r"</\w+\s*>\s*$")
_LONGEST_LABEL = 200

ANSWERS = (
    ("invalid id", re.compile(r"Invalid Request|message\.php\?id=invalid", re.IGNORECASE)),
    ("login", re.compile(r"login\.php", re.IGNORECASE)),
    ("security code", re.compile(r"Security Code", re.IGNORECASE)),
)
"""Pages CTRI answers instead of a record, by what they hold."""


class RecordPage:
    """A complete record page: its CTRI number and its rows by label."""

    def __init__(self, raw: bytes) -> None:
        """Raises `ParseError` whose field says what the page is instead of a record."""
        self.text = decode(raw)
        self.markup = Markup(self.text)
        self.notices: list[Notice] = []
        self.number = ""
        self._found = find_labels(
            self.markup, self.markup.rows, LABELS, len(self.markup.texts), self._conflict
        )
        self._regions: dict[str, list[MarkupRow]] = {}
        self.number = self._number()
        self._check_complete()
        self._note_unknown_labels()

    def __contains__(self, label: str) -> bool:
        return label in self._found

    def note(self, field: str, value: str) -> None:
        """Report something that is not taken."""
        self.notices.append(Notice(field, value[:500]))

    def take(self, read: Callable[[], Meaning], otherwise: Meaning) -> Meaning:
        """What `read` makes of the page; where it cannot, a notice and `otherwise`."""
        try:
            return read()
        except ParseError as error:
            self.note(error.field, error.value)
            return otherwise

    def value(self, label: str) -> str:
        """Text of a row, lines kept; "" where the row is absent."""
        found = self._found.get(label)
        return value_of(self.markup, self.markup.rows, found) if found else ""

    def rows(self, label: str) -> list[MarkupRow]:
        """Every row, of whatever table, between this label and the next; [] where the label is absent."""
        if label not in self._regions:
            found = self._found.get(label)
            self._regions[label] = self.markup.rows[found.position + 1 : found.next] if found else []
        return self._regions[label]

    def end(self, label: str) -> int:
        """Where the next label begins, in the page's text."""
        found = self._found.get(label)
        return found.end if found else 0

    def region_text(self, label: str) -> str:
        """Everything written between this label and the next that is not one of the words for nothing."""
        found = self._found.get(label)
        if not found:
            return ""
        end = min(found.end, found.row.end) if found.next == found.position + 1 else found.end
        return self.markup.text(found.row.cells[0].own, end)

    def cell_text(self, cell: MarkupCell, stop: int | None = None) -> str:
        """The text of a cell, but nothing from `stop` on."""
        return self.markup.text(cell.start, cell.end if stop is None else min(cell.end, stop))

    def own_texts(self, row: MarkupRow) -> list[str]:
        """The text of every cell before any table inside it."""
        return [self.markup.own_text(cell) for cell in row.cells]

    def pairs(self, label: str, keys: Mapping[str, str]) -> dict[str, str]:
        """A table of label and value below a label. A key given twice with different values is noted."""
        rows = self.rows(label)
        inner = find_labels(self.markup, rows, keys, self.end(label), self.note)
        return {key: value_of(self.markup, rows, found) for key, found in inner.items()}

    def _conflict(self, label: str, value: str) -> None:
        if label in STRICT:
            raise ParseError("", label, f"given twice with different values: {value}")
        self.note(label, f"given twice with different values: {value}")

    def _number(self) -> str:
        if "CTRI Number" not in self:
            raise ParseError("", *_not_a_record(self.text))
        value = self.value("CTRI Number")
        found = re.match(_NUMBER, value)
        if not found:
            raise ParseError("", "CTRI Number", value)
        return found[0]

    def _check_complete(self) -> None:
        """A page cut off half-way must not replace a whole one."""
        last = list(self._found)[-1]
        ended = _COMPLETE_END.search(self.text) or (last == "Brief Summary" and _ANY_END.search(self.text))
        statuses = [label for label in self._found if label.startswith("Recruitment Status")]
        if not ended or not statuses:
            raise ParseError(self.number, "truncated", f"ends after {last!r}: {self.text[-100:]}")
        missing = [label for label in (*REQUIRED, *STRICT) if label not in self]
        hidden = letters(" ".join(self.markup.comments)) if missing else ""
        for label in missing:
            if label == "Sites of Study" or letters(label) in hidden:
                raise ParseError(self.number, label, "row missing")
            self.note(label, "row missing")

    def _note_unknown_labels(self) -> None:
        """Name the rows of the record's own table whose label is none we know."""
        known = {id(found.row) for found in self._found.values()}
        depth = self._found["CTRI Number"].row.depth
        positions = [found.position for found in self._found.values()]
        end = 0
        for row in self.markup.rows[min(positions) : max(positions)]:
            if id(row) in known:
                end = row.end
            if row.start < end or row.depth != depth or len(row.cells) != 2:
                continue
            label = self.markup.own_text(row.cells[0])
            if letters(label).startswith("recruitmentstatus"):
                raise ParseError(self.number, label, self.cell_text(row.cells[1]))
            if letters(label) and letters(label) not in LABELS and len(label) <= _LONGEST_LABEL:
                self.note(label, self.cell_text(row.cells[1]))


def identify(raw: bytes) -> str:
    """The CTRI number a page shows, cheaply where its label is plain text; "" where it shows none."""
    if found := _NUMBER_ROW.search(raw):
        return found[1].decode()
    try:
        return RecordPage(raw).number
    except ParseError as error:
        return error.registry_id


def fingerprint(raw: bytes) -> str:
    """SHA-256 of the visible text; markup, scripts, comments and link targets are left out."""
    try:
        markup = Markup(decode(raw))
        text = " ".join(markup.text(0, len(markup.texts)).split())
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
    text = storable(text)
    if not _MARKUP.search(text):
        raise ParseError("", "not html", text[:200])
    return text


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("cp1252", _as_cp1252)


def _not_a_record(text: str) -> tuple[str, str]:
    """Which of CTRI's other answers this is."""
    for answer, sign in ANSWERS:
        if found := sign.search(text):
            return answer, found[0]
    if not _COMPLETE_END.search(text):
        return "truncated", text[-100:]
    return "CTRI Number", "no such row"
