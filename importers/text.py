"""Text as PostgreSQL and HTML can hold it."""

import re

_UNHOLDABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


def clean(text: str) -> str:
    """Drop NUL, other control characters and lone surrogates; tab and line ends stay, all else too."""
    return _UNHOLDABLE.sub("", text)
