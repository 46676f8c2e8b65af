"""CTRI numbers in text that others write: `CTRI/2021/04/032727`, `ctri-2021-04-032727`."""

import re

_NUMBER = re.compile(
    r"(?<![A-Z])CTRI[\s/_:-]*(\d{4})[\s/_-]+(\d{2,3})[\s/_-]+(\d{6})(?!\d)", re.IGNORECASE | re.ASCII
)


def find(text: str) -> list[str]:
    """Every CTRI number of a text, as CTRI writes it, each once. `NCTRI` holds none."""
    return list(dict.fromkeys("CTRI/" + "/".join(found.groups()) for found in _NUMBER.finditer(text)))


def read(word: str) -> str:
    """The CTRI number that a word is, "" where it is none."""
    found = _NUMBER.fullmatch(word)
    return "CTRI/" + "/".join(found.groups()) if found else ""
