"""Names in the languages of the pages: every `<column>_<language code>` column of a table.

A new language is a new column in each table and nothing else.
"""

from collections.abc import Mapping
from types import MappingProxyType

Names = Mapping[str, str]
"""A name by language code; empty cells are left out."""


def names(row: Mapping[str, str], column: str) -> Names:
    """The columns `<column>_en`, `<column>_hi`, ... of one row, by language."""
    cells = {
        key.removeprefix(f"{column}_"): cell for key, cell in row.items() if key.startswith(f"{column}_")
    }
    return MappingProxyType({code: cell for code, cell in cells.items() if cell})


def in_language(names: Names, language: str, otherwise: str = "") -> str:
    """The name in this language ("pt-br" is answered by "pt"), else in English, else `otherwise`."""
    return names.get(language) or names.get(language.split("-")[0]) or names.get("en") or otherwise
