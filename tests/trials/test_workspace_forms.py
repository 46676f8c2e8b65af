"""Errors of the forms stand at their fields, and are read out with them."""

import pytest
from django.test import Client

from tests.builders import make_trial, site
from tests.desk import signed_in
from tests.pages import parsed
from tests.trials.test_workspace_doors import member
from trials.models import Registration, Site
from trials.workspace.rights import Role

pytestmark = pytest.mark.django_db

FORMS = [
    (
        "/workspace/listing/LISTING/contact/SITE/",
        {"phone": "x", "email": "x"},
        ["phone", "email"],
    ),
    ("/workspace/listing/LISTING/summary_en/", {"seen": "0-0", "text": ""}, ["text"]),
    ("/workspace/people/invite/", {"email": "x"}, ["email", "role", "language"]),
    ("/workspace/missing/", {"what": "hospital"}, ["name", "city"]),
    ("/accounts/password/change/", {}, ["oldpassword", "password1", "password2"]),
]


@pytest.fixture
def admin() -> Client:
    make_trial("NCT00000001", sites=[site("Own Hospital", "Mumbai")])
    boss = member("boss", Role.ADMIN)
    boss.set_password("a long enough phrase")
    boss.save()
    return signed_in(boss)


@pytest.mark.parametrize(("path", "said", "wrong"), FORMS)
def test_error_is_read_out_with_its_field(
    admin: Client, path: str, said: dict[str, str], wrong: list[str]
) -> None:
    path = path.replace("LISTING", str(Registration.objects.get().pk))
    page = parsed(admin.post(path.replace("SITE", str(Site.objects.get().pk)), said))
    fields = page.xpath("//main//*[@aria-invalid='true']")
    assert [field.name for field in fields] == wrong
    for field in fields:
        described = [page.get_element_by_id(name) for name in field.get("aria-describedby").split()]
        assert "alert" in [element.get("role") for element in described]
