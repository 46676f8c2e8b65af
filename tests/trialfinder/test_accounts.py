"""Accounts: by invitation alone, and nothing to be done on a password alone."""

import re
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.core import mail
from django.core.cache import cache
from django.test import Client

from tests.builders import make_trial, site
from tests.desk import add_second_factor, code_of
from trials.models import Site
from trials.models.workspace import Invitation
from trials.workspace import invitations
from trials.workspace.forms import JoinForm
from trials.workspace.rights import Rights, Role

pytestmark = pytest.mark.django_db

PASSWORD = "a long enough phrase"  # noqa: S105


@pytest.fixture(autouse=True)
def fresh_limits() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def superuser() -> User:
    return User.objects.create_superuser("boss", "boss@example.org", PASSWORD)


def sign_in(client: Client, login: str = "boss@example.org", password: str = PASSWORD) -> str:
    answer = client.post("/accounts/login/", {"login": login, "password": password})
    return answer.get("Location", "") or str(answer.status_code)


def test_password_alone_leads_to_the_second_factor_and_nowhere_else(client: Client, superuser: User) -> None:
    sign_in(client)
    for path in ("/", "/workspace/", "/imports/", "/admin/", "/trials/"):
        answer = client.get(path)
        assert (answer.status_code, answer["Location"]) == (302, "/accounts/2fa/totp/activate/"), path


def test_authenticator_app_is_set_up_and_opens_the_desk(client: Client, superuser: User) -> None:
    sign_in(client)
    page = client.get("/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    assert "<svg" in page.content.decode()
    answer = client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)}, follow=True)
    codes = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES).wrap().get_unused_codes()
    assert answer.context["unused_codes"] == codes
    assert client.get("/imports/").status_code == 200


def test_person_with_a_second_factor_is_asked_for_it(client: Client, superuser: User) -> None:
    add_second_factor(superuser)
    assert sign_in(client) == "/accounts/2fa/authenticate/"
    assert client.get("/imports/").status_code == 302
    client.post("/accounts/2fa/authenticate/", {"code": code_of()})
    assert client.get("/imports/").status_code == 200


def test_django_admin_has_no_door_of_its_own(client: Client, superuser: User) -> None:
    add_second_factor(superuser)
    answer = client.get("/admin/login/?next=/admin/")
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/accounts/login/")


def test_nobody_signs_up(client: Client) -> None:
    client.post("/accounts/signup/", {"email": "x@example.org", "password1": PASSWORD})
    assert User.objects.count() == 0


def test_guessing_is_slowed_down(client: Client, superuser: User) -> None:
    answers = [sign_in(client, password="wrong") for _ in range(12)]
    assert (answers[-1], sign_in(client)) == ("200", "200")


def test_failure_is_logged_without_what_was_typed(
    client: Client, superuser: User, caplog: pytest.LogCaptureFixture
) -> None:
    sign_in(client, password="wrong")
    assert [record.getMessage() for record in caplog.records] == ["A sign-in failed."]


def test_password_is_taken_as_it_was_typed(client: Client, superuser: User) -> None:
    form = JoinForm({"name": "New", "password": f" {PASSWORD} "})
    assert (form.is_valid(), form.cleaned_data["password"]) == (True, f" {PASSWORD} ")


@pytest.mark.parametrize(
    "password", ["Trialfinder2026!", "car-t cell therapy", "onc0logy hospital", PASSWORD]
)
def test_password_that_the_site_gives_away_is_refused(password: str) -> None:
    form = JoinForm({"name": "New", "password": password})
    given_away = password in ("Trialfinder2026!", "car-t cell therapy")
    assert [error.code for error in form.errors.as_data().get("password", ())] == (
        ["password_of_own_words"] * given_away
    )


def test_new_password_is_mailed_to_accounts_alone(client: Client, superuser: User) -> None:
    pages = [
        client.post("/accounts/password/reset/", {"email": address}, follow=True)
        for address in ("stranger@example.org", "boss@example.org")
    ]
    assert [page.redirect_chain for page in pages] == [[("/accounts/password/reset/done/", 302)]] * 2
    assert [message.to for message in mail.outbox] == [["boss@example.org"]]


@pytest.mark.parametrize(
    "path", ["/accounts/email/", "/accounts/confirm-email/", "/accounts/confirm-email/x/"]
)
def test_nobody_changes_an_address_by_themselves(client: Client, superuser: User, path: str) -> None:
    assert client.get(path)["Location"] == "/accounts/2fa/"


def test_invitation_makes_one_account_with_its_role_and_sites(client: Client, superuser: User) -> None:
    make_trial("NCT00000001", sites=[site("Own Hospital", "Mumbai")])
    own = Site.objects.get()
    invitations.invite("new@example.org", Role.COORDINATOR, [own], "hi", who=superuser)
    assert mail.outbox == []  # goes out with the commit
    assert Invitation.objects.get().accepted_at is None


def test_join_link_works_once(
    client: Client, superuser: User, django_capture_on_commit_callbacks: pytest.FixtureRequest
) -> None:
    make_trial("NCT00000001", sites=[site("Own Hospital", "Mumbai")])
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        invitations.invite("New@example.org", Role.COORDINATOR, [Site.objects.get()], "en", who=superuser)
    path = re.search(r"/workspace/join/\S+", str(mail.outbox[0].body))[0]  # type: ignore[index]
    assert client.post(path, {"name": "New", "password": "short"}).status_code == 400
    assert client.post(path, {"name": "New", "password": PASSWORD})["Location"] == "/workspace/"
    assert Client().get(path).status_code == 410
    user = User.objects.get(email="new@example.org")
    assert (Rights(user).role, set(Rights(user).sites)) == ("coordinator", {Site.objects.get().pk})
    assert client.get("/workspace/")["Location"] == "/accounts/2fa/totp/activate/"
