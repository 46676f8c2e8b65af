"""A preview as a PNG of 1200 x 630 pixels with few colours: 18 to 30 KB, about 0.1 s.

WhatsApp shows no picture above 300 KB (newbedev.com/provide-an-image-for-whatsapp-link-sharing), and takes it
only from a full address; 1200 x 630 is the size that Facebook's sharing guide asks for.
"""

import io
from collections.abc import Iterator
from functools import lru_cache

from django.utils.translation import gettext
from PIL import Image, ImageDraw

from trials.catalogue.certainty import Strength
from trials.views.previews.faces import runs
from trials.views.previews.preview import Preview

WIDTH, HEIGHT = 1200, 630
COLOURS = 48
_MARGIN = 72
_BAND = 104
_ROOM = WIDTH - 2 * _MARGIN
_MOST_LETTERS = 200
_TITLE_SIZES = ((84, 1), (66, 2), (50, 3), (44, 3))
"""Pixels, and how many lines of them find room."""
_FACT_TOP = 396
# The tokens of ground.css
_PAPER, _INK, _SOFT, _LINE = "#faf6ef", "#1d2a2c", "#4f5f61", "#ddd6c8"
_BRAND, _DEEP, _DEEP_INK, _DEEP_SOFT, _ACCENT = "#0b5d63", "#0a4348", "#fdf8ef", "#cfe3e1", "#f0a93c"
_STATES = {
    "open": ("#14652f", "#e0f2e3"),
    "wait": ("#7a4b00", "#fdf0d3"),
    "shut": ("#4c5557", "#ececea"),
    "": ("#0b5d63", "#e2f0ef"),
}
"""Ink and wash."""


@lru_cache(maxsize=256)
def drawn(preview: Preview) -> bytes:
    """The picture as PNG. The last 256 are kept by their words: at most 10 MB a process."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    page = ImageDraw.Draw(picture)
    _band(page)
    _text(page, (_MARGIN, 150), preview.kind, 32, _BRAND, bold=True)
    _title(page, preview.title)
    _fact(page, _FACT_TOP, preview)
    _foot(page, preview)
    few = picture.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    file = io.BytesIO()
    few.save(file, "PNG")
    return file.getvalue()


def _band(page: ImageDraw.ImageDraw) -> None:
    """The mark and the name of the site, as in a page's header."""
    page.rectangle((0, 0, WIDTH, _BAND), fill=_DEEP)
    page.rectangle((0, _BAND, WIDTH, _BAND + 6), fill=_ACCENT)
    _mark(page, _MARGIN, 22)
    right = _text(page, (_MARGIN + 80, 32), gettext("CAR T trial finder"), 36, _DEEP_INK, bold=True)
    _text(page, (right + 16, 37), gettext("India"), 30, _DEEP_SOFT)


def _mark(page: ImageDraw.ImageDraw, left: int, top: int, unit: float = 60 / 36) -> None:
    """The cell with its three receptors, as in favicon.svg, which is 36 units wide."""

    def at(*units: float) -> tuple[float, ...]:
        return tuple((left, top)[n % 2] + value * unit for n, value in enumerate(units))

    page.rounded_rectangle(at(0, 0, 36, 36), 9 * unit, fill=_BRAND)
    for arm in ((18, 10, 18, 4), (10.2, 14.5, 5, 11.5), (25.8, 14.5, 31, 11.5)):
        page.line(at(*arm), fill="#ffc56b", width=round(3 * unit))
    page.ellipse(at(7.5, 8.5, 28.5, 29.5), outline="#ffffff", width=round(3 * unit))
    page.ellipse(at(15, 16, 21, 22), fill="#ffffff")


def _title(page: ImageDraw.ImageDraw, title: str) -> None:
    """In the largest size in which it fits, else cut."""
    for size, most in _TITLE_SIZES:
        lines = list(_lines(page, title, size))
        if len(lines) <= most:
            break
    else:
        lines = [*lines[: most - 1], f"{lines[most - 1].rstrip(' .,')} …"]
    for number, line in enumerate(lines):
        _text(page, (_MARGIN, 192 + number * size * 1.22), line, size, _INK, bold=True)


def _fact(page: ImageDraw.ImageDraw, top: float, preview: Preview) -> None:
    """What is open, in the colour of its state; below it whose word that is."""
    ink, wash = _STATES[preview.state]
    size = 40 if _width(page, preview.fact, 40, bold=True) < _ROOM - 110 else 32
    fact = _cut(page, preview.fact, size, _ROOM - 110, bold=True)
    left = _MARGIN + (68 if preview.state else 30)
    right = left + 30 + _width(page, fact, size, bold=True)
    page.rounded_rectangle((_MARGIN, top, right, top + 76), 38, fill=wash)
    middle = (_MARGIN + 40, top + 38)
    if preview.state == "open":
        page.circle(middle, 14, fill=ink)
    elif preview.state:
        page.circle(middle, 14, outline=ink, width=5)
    _text(page, (left, top + 38 - size * 0.66), fact, size, ink, bold=True)
    if preview.source:
        left = _MARGIN + _sign(page, (_MARGIN, top + 92), preview.strength, ink)
        _text(page, (left, top + 90), preview.source, 30, _INK)


def _sign(page: ImageDraw.ImageDraw, at: tuple[float, float], strength: str, ink: str) -> int:
    """The three strengths of the pages: a tick for a hospital's word, a ring, a broken ring; its width."""
    left, top = at
    box = (left, top + 4, left + 32, top + 36)
    if strength == Strength.CONFIRMED:
        page.ellipse(box, fill=ink)
        page.line(
            ((left + 9, top + 20), (left + 14, top + 26), (left + 24, top + 14)), fill="#ffffff", width=4
        )
    elif strength == Strength.REGISTRY:
        page.ellipse(box, outline=ink, width=4)
    elif strength == Strength.NOT_KNOWN:
        for start in range(0, 360, 60):
            page.arc(box, start, start + 35, fill=_SOFT, width=4)
    return 48 if strength else 0


def _foot(page: ImageDraw.ImageDraw, preview: Preview) -> None:
    if not preview.number and not preview.day:
        return
    page.line(((_MARGIN, 552), (WIDTH - _MARGIN, 552)), fill=_LINE, width=2)
    if not preview.number:
        _text(page, (_MARGIN, 566), preview.day, 26, _SOFT)
        return
    day = _cut(page, preview.day, 26, _ROOM / 2, bold=False)
    left = WIDTH - _MARGIN - _width(page, day, 26, bold=False)
    _text(page, (left, 566), day, 26, _SOFT)
    number = _cut(page, preview.number, 26, left - _MARGIN - 40, bold=True)
    _text(page, (_MARGIN, 566), number, 26, _SOFT, bold=True)


def _lines(page: ImageDraw.ImageDraw, text: str, size: int) -> Iterator[str]:
    """The text in lines that fit; a word longer than a line is cut."""
    line = ""
    for word in text[:_MOST_LETTERS].split():
        longer = f"{line} {word}".strip()
        if line and _width(page, longer, size, bold=True) > _ROOM:
            yield line
            longer = word
        line = _cut(page, longer, size, _ROOM, bold=True)
    yield line


def _text(
    page: ImageDraw.ImageDraw,
    at: tuple[float, float],
    text: str,
    size: int,
    fill: str,
    *,
    bold: bool = False,
) -> float:
    """Draws one line from the left, its pieces on one base line; where it ends."""
    left, top = at
    for piece, face in runs(_cut(page, text, size, WIDTH - _MARGIN - left, bold=bold), size, bold=bold):
        page.text((left, top + size), piece, font=face, fill=fill, anchor="ls")
        left += page.textlength(piece, font=face)
    return left


def _cut(page: ImageDraw.ImageDraw, text: str, size: int, room: float, *, bold: bool) -> str:
    """As much of the text as finds room."""
    short = text[:_MOST_LETTERS]
    while len(short) > 1 and _width(page, short, size, bold=bold) > room:
        short = f"{short[: len(short) * 9 // 10 - 1].rstrip(' .,…')}…"
    return short


def _width(page: ImageDraw.ImageDraw, text: str, size: int, *, bold: bool) -> float:
    pieces = runs(text[:_MOST_LETTERS], size, bold=bold)
    return sum(page.textlength(piece, font=face) for piece, face in pieces)
