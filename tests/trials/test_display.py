from datetime import UTC, datetime, timedelta

from django.utils import translation
from django.utils.timesince import timesince

AT = datetime(2026, 11, 28, tzinfo=UTC)


def test_how_long_ago_is_said_in_hindi() -> None:
    with translation.override("hi"):
        assert timesince(AT - timedelta(days=10, hours=1), AT) == "1\xa0हफ़्ता, 3\xa0दिन"
