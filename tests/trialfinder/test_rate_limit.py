"""Where requests are counted. What limits do is tried with the API (tests/trials/test_api_reading.py)."""

import pytest

from trialfinder.addresses import shared_counts


@pytest.mark.parametrize(
    ("broker", "location"),
    [
        ("redis://127.0.0.1:6379/0", "redis://127.0.0.1:6379/0"),
        ("redis+socket:///run/valkey%20one.sock", "unix:///run/valkey one.sock"),
        ("redis+socket:///run/valkey.sock?virtual_host=2", "unix:///run/valkey.sock?db=2"),
        ("amqp://guest@127.0.0.1//", "cache"),
        ("memory://", "cache"),
    ],
)
def test_all_processes_count_in_one_place(broker: str, location: str) -> None:
    assert shared_counts(broker)["LOCATION"] == location
