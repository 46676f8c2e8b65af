"""How days and spans of time are said."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation
from django.utils.timesince import timesince

from trials.display import partial_date

AT = datetime(2026, 11, 28, tzinfo=UTC)


def test_how_long_ago_is_said_in_hindi() -> None:
    with translation.override("hi"):
        assert timesince(AT - timedelta(days=10, hours=1), AT) == "1\xa0हफ़्ता, 3\xa0दिन"


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (None, ""),
        ("2026", "2026"),
        ("2026-05", "May 2026"),
        ("2026-05-31", "31 May 2026"),
        ("2026-13", "2026-13"),
        ("2026-02-30", "2026-02-30"),
        ("soon", "soon"),
        ("2026-05-01-02", "2026-05-01-02"),
    ],
)
def test_day_is_as_precise_as_it_is_written_and_never_guessed(written: str | None, words: str) -> None:
    assert partial_date(written) == words
