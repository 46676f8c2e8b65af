"""From which network a request comes, and that nobody can say another."""

from datetime import date

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from trialfinder.client_address import network, unreadable


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("192.0.2.7", "192.0.2.7/32"),
        ("::ffff:192.0.2.7", "192.0.2.7/32"),
        ("nonsense", ""),
    ],
)
def test_networks_are_counted(address: str, expected: str, rf: RequestFactory) -> None:
    assert network(rf.get("/", REMOTE_ADDR=address)) == expected


def test_forwarded_addresses_count_only_behind_a_proxy(rf: RequestFactory, settings: Settings) -> None:
    request = rf.get("/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": "198.51.100.1, 192.0.2.7"})
    assert network(request) == "10.0.0.1/32"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert network(request) == "192.0.2.7/32"


def test_what_is_kept_names_nobody_and_is_another_one_tomorrow(rf: RequestFactory) -> None:
    request = rf.get("/", REMOTE_ADDR="192.0.2.7")
    kept = [unreadable(request, date(2026, 11, day)) for day in (1, 1, 2)]
    assert kept[0] == kept[1] != kept[2]
    assert "192" not in kept[0][:3]
