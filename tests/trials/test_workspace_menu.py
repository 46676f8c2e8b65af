"""The one menu of the pages behind the sign-in: what each role finds in it, on every such page."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.test import Client

from tests.desk import person, signed_in
from tests.pages import parsed
from tests.trials.test_workspace_doors import member
from trials.workspace.rights import Role

pytestmark = pytest.mark.django_db

OUT = ["/accounts/logout/", "/embed/"]
"""Links to pages without the menu."""
OWN = ["/workspace/", "/workspace/missing/", "/workspace/reminders/", "/accounts/2fa/"]
EDITOR = [*OWN, "/workspace/queue/", "/imports/"]
ADMIN = [*EDITOR, "/workspace/people/"]


def menu(client: Client, path: str) -> tuple[list[str], list[str]]:
    """Links and the current page of the menu."""
    page = parsed(client.get(path))
    [fold] = page.xpath("//main//details[@class='work-menu']")
    current = fold.xpath(".//a[@aria-current]/@href")
    return sorted(fold.xpath(".//a/@href")), current


@pytest.mark.parametrize(
    ("role", "addresses"), [(Role.COORDINATOR, OWN), (Role.EDITOR, EDITOR), (Role.ADMIN, ADMIN)]
)
def test_each_role_finds_its_pages_on_all_of_them(role: str, addresses: list[str]) -> None:
    client = signed_in(member("asha", role))
    for path in addresses:
        assert menu(client, path) == (sorted([*addresses, *OUT]), [path])


def test_menu_waits_for_the_second_factor(client: Client) -> None:
    user: User = person()
    Authenticator.objects.all().delete()
    page = parsed(signed_in(user).get("/accounts/2fa/totp/activate/"))
    assert page.xpath("//details[@class='work-menu']") == []
