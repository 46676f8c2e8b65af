"""Reported errors are answered or closed at the desk; addresses are forgotten with that."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.desk import message_levels, person, signed_in
from tests.snapshots import MADE
from trials.models.reports import ErrorReport

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Client:
    return signed_in(person(admin=True))


def reported(**columns: Any) -> ErrorReport:
    words = {"registry_id": "NCT00000001", "kind": "contact", "text": "Wrong number"}
    return ErrorReport.objects.create(**(words | columns))


def press(client: Client, report: ErrorReport, do: str = "answer", answer: str = "It is right now.") -> Any:
    return client.post(f"/imports/reports/{report.pk}/", {"do": do, "answer": answer}, follow=True)


def test_answer_goes_out_once_in_the_language_of_the_report(admin: Client) -> None:
    report = reported(email="a@example.org", language="hi")
    assert message_levels(press(admin, report)) == ["success"]
    assert [(m.to, m.subject) for m in mail.outbox] == [
        (["a@example.org"], "ट्रायल NCT00000001 के बारे में आपकी सूचना")
    ]
    assert "It is right now." in mail.outbox[0].body
    assert message_levels(press(admin, report)) == ["warning"]
    assert len(mail.outbox) == 1


def test_what_was_reported_is_not_mailed_around(admin: Client) -> None:
    press(admin, reported(email="a@example.org", text="I have this illness"))
    assert "illness" not in mail.outbox[0].body


def test_address_is_forgotten_once_answered(admin: Client) -> None:
    report = reported(email="a@example.org")
    press(admin, report)
    report.refresh_from_db()
    assert (report.state, report.email, report.answer) == ("answered", "", "It is right now.")


def test_report_without_address_is_answered_on_paper_only(admin: Client) -> None:
    assert message_levels(press(admin, reported())) == ["success"]
    assert mail.outbox == []


def test_closing_sends_nothing_and_forgets_the_address(admin: Client) -> None:
    report = reported(email="a@example.org")
    assert message_levels(press(admin, report, "close", "")) == ["success"]
    report.refresh_from_db()
    assert (report.state, report.email, mail.outbox) == ("closed", "", [])


def test_answer_needs_words(admin: Client) -> None:
    report = reported(email="a@example.org")
    assert message_levels(press(admin, report, answer=" ")) == ["error"]
    report.refresh_from_db()
    assert report.state == "open"


def test_mail_that_cannot_be_sent_changes_nothing(admin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object, **_values: object) -> None:
        raise OSError("no connection")

    monkeypatch.setattr("importers.desk.reports.send_mail", broken)
    report = reported(email="a@example.org")
    assert message_levels(press(admin, report)) == ["error"]
    report.refresh_from_db()
    assert (report.state, report.email) == ("open", "a@example.org")


def test_oldest_waits_first_and_is_counted_on_the_desk(admin: Client) -> None:
    for text in ("first", "second"):
        reported(text=text)
    reported(state="closed")
    page = admin.get("/imports/reports/")
    assert [report.text for report in page.context["waiting"]] == ["first", "second"]
    assert admin.get("/imports/").context["open_reports"] == 2


def test_list_costs_the_same_however_many(
    admin: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(20):
        reported(email="a@example.org")
        reported(state="closed")
    with django_assert_max_num_queries(MADE + 10):
        admin.get("/imports/reports/")
