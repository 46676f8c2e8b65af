"""The desk's page for CTRI: what waits, and ids people add."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from importers.models.crawl import CtriTarget
from tests.desk import person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Client:
    return signed_in(person(admin=True))


def press(client: Client, action: str, **values: str) -> list[str]:
    page = client.post(f"/imports/ctri/{action}/", values, follow=True)
    return [str(message) for message in page.context["messages"]]


def test_page_counts_what_waits(admin: Client) -> None:
    press(admin, "add", ids="1 2 3")
    outlook = admin.get("/imports/ctri/").context["outlook"]
    assert (outlook.waiting, outlook.nights) == (3, 1)


def test_pasted_ids_are_to_be_visited(admin: Client) -> None:
    assert press(admin, "add", ids="80740\nhttps://x/pmaindet2.php?trialid=93") == [
        "2 pages will be visited."
    ]
    assert list(CtriTarget.objects.order_by("trial_id").values_list("trial_id", "reason")) == [
        (93, "typed"),
        (80740, "typed"),
    ]


@pytest.mark.parametrize("ids", ["", "abc", "\0", "9" * 30_000, "<script>"])
def test_what_is_no_id_is_told(admin: Client, ids: str) -> None:
    assert press(admin, "add", ids=ids)[0].startswith("No trialid and no address of a CTRI page:")
    assert not CtriTarget.objects.exists()


def test_range_is_added_once(admin: Client) -> None:
    assert press(admin, "backfill", first="10", last="12") == ["3 pages will be visited."]
    assert press(admin, "backfill", first="10", last="13") == ["1 page will be visited."]


@pytest.mark.parametrize(
    ("first", "last"), [("12", "10"), ("x", "10"), ("", ""), ("1", "9999999"), ("0", "5"), ("1", "9" * 40)]
)
def test_range_that_is_none_is_told(admin: Client, first: str, last: str) -> None:
    assert press(admin, "backfill", first=first, last=last) == [
        "The range must go up, by not more than 50000."
    ]


def test_past_is_expected_to_end_and_can_wait(admin: Client, settings: Any) -> None:
    settings.CTRI_BUDGET = 160  # 60 of them for new numbers
    press(admin, "backfill", first="1", last="1000")
    told = admin.get("/imports/ctri/").context["outlook"]
    assert (told.past, told.past_nights, told.past_ends - timezone.localdate()) == (
        1000,
        10,
        timedelta(days=10),
    )
    assert press(admin, "pause", paused="1") == ["The past waits."]
    assert b"Go on with the past" in admin.get("/imports/ctri/").content
    assert press(admin, "pause") == ["The past is read on."]


def test_number_whose_page_is_not_known_is_kept_and_told(admin: Client) -> None:
    assert press(admin, "add", ids="ctri/2026/01/000077") == [
        "Kept until an export tells where its page is: CTRI/2026/01/000077"
    ]
    assert b"CTRI/2026/01/000077" in admin.get("/imports/ctri/").content


def test_page_is_answered_in_hindi_too(admin: Client) -> None:
    press(admin, "add", ids="1")
    assert admin.get("/hi/imports/ctri/").status_code == 200


def test_command_adds_and_tells(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("ctri_targets", "--add", "5", "--backfill", "10", "11")
    assert capsys.readouterr().out.splitlines()[-1] == (
        "1 wait, about 1 nights; 2 of the past, about 1 nights; 0 numbers whose page is not known. "
        "0 CAR T records, 0 others, 0 not registered."
    )


@pytest.mark.parametrize("words", [["--add", "x"], ["--backfill", "5", "1"]])
def test_command_refuses_what_is_no_id(words: list[str]) -> None:
    with pytest.raises(CommandError) as stop:
        call_command("ctri_targets", *words)
    assert stop.value.returncode == 2
