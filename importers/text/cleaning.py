"""Text as PostgreSQL and HTML can hold it, and UTF-8 that was read as another encoding."""

import re

from trials.plain_text import plain

_UNHOLDABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")

_CP1252 = {bytes([byte]).decode("cp1252", "ignore"): byte for byte in range(0x80, 0xA0)}
_C1 = {chr(byte): bytes([byte]).decode("cp1252", "ignore") for byte in range(0x80, 0xA0)}
_BYTES = {chr(byte): byte for byte in range(0x80, 0x100)} | {sign: b for sign, b in _CP1252.items() if sign}
_CONTINUED = "[" + re.escape("".join(sign for sign, byte in _BYTES.items() if byte < 0xC0)) + "]"
_MISREAD = re.compile(rf"[\xc2-\xdf]{_CONTINUED}|[\xe0-\xef]{_CONTINUED}{{2}}|[\xf0-\xf4]{_CONTINUED}{{3}}")
_PLAUSIBLE = re.compile(
    "[\x80-\u017f\u02c6\u02da\u02dc\u0370-\u03ff\u0900-\u0dff\u2000-\u2bff\u3000\uf000-\uf0ff\ufb00-\ufb06"
    "\ufe0f\ufeff\uff00-\uffef\ufffd\U0001f300-\U0001faff]"
)
"""What registry text holds beyond ASCII. Anything else, as the U+026E in "NESTLÉ®", was no misreading."""
_SUSPECT = re.compile("[\x80-\x9f\xc2-\xf4]")
"""Begins what was misread, or is a C1 control character."""
_TIMES = 3
"""How often one text may have been misread on its way."""


def storable(text: str) -> str:
    """Drop NUL, other control characters and lone surrogates; tab and line ends stay, all else too."""
    return _UNHOLDABLE.sub("", text)


def clean(text: str) -> str:
    """Drop also what nobody sees (`trials.plain_text`). After `mend`, to which some of it means something."""
    return plain(storable(text))


def mend(text: str) -> str:
    """Undo UTF-8 that was read as Latin-1 or cp1252 ("â‰¤" is "≤"), once or more, where exactly reversible.

    C1 control characters become the cp1252 characters they stand for, as browsers read them.
    What has lost a byte ("â??", "â€" alone) stays as it is.
    """
    if not _SUSPECT.search(text):
        return text
    for _ in range(_TIMES):
        mended = _MISREAD.sub(_reversed, text)
        if mended == text:
            break
        text = mended
    return "".join(_C1.get(sign, sign) for sign in text)


def _reversed(found: re.Match[str]) -> str:
    try:
        sign = bytes(_BYTES[letter] for letter in found[0]).decode("utf-8")
    except UnicodeDecodeError:
        return found[0]
    return sign if _PLAUSIBLE.fullmatch(sign) else found[0]
