"""The second factor on a phone, its recovery codes, and where a person goes after it."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.auth.models import User
from django.core import mail
from django.core.cache import cache
from django.test import Client

from tests.desk import add_second_factor, code_of
from tests.pages import parsed
from trials.workspace import invitations
from trials.workspace.rights import Role, give_role

pytestmark = pytest.mark.django_db

PASSWORD = "a long enough phrase"  # noqa: S105
SET_UP = "/accounts/2fa/totp/activate/"
DEEP = "/workspace/missing/?from=mail"


@pytest.fixture(autouse=True)
def fresh_limits() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def coordinator() -> User:
    user = User.objects.create_user("asha", "asha@example.org", PASSWORD)
    give_role(user, Role.COORDINATOR)
    return user


def sign_in(client: Client, address: str) -> str:
    """Follow the sign-in page a stranger is sent to from this address; where the password leads."""
    door = client.get(address)["Location"]
    page = parsed(client.get(door))
    hidden = {field.name: field.value for field in page.xpath("//main//input[@type='hidden'][@name='next']")}
    said = {"login": "asha@example.org", "password": PASSWORD} | hidden
    return str(client.post("/accounts/login/", said)["Location"])


def set_up(client: Client) -> Any:
    """Switch the authenticator app on; the page of recovery codes."""
    secret = client.get(SET_UP).context["form"].secret
    return parsed(client.post(SET_UP, {"code": code_of(secret)}, follow=True))


def test_app_on_the_same_phone_is_opened_by_a_link(client: Client, coordinator: User) -> None:
    sign_in(client, "/workspace/")
    answer = client.get(SET_UP)
    page = parsed(answer)
    [link] = page.xpath("//a[starts-with(@href, 'otpauth://')]/@href")
    secret = answer.context["form"].secret
    assert unquote(link).startswith("otpauth://totp/asha@example.org?secret=" + secret)
    fours = [four.text for four in page.xpath("//code[@id='secret']/span")]
    assert ("".join(fours), {len(four) for four in fours}) == (secret, {4})


def test_secret_is_the_same_when_the_page_is_loaded_again(client: Client, coordinator: User) -> None:
    sign_in(client, "/workspace/")
    first, second = (client.get(SET_UP).context["form"].secret for _ in range(2))
    client.post(SET_UP, {"code": "000000"})
    assert {first, second, client.get(SET_UP).context["form"].secret} == {first}


def test_wrong_code_is_answered_at_its_field_and_leads_there(client: Client, coordinator: User) -> None:
    sign_in(client, "/workspace/")
    answer = client.post(SET_UP, {"code": "000000"})
    [field] = parsed(answer).xpath("//input[@name='code'][@autofocus]")
    assert (field.get("aria-invalid"), field.get("inputmode")) == ("true", "numeric")
    assert parsed(answer).get_element_by_id(field.get("aria-describedby")).get("role") == "alert"


@pytest.mark.parametrize(("seconds_ago", "status"), [(30, 302), (90, 200)])
def test_code_of_a_moment_ago_still_counts(
    client: Client, coordinator: User, seconds_ago: int, status: int
) -> None:
    add_second_factor(coordinator)
    sign_in(client, "/workspace/")
    answer = client.post("/accounts/2fa/authenticate/", {"code": code_of(seconds_ago=seconds_ago)})
    assert answer.status_code == status


def test_secret_is_never_used_for_two_apps(client: Client, coordinator: User) -> None:
    sign_in(client, "/workspace/")
    first = client.get(SET_UP).context["form"].secret
    set_up(client)
    client.post("/accounts/2fa/totp/deactivate/")
    assert client.get(SET_UP).context["form"].secret != first


def test_page_asked_for_is_kept_through_the_set_up(client: Client, coordinator: User) -> None:
    assert sign_in(client, DEEP) == DEEP
    assert client.get(DEEP)["Location"] == SET_UP
    client.get("/trials/")  # a look at a public page changes nothing
    page = set_up(client)
    assert page.xpath(f"//main//a[@href='{DEEP}']/@class") == ["button"]
    assert client.get(DEEP).status_code == 200
    assert "go_on_to" not in client.session


def test_page_asked_for_is_kept_through_the_second_factor(client: Client, coordinator: User) -> None:
    add_second_factor(coordinator)
    assert sign_in(client, DEEP) == "/accounts/2fa/authenticate/"
    assert client.post("/accounts/2fa/authenticate/", {"code": code_of()})["Location"] == DEEP


def test_page_of_another_site_is_never_led_to(client: Client, coordinator: User) -> None:
    sign_in(client, "/workspace/")
    client.get("//evil.example/workspace/")
    assert not set_up(client).xpath("//main//a[contains(@href, 'evil')]")


def test_recovery_codes_lead_on_and_can_be_taken_along(client: Client, coordinator: User) -> None:
    sign_in(client, "/workspace/")
    page = set_up(client)
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    assert [code.text for code in page.xpath("//ol[@id='codes']//code")] == codes
    assert page.xpath("//main//a[@href='/workspace/']/@class") == ["chip", "button"]  # the menu, and on
    [file] = page.xpath("//main//a[@download]/@href")
    assert client.get(file).content.decode().split() == codes
    assert len(page.xpath("//main//button[@hidden]")) == 2  # the script shows "print" and "copy"


def test_invited_person_writes_the_password_once(
    client: Client, coordinator: User, django_capture_on_commit_callbacks: pytest.FixtureRequest
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        invitations.invite("new@example.org", Role.COORDINATOR, [], "en", who=coordinator)
    path = re.findall(r"/workspace/join/\S+", str(mail.outbox[0].body))[0]
    answer = client.post(path, {"name": "New", "password": PASSWORD}, follow=True)
    assert [address for address, _ in answer.redirect_chain] == ["/workspace/", SET_UP]
    page = set_up(client)
    assert (len(page.xpath("//ol[@id='codes']//code")), page.xpath("//input[@type='password']")) == (10, [])
    assert client.get("/workspace/").status_code == 200


@pytest.mark.parametrize(
    "sent", [{"code": "000000"}, {"code": "12345678"}, {"credential": '{"id": "secret"}'}]
)
def test_wrong_factor_is_logged_without_what_was_sent(
    client: Client, coordinator: User, caplog: pytest.LogCaptureFixture, sent: dict[str, str]
) -> None:
    add_second_factor(coordinator)
    RecoveryCodes.activate(coordinator)
    sign_in(client, "/workspace/")
    client.post("/accounts/2fa/authenticate/", sent)
    assert logged(caplog) == [f"A second factor of account {coordinator.pk} was refused."]


def test_wrong_factor_is_logged_where_it_is_asked_for_again(
    client: Client, coordinator: User, caplog: pytest.LogCaptureFixture
) -> None:
    add_second_factor(coordinator)
    client.force_login(coordinator)
    client.post("/accounts/2fa/reauthenticate/", {"code": "000000"})
    assert logged(caplog) == [f"A second factor of account {coordinator.pk} was refused."]


def test_tries_over_the_limit_are_logged_and_right_ones_are_not(
    client: Client, coordinator: User, caplog: pytest.LogCaptureFixture
) -> None:
    add_second_factor(coordinator)
    sign_in(client, "/workspace/")
    for _ in range(11):
        client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert (
        client.post("/accounts/2fa/authenticate/", {"code": code_of()}).status_code,
        len(logged(caplog)),
    ) == (
        200,
        12,
    )
    cache.clear()
    assert client.post("/accounts/2fa/authenticate/", {"code": code_of()}).status_code == 302
    assert len(logged(caplog)) == 12


def logged(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records]
