"""Which clinician has read which texts of this site. No Django, no database.

`reviews.csv` next to this file has a line a review, written by the people who run the site; `page` names a
page of statements that was read as a whole ("car-t"). While it has no line, the page about the site says that
no doctor has reviewed its texts, and so does each such page.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from trials.vocabulary import table
from trials.vocabulary.translated import Names, names

_TABLE = Path(__file__).parent / "reviews.csv"


@dataclass(frozen=True, slots=True)
class Review:
    """`what` was read, in the languages of the pages; `credentials` as the reviewer writes them."""

    what: Names = field(hash=False)
    reviewer: str
    credentials: str
    on: date
    page: str = ""


@cache
def reviews() -> tuple[Review, ...]:
    """Every review, the newest first. Raises ValueError for a line without a name or a whole date."""
    return read(_TABLE)


def latest_of(page: str) -> Review | None:
    """The newest review of a page of statements; None while no doctor has read it."""
    return next((review for review in reviews() if review.page == page), None)


def read(path: Path) -> tuple[Review, ...]:
    """The reviews of one table."""
    every = [_review(row) for row in table.rows(path)]
    return tuple(sorted(every, key=lambda review: review.on, reverse=True))


def _review(row: dict[str, str]) -> Review:
    what, reviewer, credentials = names(row, "what"), row["reviewer"].strip(), row["credentials"].strip()
    if not (what and reviewer and credentials):
        raise ValueError(f"A review needs what was read, by whom, and the reviewer's credentials: {row}")
    return Review(what, reviewer, credentials, date.fromisoformat(row["date"]), row["page"].strip())
