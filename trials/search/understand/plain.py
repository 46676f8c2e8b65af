"""A question in plain characters: what is read, and what code that removes words from a question works on."""

import re
import unicodedata

LONGEST = 500
"""Characters read of a question, before and after one character is written out as several (U+FDFA)."""
_PLUS_VE = re.compile(r"\s*[+＋]\s*ve(?!\w)", re.I)
_MINUS_VE = re.compile(r"(?<=[\w)])\s*[-−–]\s*ve(?!\w)", re.I)
_ANTIGEN_MINUS = re.compile(r"(?<!\w)([A-Za-z]{2,4}\d{1,3})[-−–](?=[\s,;)]|$)")


def plain(text: str) -> str:
    """Compatibility forms opened, control characters blank, the digits of every script as 0 to 9.

    "+ve" and "-ve", as Indian reports write them, are "positive" and "negative"; so is the minus of "CD19- ".
    """
    shown = "".join(c if c.isprintable() else " " for c in text[:LONGEST])
    opened = unicodedata.normalize("NFKC", shown)[:LONGEST]
    digits = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in opened)
    signed = _MINUS_VE.sub(" negative", _PLUS_VE.sub(" positive", digits))
    return _ANTIGEN_MINUS.sub(r"\1 negative", signed)
