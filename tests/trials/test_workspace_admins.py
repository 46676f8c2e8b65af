"""Admins among themselves: nobody is locked out unseen, and whoever lost a factor finds back."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from tests.desk import signed_in
from tests.trials.test_workspace_doors import member
from trials.workspace.rights import Rights, Role

pytestmark = pytest.mark.django_db
COORDINATOR = {"role": "coordinator", "is_active": "on"}


def admin(name: str, **columns: object) -> User:
    user = member(name, Role.ADMIN)
    User.objects.filter(pk=user.pk).update(email=f"{name}@example.org", **columns)
    return User.objects.get(pk=user.pk)


def test_superuser_is_out_of_reach_of_an_admin_by_role() -> None:
    owner = admin("owner", is_superuser=True)
    answer = signed_in(admin("boss")).post(
        f"/workspace/people/{owner.pk}/", {"role": "coordinator"}, follow=True
    )
    said = [str(message) for message in answer.context["messages"]]
    assert said == ["Only whoever runs this site can change the rights of this account."]
    assert (User.objects.get(pk=owner.pk).is_active, Rights(owner).role) == (True, Role.ADMIN)


def test_everyone_concerned_hears_that_an_admin_was_shut_out(
    mailoutbox: list[EmailMessage], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    boss, other, third = admin("boss"), admin("other"), admin("third")
    with django_capture_on_commit_callbacks(execute=True):
        signed_in(boss).post(f"/workspace/people/{other.pk}/", {"role": "admin"})
    assert sorted(mail.to[0] for mail in mailoutbox) == [other.email, third.email]
    assert {mail.body.splitlines()[0] for mail in mailoutbox} == {
        "boss took the rights of an admin of the CAR T trial finder from other."
    }


def test_change_that_concerns_no_admin_mails_nobody(
    mailoutbox: list[EmailMessage], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    editor = member("editor", Role.EDITOR)
    with django_capture_on_commit_callbacks(execute=True):
        signed_in(admin("boss")).post(f"/workspace/people/{editor.pk}/", COORDINATOR)
    assert (Rights(User.objects.get(pk=editor.pk)).role, mailoutbox) == (Role.COORDINATOR, [])


def test_lost_second_factor_is_reset_and_its_sessions_end(
    mailoutbox: list[EmailMessage], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    user = admin("boss")
    signed_in(user)
    with django_capture_on_commit_callbacks(execute=True):
        call_command("reset_second_factor", "BOSS@example.org", stdout=StringIO())
    assert not Authenticator.objects.filter(user=user).exists()
    assert [mail.to for mail in mailoutbox] == [["boss@example.org"]]
    with pytest.raises(CommandError, match="Nobody here has this address"):
        call_command("reset_second_factor", "x@example.org")


def test_session_that_nobody_used_for_half_a_day_ends() -> None:
    now = timezone.now()
    with time_machine.travel(now, tick=False) as clock:
        client: Client = signed_in(admin("boss"))
        assert client.get("/workspace/").status_code == 200
        clock.move_to(now + timedelta(hours=11))
        assert client.get("/workspace/").status_code == 200
        clock.move_to(now + timedelta(hours=22))
        assert client.get("/workspace/").status_code == 200
        clock.move_to(now + timedelta(hours=35))
        assert client.get("/workspace/").status_code == 302


def test_session_in_use_ends_after_two_weeks() -> None:
    now = timezone.now()
    with time_machine.travel(now, tick=False) as clock:
        client: Client = signed_in(admin("boss"))
        answers = []
        for hours in range(0, 15 * 24, 6):
            clock.move_to(now + timedelta(hours=hours))
            answers.append(client.get("/workspace/").status_code)
    assert answers.index(302) == 14 * 4 + 1
