"""The table of what clinicians have read."""

from datetime import date
from pathlib import Path

import pytest

from trials.vocabulary.reviews import read, reviews

HEAD = "page,what_en,what_hi,reviewer,credentials,date\n"


def table(folder: Path, *lines: str) -> Path:
    path = folder / "reviews.csv"
    path.write_text(HEAD + "\n".join(lines), encoding="utf-8")
    return path


def test_reviews_come_newest_first(tmp_path: Path) -> None:
    path = table(tmp_path, "glossary,Glossary,शब्द,Dr A,MD,2026-10-01", ",Side effects,,Dr B,DM,2026-11-02")
    assert [(one.what["en"], one.on) for one in read(path)] == [
        ("Side effects", date(2026, 11, 2)),
        ("Glossary", date(2026, 10, 1)),
    ]


@pytest.mark.parametrize(
    "line",
    [
        ",Glossary,,,MD,2026-10-01",
        ",Glossary,,Dr A,,2026-10-01",
        ",,,Dr A,MD,2026-10-01",
        ",X,,Dr A,MD,2026-10",
    ],
)
def test_half_a_review_is_none(tmp_path: Path, line: str) -> None:
    with pytest.raises(ValueError, match=r"review needs|isoformat"):
        read(table(tmp_path, line))


def test_every_review_of_the_site_is_in_every_language() -> None:
    assert [one for one in reviews() if one.what.keys() < {"en", "hi"}] == []
