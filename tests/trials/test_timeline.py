"""The dates of one trial on a line: as precise as stated, none invented."""

from datetime import date

import pytest
from django.template import engines

from tests.builders import record
from trials.explain.timeline import timeline

TODAY = date(2026, 11, 1)


def spans(**facts: str) -> list[tuple[str, date, date]]:
    line = timeline(record(**facts), TODAY)
    return [(mark.span.name, mark.span.begins, mark.span.ends) for mark in line.marks] if line else []


@pytest.mark.parametrize(
    ("written", "begins", "ends"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29)),
        ("2026-05-31", date(2026, 5, 31), date(2026, 5, 31)),
    ],
)
def test_dates_keep_their_precision(written: str, begins: date, ends: date) -> None:
    assert spans(start=written) == [("start", begins, ends)]


@pytest.mark.parametrize(
    "written", ["", "soon", "2026-13", "2026-02-30", "2026-5-1-1", "0001", "9999-12-31", "-5"]
)
def test_what_is_no_date_is_left_out(written: str) -> None:
    assert timeline(record(start=written), TODAY) is None


def test_a_year_is_drawn_as_a_year() -> None:
    line = timeline(record(start="2025", completion="2028"), TODAY)
    assert line is not None
    assert [(round(mark.left), round(mark.width)) for mark in line.marks] == [(0, 25), (75, 25)]
    assert (round(line.today), line.running) == (46, (0, 100))


def test_an_end_before_the_beginning_draws_no_stretch() -> None:
    line = timeline(record(start="2026-05", completion="2024"), TODAY)
    assert line is not None
    assert line.running is None


def test_the_main_results_end_the_stretch_where_no_end_is_stated() -> None:
    line = timeline(record(start="2026", primary_completion="2027"), TODAY)
    assert line is not None
    assert line.running == (0, 100)


def test_ticks_are_few_and_within_the_line() -> None:
    line = timeline(record(start="1999", completion="2041"), TODAY)
    assert line is not None
    assert len(line.ticks) <= 7
    assert all(left <= 90 for _, left in line.ticks)


def drawn(**facts: str) -> str:
    return str(
        engines["jinja2"].get_template("trials/_timeline.html").render({"line": timeline(record(**facts))})
    )


def test_it_tells_in_words_what_it_draws() -> None:
    told = drawn(start="2026-05", completion="2031")
    words = " ".join(told.split())
    assert ("May 2026" in words, "2031 </dd>" in words, words.count("<dt>")) == (True, True, 3)


def test_it_says_where_no_date_is_stated() -> None:
    assert drawn().strip() == "<p>No date is stated.</p>"
