"""Word lists of this package, one text file each; compared as `hospital_names.name_words` gives them."""

from functools import cache
from pathlib import Path


@cache
def word_list(name: str) -> frozenset[str]:
    """The words of `<name>.txt`."""
    return frozenset((Path(__file__).parent / f"{name}.txt").read_text(encoding="utf-8").split())
