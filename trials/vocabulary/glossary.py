"""Words of trial texts that need explaining, and where they stand in a text. No Django, no database.

The table is glossary.csv, a line a term. A spelling matches whole words in any writing of them (hyphens,
plural s, British or American); one with a capital in it is an abbreviation and needs these capitals.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType

from trials.vocabulary import table
from trials.vocabulary.folding import fold_in_place
from trials.vocabulary.phrases import Phrases
from trials.vocabulary.translated import Names, names

_JOINED = re.compile(r"[\w\s\-‐‑–/'’&+]*")
"""What one term may hold between its words: "phase 1, 2 weeks" is not phase 1/2."""
_TABLE = Path(__file__).with_name("glossary.csv")


@dataclass(frozen=True, slots=True)
class Term:
    """One word and what it means in a sentence or two, each by language code; `source` of the meaning."""

    slug: str
    terms: Names = field(hash=False)
    plain: Names = field(hash=False)
    spellings: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class TermMention:
    """A term in a text, from character `start` up to, not including, character `end`."""

    term: Term
    start: int
    end: int


@cache
def glossary() -> Mapping[str, Term]:
    """Every term by slug."""
    terms = (
        Term(
            row["slug"],
            names(row, "term"),
            names(row, "plain"),
            tuple(row["spellings"].split("|")),
            row["source"],
        )
        for row in table.rows(_TABLE)
    )
    return MappingProxyType({term.slug: term for term in terms})


def mentions(text: str) -> Iterator[TermMention]:
    """The terms of a text in order, the longest where several begin together. Linear in the text."""
    folded = fold_in_place(text)
    for hit in _phrases().find(folded):
        start, end = folded.spans[hit.first][0], folded.spans[hit.last - 1][1]
        if _JOINED.fullmatch(text, start, end):
            yield TermMention(hit.meaning, start, end)


@cache
def _phrases() -> Phrases[Term]:
    spelt = [(spelling, term) for term in glossary().values() for spelling in term.spellings]
    return Phrases(
        [(spelling, term) for spelling, term in spelt if spelling.islower()],
        [(spelling, term) for spelling, term in spelt if not spelling.islower()],
    )
