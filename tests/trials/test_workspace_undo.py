"""An answer given by mistake is taken back in sight: by the link of a mail, and in the workspace."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from tests.builders import make_trial, site
from tests.desk import signed_in
from tests.pages import parsed
from tests.trials.test_workspace_doors import member
from trials.models import Registration, Site, Trial, TrialEvent
from trials.models.workspace import ConfirmationLink, SiteConfirmation
from trials.workspace import confirmations, mail_links
from trials.workspace.rights import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator() -> User:
    make_trial("NCT00000001", sites=[site("Own Hospital", "Mumbai")])
    return member("asha", Role.COORDINATOR, Site.objects.get())


def link(user: User) -> str:
    return f"/workspace/confirm/{mail_links.make(user, Registration.objects.get(), Site.objects.get())}/"


def undo_address(client: Client, path: str, said: str = "closed") -> str:
    """Answer by the link; where the page of thanks undoes it."""
    page = parsed(client.post(path, {"said": said}))
    return str(page.xpath("//main//form/@action")[0])


def said() -> list[tuple[str, bool]]:
    words = SiteConfirmation.objects.order_by("pk")
    return [(word.said, word.undone_at is None) for word in words]


def test_page_of_thanks_undoes_the_answer_and_asks_again(client: Client, coordinator: User) -> None:
    undo = undo_address(client, link(coordinator))
    assert not Trial.objects.get().recruiting_in_india
    page = parsed(client.post(undo))
    assert (Trial.objects.get().recruiting_in_india, said()) == (True, [("closed", False)])
    [again] = page.xpath("//main//form/@action")
    assert client.post(again, {"said": "open"}).status_code == 200
    assert said() == [("closed", False), ("open", True)]


def test_undo_works_once_and_opens_no_other_link(client: Client, coordinator: User) -> None:
    path = link(coordinator)
    undo = undo_address(client, path)
    client.post(undo)
    assert [client.post(undo).status_code, client.get(undo).status_code] == [410, 410]
    assert client.post(path, {"said": "open"}).status_code == 410
    assert client.post(undo.replace("undo/", ""), {"said": "open"}).status_code == 410
    assert said() == [("closed", False)]


def test_looking_at_either_page_changes_nothing(client: Client, coordinator: User) -> None:
    path = link(coordinator)
    for method in (client.get, client.head):
        method(path, {"said": "closed"})
    assert said() == []
    undo = undo_address(client, path)
    for method in (client.get, client.head):
        assert method(undo).status_code == 200
    assert said() == [("closed", True)]


def test_undo_ends_after_a_day_and_its_new_link_with_the_old_one(client: Client, coordinator: User) -> None:
    undo = undo_address(client, link(coordinator))
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert client.post(undo).status_code == 410
    client.post(undo)
    first, second = ConfirmationLink.objects.order_by("pk")
    assert first.expires_at == second.expires_at


def test_undo_ends_with_the_right_to_speak_for_the_hospital(client: Client, coordinator: User) -> None:
    undo = undo_address(client, link(coordinator))
    coordinator.site_assignments.all().delete()
    assert (client.post(undo).status_code, said()) == (410, [("closed", True)])


def test_secrets_of_undo_are_kept_as_hashes(client: Client, coordinator: User) -> None:
    undo = undo_address(client, link(coordinator))
    secret = re.findall(r"undo/([^/]+)/", undo)[0]
    assert ConfirmationLink.objects.filter(undo_hash=secret).count() == 0


def test_answer_in_the_workspace_is_undone_from_the_same_page(coordinator: User) -> None:
    client = signed_in(coordinator)
    registration, own = Registration.objects.get(), Site.objects.get()
    page = client.post(f"/workspace/say/{registration.pk}/{own.pk}/", {"said": "full"}, follow=True)
    [undo] = parsed(page).xpath("//main//form[contains(@action, '/undo/')]")
    answer = client.post(undo.action, dict(undo.form_values()))
    assert (answer["Location"], said()) == ("/workspace/", [("full", False)])
    assert client.get("/workspace/").context["just_said"] == []


def test_only_the_last_answer_on_a_trial_is_offered(coordinator: User) -> None:
    client = signed_in(coordinator)
    registration, own = Registration.objects.get(), Site.objects.get()
    for answer in ("full", "closed"):
        client.post(f"/workspace/say/{registration.pk}/{own.pk}/", {"said": answer})
    assert [(word.said, number) for word, number in client.get("/workspace/").context["just_said"]] == [
        ("closed", 1)
    ]


def test_answer_for_a_whole_hospital_is_undone_by_one_press(coordinator: User) -> None:
    make_trial("NCT00000002", sites=[site("Own Hospital", "Mumbai"), site("Other Hospital", "Pune")])
    client, own = signed_in(coordinator), Site.objects.get(hospital="Own Hospital")
    page = client.post(f"/workspace/sites/{own.pk}/confirm-all/", follow=True)
    [(_word, number)] = page.context["just_said"]
    [undo] = parsed(page).xpath("//main//form[contains(@action, '/undo/')]")
    client.post(undo.action, dict(undo.form_values()))
    assert (number, said(), TrialEvent.objects.count()) == (2, [("open", False)] * 2, 0)


def test_undo_of_one_answer_leaves_the_others_of_its_press(coordinator: User) -> None:
    make_trial("NCT00000002", sites=[site("Own Hospital", "Mumbai")])
    confirmations.confirm_all(Site.objects.get(), coordinator)
    word = SiteConfirmation.objects.order_by("pk")[0]
    signed_in(coordinator).post(f"/workspace/undo/{word.pk}/")
    assert (said(), TrialEvent.objects.count()) == ([("open", False), ("open", True)], 1)


def test_answers_of_an_hour_ago_leave_the_page(coordinator: User) -> None:
    client = signed_in(coordinator)
    registration, own = Registration.objects.get(), Site.objects.get()
    client.post(f"/workspace/say/{registration.pk}/{own.pk}/", {"said": "full"})
    SiteConfirmation.objects.update(at=timezone.now() - timedelta(minutes=61))
    assert client.get("/workspace/").context["just_said"] == []
