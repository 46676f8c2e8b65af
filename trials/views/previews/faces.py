"""The typefaces of previews: those of the machine by name, else the Latin one that Pillow brings along.

An Indian script needs a face of the machine (Debian: fonts-noto-core) and Raqm, which shapes it; where one of
them is missing, `can_draw` says no.
"""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

from PIL import ImageFont, features

Face = ImageFont.FreeTypeFont | ImageFont.ImageFont

_BLOCKS = {
    0x0900: "Devanagari",
    0x0980: "Bengali",
    0x0A00: "Gurmukhi",
    0x0A80: "Gujarati",
    0x0B00: "Oriya",
    0x0B80: "Tamil",
    0x0C00: "Telugu",
    0x0C80: "Kannada",
    0x0D00: "Malayalam",
}
"""Where the 128 letters of a script begin, and the script as Noto's files name it."""
_BLOCK = 0x80
_JOINERS = "\u200c\u200d"
_NO_CHARACTER = "\U0010fffe"


def can_draw(text: str) -> bool:
    """Whether every script of the text has its face here."""
    return all(not script or _indic(script, 20, bold=True) for script in map(_script, text))


def runs(text: str, size: int, *, bold: bool) -> Iterator[tuple[str, Face]]:
    """The text in pieces of one script, each with its face; what no face has is left out."""
    for script, pairs in groupby(_with_scripts(text), key=lambda pair: pair[0]):
        face = _indic(script, size, bold=bold) if script else None
        face = face or _latin(size, bold=bold)
        letters = [letter for _, letter in pairs]
        if piece := "".join(letter for letter in letters if letter in _JOINERS or _has(face, letter)):
            yield piece, face


def _with_scripts(text: str) -> Iterator[tuple[str, str]]:
    """Each letter after its script; a joiner belongs to the script before it."""
    script = ""
    for letter in _readable(text):
        script = script if letter in _JOINERS else _script(letter)
        yield script, letter


def _script(letter: str) -> str:
    return _BLOCKS.get(ord(letter) // _BLOCK * _BLOCK, "")


def _readable(text: str) -> str:
    """Without what controls the direction or the device."""
    return "".join(
        letter for letter in text if letter in _JOINERS or not unicodedata.category(letter).startswith("C")
    )


@lru_cache(maxsize=64)
def _indic(script: str, size: int, *, bold: bool) -> Face | None:
    if not features.check("raqm"):
        return None
    return _named(f"NotoSans{script}-{'Bold' if bold else 'Regular'}.ttf", size)


@lru_cache(maxsize=64)
def _latin(size: int, *, bold: bool) -> Face:
    return _named(f"NotoSans-{'Bold' if bold else 'Regular'}.ttf", size) or ImageFont.load_default(size)


def _named(file: str, size: int) -> Face | None:
    """Pillow looks through the machine's folders of fonts."""
    try:
        return ImageFont.truetype(file, size)
    except OSError:
        return None


@lru_cache(maxsize=4096)
def _has(face: Face, letter: str) -> bool:
    """Whether the face has the letter: a missing one looks like a character that there is not."""
    return bytes(face.getmask(letter)) != bytes(face.getmask(_NO_CHARACTER))
