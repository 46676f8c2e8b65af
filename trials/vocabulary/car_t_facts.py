"""What CAR T is, for families: short statements, each with its sources. No Django, no database.

The table is car_t_facts.csv, a line a statement, in the order of the page; `section` and `part` say where on
the page it stands. page_reviews.csv says who has read such a page as a doctor.
"""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from trials.vocabulary import table
from trials.vocabulary.sources import Source, sources
from trials.vocabulary.translated import Names, names

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement in every language. A key of `sources` that no line of sources.csv has is a `KeyError`."""

    key: str
    section: str
    part: str
    text: Names = field(hash=False)
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class PageReview:
    """Who reviewed a page as a doctor, and when (`2026-11-28`); "" and "" while no doctor has."""

    written: str
    reviewer: str
    qualification: str
    reviewed: str


@cache
def facts() -> tuple[Fact, ...]:
    """Every statement, in the order of the page."""
    return tuple(
        Fact(
            row["key"],
            row["section"],
            row["part"],
            names(row, "text"),
            tuple(sources()[key] for key in table.values(row["sources"])),
        )
        for row in table.rows(_FOLDER / "car_t_facts.csv")
    )


@cache
def page_review(page: str) -> PageReview:
    """The latest line on this page. Every page of statements has one, or this is a `KeyError`."""
    lines = {row["page"]: row for row in table.rows(_FOLDER / "page_reviews.csv")}
    line = lines[page]
    return PageReview(line["written"], line["reviewer"], line["qualification"], line["reviewed"])
