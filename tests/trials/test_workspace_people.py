"""Hospitals for an invitation are found by name, with scripts off, and those chosen are never lost."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.desk import signed_in
from tests.trials.test_workspace_doors import member
from trials.models import Site
from trials.models.workspace import Invitation
from trials.workspace import hospitals
from trials.workspace.rights import Rights, Role

pytestmark = pytest.mark.django_db

INVITE = "/workspace/people/invite/"
TYPED = {"email": "new@example.org", "role": "coordinator", "language": "hi"}


@pytest.fixture
def many() -> list[Site]:
    places = ["Mumbai", "Pune", "Nagpur"]
    return [
        Site.objects.create(
            slug=f"h{number}", hospital=f"Hospital {number}", city=places[number % 3], state="Maharashtra"
        )
        for number in range(40)
    ]


@pytest.fixture
def admin() -> Client:
    return signed_in(member("boss", Role.ADMIN))


def names(found: hospitals.HospitalChoice) -> list[str]:
    return [site.hospital for site in found.found]


def test_search_finds_hospitals_and_keeps_what_was_typed_and_chosen(admin: Client, many: list[Site]) -> None:
    said = {"sites": [many[5].pk], "find": "nagpur hospital 35", "search": "yes"}
    answer = admin.post(INVITE, TYPED | said)
    shown: hospitals.HospitalChoice = answer.context["hospitals"]
    assert (answer.status_code, [site.pk for site in shown.chosen]) == (200, [many[5].pk])
    assert names(shown) == ["Hospital 35"]
    form = answer.context["form"]
    assert ({name: form[name].value() for name in TYPED}, form.errors) == (TYPED, {})
    assert Invitation.objects.count() == 0


def test_invitation_takes_the_chosen_hospitals(admin: Client, many: list[Site]) -> None:
    admin.post(INVITE, TYPED | {"sites": [many[5].pk, many[7].pk], "find": ""})
    assert set(Invitation.objects.get().sites.all()) == {many[5], many[7]}


def test_refused_invitation_keeps_the_chosen_hospitals(admin: Client, many: list[Site]) -> None:
    answer = admin.post(INVITE, {"email": "no", "sites": [many[5].pk, "x", "9" * 30]})
    assert (answer.status_code, answer.context["hospitals"].chosen) == (400, [many[5]])


def test_many_hospitals_wait_for_a_search_and_few_do_not(many: list[Site]) -> None:
    assert (names(hospitals.choice([], "")), len(names(hospitals.choice([], "hospital")))) == ([], 30)
    assert hospitals.choice([], "hospital").left_out == 10
    Site.objects.exclude(pk__in=[site.pk for site in many[: hospitals.FEW]]).delete()
    assert len(names(hospitals.choice([], ""))) == hospitals.FEW


@pytest.mark.parametrize("asked", ["\0", "%", "_", "'; --", "x" * 500])
def test_hostile_search_finds_nothing_and_breaks_nothing(admin: Client, many: list[Site], asked: str) -> None:
    answer = admin.post(INVITE, {"find": asked, "search": "yes"})
    assert (answer.status_code, names(answer.context["hospitals"])) == (200, [])


def test_search_on_the_page_of_a_person_saves_nothing(admin: Client, many: list[Site]) -> None:
    user: Any = member("asha", Role.COORDINATOR, many[1])
    address = f"/workspace/people/{user.pk}/"
    assert admin.get(address).context["hospitals"].chosen == [many[1]]
    answer = admin.post(address, {"role": "editor", "sites": [many[2].pk], "find": "8", "search": "yes"})
    assert answer.context["hospitals"].chosen == [many[2]]
    unchanged = Rights(User.objects.get(pk=user.pk))
    assert (unchanged.role, set(unchanged.sites)) == ("coordinator", {many[1].pk})
