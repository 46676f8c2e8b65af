"""Visitors say what is wrong on a trial's page."""

from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from pytest_django import Settings

from tests.builders import make_trial
from tests.limits import count_here
from trials.choices import Role
from trials.models import Trial
from trials.models.reports import ErrorReport
from trials.reports import views
from trials.reports.views import REPORTS_AN_HOUR

pytestmark = pytest.mark.django_db
CTRI_ID = "CTRI/2023/03/050689"
ADDRESS = f"/trials/{CTRI_ID}/report/"
SAID = {"kind": "contact", "text": "The number is not theirs.", "email": ""}


@pytest.fixture(autouse=True)
def trial(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Trial:
    count_here(settings, monkeypatch)
    return make_trial(CTRI_ID)


def send(client: Client, address: str = ADDRESS, headers: Any = None, **changed: str) -> Any:
    return client.post(address, SAID | changed, headers=headers)


def kept() -> list[tuple[str, str, str, str]]:
    return list(ErrorReport.objects.values_list("registry_id", "kind", "text", "email"))


def test_report_is_kept_and_thanked_for(client: Client, trial: Trial) -> None:
    answer = client.post(ADDRESS, SAID, follow=True)
    assert answer.redirect_chain == [(f"{ADDRESS}thanks/", 302)]
    assert answer.templates[0].name == "trials/report_thanks.html"
    assert kept() == [(CTRI_ID, "contact", "The number is not theirs.", "")]
    assert trial.error_reports.get().state == "open"


def test_report_remembers_the_language_of_the_page(client: Client) -> None:
    send(client, f"/hi{ADDRESS}", email="a@example.org")
    assert ErrorReport.objects.get().language == "hi"


def test_every_way_to_write_the_number_leads_to_the_form(client: Client) -> None:
    assert client.get("/trials/ctri-2023-03-050689/report/").context["trial"].primary_id == CTRI_ID


@pytest.mark.parametrize("address", ["/trials/NCT00000001/report/", "/trials/NCT00000001/report/thanks/"])
def test_there_is_no_form_for_a_trial_that_is_not_shown(client: Client, address: str) -> None:
    make_trial("NCT00000001", role=Role.NOT_CAR_T)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("changed", "errors"),
    [
        ({"kind": ""}, {"kind": ["Choose what is wrong."]}),
        ({"text": "  "}, {"text": ["Write a few words."]}),
        ({"text": "x" * 2001}, {"text": ["At most 2000 letters, please."]}),
        ({"email": "nobody"}, {"email": ["This is not an e-mail address."]}),
    ],
)
def test_what_is_missing_is_told(client: Client, changed: dict[str, str], errors: dict[str, Any]) -> None:
    answer = send(client, **changed)
    assert (answer.status_code, answer.context["form"].errors, kept()) == (400, errors, [])


@pytest.mark.parametrize("changed", [{"kind": "<script>"}, {"text": "a\x00b"}, {"kind": "contact\x00"}])
def test_hostile_input_is_refused(client: Client, changed: dict[str, str]) -> None:
    assert (send(client, **changed).status_code, kept()) == (400, [])


def test_line_ends_count_as_browsers_count_them(client: Client) -> None:
    assert send(client, text="x\r\n" * 999 + "x").status_code == 302


def test_robot_that_fills_in_everything_is_thanked_and_forgotten(client: Client) -> None:
    assert (send(client, website="http://spam.example").status_code, kept()) == (302, [])


def test_one_address_cannot_send_without_end(client: Client) -> None:
    answers = [send(client).status_code for _ in range(REPORTS_AN_HOUR + 1)]
    assert answers == [302] * REPORTS_AN_HOUR + [429]
    assert send(client, headers={"X-Forwarded-For": "192.0.2.7"}).status_code == 429  # anybody can write that


def test_behind_a_proxy_its_word_counts_and_only_that(client: Client, settings: Settings) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    for n in range(REPORTS_AN_HOUR):
        send(client, headers={"X-Forwarded-For": f"10.0.0.{n}, 192.0.2.7"})
    assert send(client, headers={"X-Forwarded-For": "10.9.9.9, 192.0.2.7"}).status_code == 429
    assert send(client, headers={"X-Forwarded-For": "192.0.2.7, 192.0.2.8"}).status_code == 302


def test_addresses_are_not_kept_in_clear(client: Client) -> None:
    send(client, headers={"X-Forwarded-For": "192.0.2.7"})
    assert "127.0.0.1" not in str(caches["limits"]._cache)  # type: ignore[attr-defined]


def test_flood_from_everywhere_is_stopped(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "REPORTS_A_DAY", 1)
    assert [send(client).status_code for _ in range(2)] == [302, 429]


def test_form_needs_its_token() -> None:
    answer = Client(enforce_csrf_checks=True).post(ADDRESS, SAID)
    assert (answer.status_code, answer.templates[0].name) == (403, "403.html")


def test_report_outlives_its_trial(client: Client, trial: Trial) -> None:
    send(client)
    trial.delete()
    said = ErrorReport.objects.get()
    assert (said.registry_id, said.trial) == (CTRI_ID, None)


def test_nothing_of_a_report_is_logged(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    send(client, text="secret", kind="none")
    assert "secret" not in caplog.text


def test_form_says_to_write_nothing_about_health(client: Client) -> None:
    assert "Write nothing about your health" in client.get(ADDRESS).text
