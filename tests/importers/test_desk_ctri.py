"""The desk's page for CTRI: what waits, and ids people add."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from importers.models import RegistryAccess
from importers.models.crawl import CtriTarget
from importers.registries.ctri.crawl import cited
from importers.registries.ctri.crawl.parts import Part
from tests.desk import message_levels, person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Client:
    return signed_in(person(admin=True))


def press(client: Client, action: str, **values: str) -> list[str]:
    return message_levels(client.post(f"/imports/ctri/{action}/", values, follow=True))


def test_page_counts_what_waits(admin: Client) -> None:
    press(admin, "add", ids="1 2 3")
    outlook = admin.get("/imports/ctri/").context["outlook"]
    assert (outlook.waiting, outlook.part(Part.ASKED).days) == (3, 1)


def test_pasted_ids_are_to_be_visited(admin: Client) -> None:
    assert press(admin, "add", ids="80740\nhttps://x/pmaindet2.php?trialid=93") == ["success"]
    assert list(CtriTarget.objects.order_by("trial_id").values_list("trial_id", "reason")) == [
        (93, "typed"),
        (80740, "typed"),
    ]


@pytest.mark.parametrize("ids", ["", "abc", "\0", "9" * 30_000, "<script>"])
def test_what_is_no_id_is_told(admin: Client, ids: str) -> None:
    assert press(admin, "add", ids=ids) == ["error"]
    assert not CtriTarget.objects.exists()


def test_range_is_added_once(admin: Client) -> None:
    for last, waiting in (("12", 3), ("13", 4)):
        assert press(admin, "backfill", first="10", last=last) == ["success"]
        assert CtriTarget.objects.count() == waiting


@pytest.mark.parametrize(
    ("first", "last"), [("12", "10"), ("x", "10"), ("", ""), ("1", "9999999"), ("0", "5"), ("1", "9" * 40)]
)
def test_range_that_is_none_is_told(admin: Client, first: str, last: str) -> None:
    assert press(admin, "backfill", first=first, last=last) == ["error"]
    assert not CtriTarget.objects.exists()


def test_past_is_expected_to_end_and_can_wait(admin: Client, settings: Any) -> None:
    settings.CTRI_BUDGET, settings.CTRI_FRONTIER = 160, 0  # 120 of them for new numbers
    press(admin, "backfill", first="1", last="1000")
    told = admin.get("/imports/ctri/").context["outlook"].part(Part.PAST)
    assert (told.waiting, told.days, told.ends) == (1000, 10, timezone.localdate() + timedelta(days=10))
    assert press(admin, "pause", part="past", paused="1") == ["success"]
    told = admin.get("/imports/ctri/").context["outlook"].part(Part.PAST)
    assert (told.paused, told.days) == (True, None)
    assert press(admin, "pause", part="past") == ["success"]
    assert RegistryAccess.objects.get().paused_parts == []


def test_whole_past_takes_weeks(admin: Client, settings: Any) -> None:
    settings.REGISTRY_MIN_INTERVAL = None
    told = admin.get("/imports/ctri/").context["outlook"]
    assert told.nightly == 8533
    assert 20 <= (told.part(Part.PAST).days or 0) <= 30


@pytest.mark.parametrize("part", ["", "x", "\0", "known, past"])
def test_part_that_there_is_not_is_told(admin: Client, part: str) -> None:
    assert press(admin, "pause", part=part, paused="1") == ["error"]
    assert not RegistryAccess.objects.exists()


def test_number_whose_page_is_not_known_is_searched_for(admin: Client) -> None:
    assert press(admin, "add", ids="ctri/2026/01/000077 CTRI/2199/01/000001") == ["success"]
    page = admin.get("/imports/ctri/")
    assert [(number in page.text) for number in ("142255", "150627")] == [True, True]
    assert set(cited.searched().values_list("number", flat=True)) == {
        "CTRI/2026/01/000077",
        "CTRI/2199/01/000001",
    }


def test_page_is_answered_in_hindi_too(admin: Client) -> None:
    press(admin, "add", ids="1")
    assert admin.get("/hi/imports/ctri/").status_code == 200


def test_command_adds_and_tells(capsys: pytest.CaptureFixture[str], settings: Any) -> None:
    settings.CTRI_FRONTIER = 0
    call_command("ctri_targets", "--add", "5", "--backfill", "10", "11", "--json")
    *lines, last = capsys.readouterr().out.splitlines()
    assert lines == [
        "1 to visit.",
        "2 added.",
        "known: 0 done, 0 waiting; nothing to do",
        "asked: 0 done, 1 waiting, next trialid 5; done in 1 days",
        "search: 0 done, 0 waiting; nothing to do",
        "frontier: 0 done, 0 waiting; goes on every night",
        "past: 0 done, 2 waiting, next trialid 11; done in 1 days",
        "0 CAR T records, 0 others, 0 not registered; about 400 requests a night.",
    ]
    assert json.loads(last)["parts"]["past"]["waiting"] == 2


def test_command_tells_where_a_number_is_looked_for(capsys: pytest.CaptureFixture[str]) -> None:
    CtriTarget.objects.create(trial_id=80740, ctri_number="CTRI/2023/03/050689", reason="known")
    words = ("CTRI/2025/01/079364", "ctri-2023-03-050689", "CTRI/2199/01/000001")
    call_command("ctri_targets", *words, "--json")
    *lines, last = capsys.readouterr().out.splitlines()
    found = json.loads(last)["numbers"]
    assert lines[0] == (
        "CTRI/2025/01/079364 is most likely between trialid 114449 and 123332; "
        f"next is {found[0]['next']}, after 0 requests."
    )
    assert lines[1:] == [
        "CTRI/2023/03/050689 is trialid 80740: "
        "https://ctri.nic.in/Clinicaltrials/pmaindet2.php?EncHid=ODA3NDA=&Enc=&userName=",
        "CTRI/2199/01/000001 cannot be registered yet: it is not searched for.",
    ]
    assert 114_449 <= found[0]["next"] <= 123_332


@pytest.mark.parametrize("words", [["--add", "x"], ["--backfill", "5", "1"], ["CTRI/1/2/3"]])
def test_command_refuses_what_is_no_id(words: list[str]) -> None:
    with pytest.raises(CommandError) as stop:
        call_command("ctri_targets", *words)
    assert stop.value.returncode == 2
