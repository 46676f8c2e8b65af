"""Text without characters that no reader sees and that change how the text around them is read.

Marks that turn the direction of text, joiners of no width, language tags, characters that no document may
hold: "Unicode in XML and other Markup Languages" (Unicode Technical Report 20, section 3) says of each that
markup does it better, or that it means nothing. The joiners of Hindi words (U+200C, U+200D) stay.
"""

import re

_CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_UNSEEN = (
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\U000e0000-\U000e007f"
)
_SURROGATES = "\ud800-\udfff"
_DROPPED = re.compile(f"[{_CONTROL}{_UNSEEN}{_SURROGATES}]")
_LINE_ENDS = re.compile("[\u2028\u2029]")
_ACCENT = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_PILE = re.compile(f"({_ACCENT}{{4}}){_ACCENT}+")
"""More accents on one letter than any language writes: they cover the lines above and below."""
_ASCII = bytes(byte for byte in range(0x80) if byte != 0x7F)


def plain(text: str) -> str:
    """The text as people see it."""
    return _PILE.sub(r"\1", _DROPPED.sub("", _LINE_ENDS.sub("\n", text)))


def is_plain(utf8: bytes) -> bool:
    """Whether `plain` changes nothing beyond ASCII, so quickly that it can be asked of every record."""
    rest = utf8.translate(None, _ASCII).decode("utf-8", "surrogatepass")
    return not (_DROPPED.search(rest) or _PILE.search(rest) or _LINE_ENDS.search(rest))
