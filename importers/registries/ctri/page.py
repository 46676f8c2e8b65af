"""A CTRI page as rows of label and value, or why it is no record.

Rows are found by label, never by position or depth: the site has two skins, unclosed tags, tables inside
tables, stray tables and records with rows missing.
"""

import codecs
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeVar

from importers.records import Notice, ParseError
from importers.registries.ctri.labels import LABELS, REQUIRED, STRICT
from importers.registries.ctri.markup import Cell, Markup, Row
from importers.text import clean

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


def letters(text: str) -> str:
    """A label or heading by its letters and digits alone."""
    return re.sub(r"[^a-z0-9]", "", text.casefold()).removesuffix("modifications")


@dataclass(slots=True, eq=False)
class Found:
    """A label's row. `position` is its place among the rows looked at, `next` that of the next label's."""

    row: Row
    position: int
    next: int
    end: int  # where the next label's row begins, in the page's text


class Page:
    """A complete record page: its CTRI number and its rows by label."""

    def __init__(self, raw: bytes) -> None:
        """Raises `ParseError` whose field says what the page is instead of a record."""
        self.text = decode(raw)
        self.markup = Markup(self.text)
        self.notices: list[Notice] = []
        self.number = ""
        self._found = _labels(self.markup, self.markup.rows, LABELS, len(self.markup.texts), self._conflict)
        self._regions: dict[str, list[Row]] = {}
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
        return _value(self.markup, self.markup.rows, found) if found else ""

    def rows(self, label: str) -> list[Row]:
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

    def cell_text(self, cell: Cell, stop: int | None = None) -> str:
        """The text of a cell, but nothing from `stop` on."""
        return self.markup.text(cell.start, cell.end if stop is None else min(cell.end, stop))

    def own_texts(self, row: Row) -> list[str]:
        """The text of every cell before any table inside it."""
        return [self.markup.own_text(cell) for cell in row.cells]

    def pairs(self, label: str, keys: Mapping[str, str]) -> dict[str, str]:
        """A table of label and value below a label. A key given twice with different values is noted."""
        rows = self.rows(label)
        inner = _labels(self.markup, rows, keys, self.end(label), self.note)
        return {key: _value(self.markup, rows, found) for key, found in inner.items()}

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
        return Page(raw).number
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
    text = clean(text)
    if not _MARKUP.search(text):
        raise ParseError("", "not html", text[:200])
    return text


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("cp1252", _as_cp1252)


def _labels(
    markup: Markup,
    rows: Sequence[Row],
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
        if name in found and (value := _value(markup, rows, here)) != _value(markup, rows, found[name]):
            conflict(name, value)
            doubtful.add(name)
        found.setdefault(name, here)
    return {name: here for name, here in found.items() if name not in doubtful}


Labelled = tuple[int, Row, str]


def _outside(labelled: Sequence[Labelled]) -> Iterator[Labelled]:
    """The labels that stand inside no other's row."""
    end = 0
    for position, row, name in labelled:
        if row.start >= end:
            end = row.end
            yield position, row, name


def _with_swallowed(
    rows: Sequence[Row], labelled: Sequence[Labelled], plain: Mapping[int, str], order: Sequence[str]
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


def _is_alone(rows: Sequence[Row], depth: int) -> bool:
    return any(len(row.cells) == 1 and row.depth == depth for row in rows)


def _value(markup: Markup, rows: Sequence[Row], found: Found) -> str:
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


def _not_a_record(text: str) -> tuple[str, str]:
    """Which of CTRI's other answers this is."""
    for answer, sign in ANSWERS:
        if found := sign.search(text):
            return answer, found[0]
    if not _COMPLETE_END.search(text):
        return "truncated", text[-100:]
    return "CTRI Number", "no such row"
