"""When what a registry wrote stops counting."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trials.choices import Status
from trials.standing import last_change, latest_day, planned_end, stale_from

DAYS = st.dates(date(1990, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize(
    ("changed", "end", "first_day"),
    [
        (date(2019, 11, 26), date(2018, 9, 30), date(2021, 11, 26)),
        (date(2019, 11, 26), None, date(2021, 11, 26)),  # no planned end: passed
        (date(2019, 11, 26), date(2030, 1, 1), date(2030, 1, 2)),
        (None, date(2018, 1, 1), date(2018, 1, 2)),  # no change stated: long ago
        (None, None, date(1900, 1, 1)),
        (date(2020, 2, 29), None, date(2022, 2, 28)),
    ],
)
def test_open_word_counts_until_both_limits_are_over(
    changed: date | None, end: date | None, first_day: date
) -> None:
    assert stale_from(Status.RECRUITING, changed, end) == first_day


@pytest.mark.parametrize(
    ("status", "ages"),
    [
        (Status.RECRUITING, True),
        (Status.NOT_YET_RECRUITING, True),
        (Status.ACTIVE_NOT_RECRUITING, True),
        (Status.COMPLETED, False),
        (Status.SUSPENDED, False),
        (Status.TERMINATED, False),
        (Status.UNKNOWN, False),
    ],
)
def test_only_statuses_that_promise_something_age(status: Status, ages: bool) -> None:
    assert (stale_from(status, date(2010, 1, 1), None) is not None) == ages


@pytest.mark.parametrize(
    ("start", "months", "completion", "end"),
    [
        ("2018-04-30", 5, None, date(2018, 9, 30)),
        ("2018-08-31", 6, None, date(2019, 2, 28)),
        ("2018", 12, None, date(2019, 12, 31)),
        ("2018-02", 0, None, None),
        ("2018-02", 1200, None, None),
        ("2018-04-30", None, None, None),
        (None, 5, None, None),
        ("2018-04-30", 5, "2021-03", date(2021, 3, 31)),
        ("9999-12-31", 12, None, date(9999, 12, 31)),
    ],
)
def test_planned_end_is_the_latest_day_it_can_be(
    start: str | None, months: int | None, completion: str | None, end: date | None
) -> None:
    assert planned_end(start, months, completion) == end


def test_registration_counts_where_the_last_change_is_blank_or_earlier() -> None:
    assert last_change(None, "2016-04-22") == date(2016, 4, 22)
    assert last_change(date(2013, 9, 9), "2016-04-22") == date(2016, 4, 22)
    assert last_change(date(2020, 9, 9), "2016-04-22") == date(2020, 9, 9)
    assert last_change(None, None) is None


@given(DAYS, st.none() | DAYS)
def test_nothing_is_stale_before_two_years_of_silence(changed: date, end: date | None) -> None:
    first = stale_from(Status.RECRUITING, changed, end)
    assert first is not None
    assert (first - changed).days >= 730
    assert end is None or first > end


@given(st.integers(1, 9999))
def test_latest_day_of_a_year_is_its_last(year: int) -> None:
    assert latest_day(f"{year:04d}") == date(year, 12, 31)
