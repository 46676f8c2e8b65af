"""Following by e-mail: asked twice, stopped with one tap, the same answer for every address."""

import logging
from io import StringIO
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from tests.builders import make_trial, site, trial_row
from tests.trials.following import ASHA, follows
from trialfinder import checks
from trialfinder.environment import Mode
from trials.follow import limits, links, sending
from trials.models import FollowMail, Subscription

pytestmark = pytest.mark.django_db


def ask(client: Client, query: str = "condition=lbcl", email: str = ASHA, **body: str) -> Any:
    return client.post(f"/follow/?{query}", {"email": email, "pace": "at-once"} | body)


def sent() -> list[Any]:
    mail.outbox.clear()
    sending.send_due(timezone.now())
    return list(mail.outbox)


def test_asked_twice(client: Client) -> None:
    assert ask(client).headers["Location"] == reverse("trials:follow-sent")
    (message,) = sent()
    one = Subscription.objects.get()
    address = links.address("follow-confirm", one)
    assert address in message.body
    path = reverse("trials:follow-confirm", args=[links.token(one)])
    assert client.get(path).status_code == 200
    one.refresh_from_db()
    assert one.confirmed_at is None
    client.post(path)
    one.refresh_from_db()
    assert one.confirmed_at is not None


def test_no_mail_is_sent_inside_the_request(client: Client) -> None:
    ask(client)
    assert (mail.outbox, FollowMail.objects.count()) == ([], 1)


def test_address_is_asked_once_a_day(client: Client) -> None:
    for query in ("condition=lbcl", "condition=lbcl", "condition=b-all"):
        assert ask(client, query).status_code == 302
    assert len(sent()) == 1


def test_known_suppressed_and_new_addresses_get_the_same_answer(client: Client) -> None:
    follows(about="condition=lbcl")
    call_command("suppress", "gone@example.org", stdout=StringIO())
    pages = [ask(client, email=email) for email in (ASHA, "gone@example.org", "new@example.org")]
    assert len({(page.status_code, page.headers["Location"]) for page in pages}) == 1
    assert [message.to for message in sent()] == [["new@example.org"]]


def test_network_may_ask_so_often(client: Client) -> None:
    answers = [ask(client, email=f"{n}@example.org").status_code for n in range(limits.FORMS_AN_HOUR + 1)]
    assert answers == [302] * limits.FORMS_AN_HOUR + [429]


def test_robot_is_answered_and_kept_out(client: Client) -> None:
    assert (ask(client, website="x").status_code, Subscription.objects.count()) == (302, 0)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 200),
        ("condition=nonsense", 400),
        ("nonsense=1", 400),
        ("trial=NCT99999999", 404),
        ("hospital=nowhere", 404),
        ("q=" + "x" * 3000, 400),
        ("q=%00", 200),
    ],
)
def test_what_is_asked_for_is_read(query: str, status: int, client: Client) -> None:
    assert client.get(f"/follow/?{query}").status_code == status


@pytest.mark.parametrize("email", ["", "nonsense", "a@b.org\nBcc: c@d.org", "a" * 300 + "@example.org"])
def test_wrong_address_is_named(email: str, client: Client) -> None:
    page = ask(client, email=email)
    assert (page.status_code, list(page.context["form"].errors)) == (400, ["email"])


def test_trial_and_hospital_pages_lead_here(client: Client) -> None:
    trial = make_trial(sites=[site("Tata Memorial Hospital")])
    slug = trial.hospitals[0]
    for page, query in (
        (reverse("trials:detail", kwargs={"registry_id": trial.primary_id}), f"trial={trial.primary_id}"),
        (reverse("trials:site", args=[slug]), f"hospital={slug}"),
        ("/trials/?condition=lbcl", "condition=lbcl"),
    ):
        assert f'href="/follow/?{query}"' in client.get(page).content.decode()
        assert client.get(f"/follow/?{query}").status_code == 200


def test_one_tap_stops_without_cookie_or_token() -> None:
    one = follows()
    client = Client(enforce_csrf_checks=True)
    path = reverse("trials:follow-stop", args=[links.token(one)])
    assert (client.get(path).status_code, Subscription.objects.count()) == (200, 1)
    page = client.post(path, {"List-Unsubscribe": "One-Click"})
    assert (page.status_code, page.cookies, Subscription.objects.count()) == (200, {}, 0)
    assert (client.get(path).status_code, client.post(path).status_code) == (404, 404)


def test_owner_sees_changes_and_stops_everything_of_the_address(client: Client) -> None:
    one, other = follows(), follows(about="age=5")
    stranger = follows(address="other@example.org")
    path = reverse("trials:follow-manage", args=[links.token(one)])
    assert [row.pk for row, _ in client.get(path).context["rows"]] == [one.pk, other.pk]
    client.post(path, {"which": other.pk, "pace": "weekly", "language": "hi"})
    client.post(path, {"which": stranger.pk, "stop": "yes"})
    client.post(path, {"which": "x" * 50, "pace": "nonsense"})
    other.refresh_from_db()
    assert (other.pace, other.language, Subscription.objects.count()) == ("weekly", "hi", 3)
    client.post(reverse("trials:follow-stop", args=[links.token(one)]), {"all": "yes"})
    assert list(Subscription.objects.all()) == [stranger]


@pytest.mark.parametrize("name", ["follow-confirm", "follow-manage", "follow-stop"])
def test_forged_link_is_refused(name: str, client: Client) -> None:
    follows()
    assert client.get(reverse(f"trials:{name}", args=["x:y:z"])).status_code == 404


def test_address_is_nowhere_but_encrypted(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    ask(client)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cache WHERE value LIKE %s OR cache_key LIKE %s", ["%asha%"] * 2)
        cached = cursor.fetchone()
    stored = str(list(Subscription.objects.values()))
    assert (cached, Session.objects.count(), "asha" in caplog.text, "asha" in stored) == (
        (0,),
        0,
        False,
        False,
    )


@pytest.mark.parametrize(
    ("mode", "sender", "wrong"),
    [(Mode.PRODUCTION, "", 1), (Mode.PRODUCTION, "a@example.org", 0), (Mode.DEVELOPMENT, "", 0)],
)
def test_public_site_must_say_whom_mail_comes_from(
    mode: Mode, sender: str, wrong: int, settings: Settings
) -> None:
    settings.MODE, settings.EMAIL_FROM = mode, sender
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert len(checks.mail()) == wrong


def test_site_that_cannot_send_mail_takes_no_address(client: Client, settings: Settings) -> None:
    settings.FOLLOW_BY_MAIL = False
    assert (ask(client).status_code, Subscription.objects.count()) == (200, 0)
    assert "data-follow" not in client.get("/trials/").text


def test_sample_trial_cannot_be_followed(client: Client) -> None:
    trial = trial_row(sample=True)
    assert client.get(f"/follow/?trial={trial.primary_id}").status_code == 404
