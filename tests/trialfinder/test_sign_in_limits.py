"""How often one may try to sign in, and that failing keeps nobody else out."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from tests.pages import parsed

pytestmark = pytest.mark.django_db

PASSWORD = "a long enough phrase"  # noqa: S105
TOO_MANY = "Too many failed login attempts. Try again later."


@pytest.fixture(autouse=True)
def behind_a_proxy(settings: Settings) -> Iterator[None]:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    User.objects.create_user("asha", "asha@hospital.example", PASSWORD)
    cache.clear()
    yield
    cache.clear()


def sign_in(client: Client, password: str, address: str, login: str = "asha@hospital.example") -> str:
    """ "in", or what the form says."""
    answer = client.post(
        "/accounts/login/", {"login": login, "password": password}, headers={"X-Forwarded-For": address}
    )
    if answer.status_code == 302:
        return "in"
    return " ".join(parsed(answer).xpath("//form//*[contains(@class, 'error')]//text()")).strip()


def fail(times: int, address: str, **more: Any) -> list[str]:
    return [sign_in(Client(), "wrong", address, **more) for _ in range(times)]


def test_guesses_at_one_name_from_one_network_are_stopped() -> None:
    said = fail(6, "192.0.2.1")
    assert [TOO_MANY in words for words in said] == [False] * 5 + [True]
    assert TOO_MANY in sign_in(Client(), PASSWORD, "192.0.2.1")


def test_neighbours_in_one_ipv6_network_are_one() -> None:
    said = [sign_in(Client(), "wrong", f"2001:db8::{number}") for number in range(6)]
    assert TOO_MANY in said[-1]


def test_stranger_who_fails_keeps_nobody_out() -> None:
    fail(6, "192.0.2.1")
    fail(6, "2001:db8::1")
    assert sign_in(Client(), PASSWORD, "198.51.100.7") == "in"


def test_all_names_together_from_one_network_are_stopped_and_others_are_not() -> None:
    said = [fail(1, "192.0.2.1", login=f"name{number}")[0] for number in range(11)]
    assert [TOO_MANY in words for words in said] == [False] * 10 + [True]
    assert sign_in(Client(), PASSWORD, "198.51.100.7") == "in"


def test_password_resets_are_counted_by_the_real_address() -> None:
    def asks(address: str, number: int) -> int:
        data = {"email": f"name{number}@example.org"}
        return (
            Client().post("/accounts/password/reset/", data, headers={"X-Forwarded-For": address}).status_code
        )

    assert [asks("192.0.2.1", number) for number in range(21)] == [302] * 20 + [429]
    assert asks("198.51.100.7", 1) == 302


def test_refusal_of_a_form_of_accounts_is_the_page_of_all_refusals() -> None:
    def answer() -> Any:
        return Client().post("/accounts/password/reset/", {"email": "a@example.org"})

    last = [answer() for _ in range(21)][-1]
    assert (last.status_code, last["Retry-After"]) == (429, "60")
    assert parsed(last).xpath("string(//h1)") == "Too many requests"
