"""A trial's history: what we saw change and what the registries date, on one line of time."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from importers.registries.slugs import Registry
from tests.builders import make_trial
from tests.pages import parsed
from trials.models import TrialEvent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(datetime(2026, 11, 20, tzinfo=UTC), tick=False):
        yield


def told(client: Client, registry_id: str, language: str = "") -> list[str]:
    items = parsed(client.get(f"{language}/trials/{registry_id}/")).xpath("//ul[@class='history']/li")
    return [" ".join(item.text_content().split()) for item in items]


def test_events_stand_among_the_registrys_own_dates(client: Client) -> None:
    trial = make_trial(
        "CTRI/2026/01/000001",
        registry=Registry.CTRI,
        last_updated=date(2026, 10, 1),
        details={"registered": "2026-01-14", "start": "2026-02", "completion": "2028"},
    )
    trial.events.create(kind=TrialEvent.Kind.SITE_ADDED, at=datetime(2026, 5, 3, tzinfo=UTC), after="CMC")
    assert told(client, "CTRI/2026/01/000001") == [
        "1 Oct 2026 last changed on CTRI (CTRI/2026/01/000001)",
        "3 May 2026 site added: CMC",
        "February 2026 start of the trial, as CTRI has it (CTRI/2026/01/000001)",
        "14 Jan 2026 registered on CTRI (CTRI/2026/01/000001)",
    ]
    assert told(client, "CTRI/2026/01/000001", "/hi")[0].endswith("CTRI पर आख़िरी बदलाव (CTRI/2026/01/000001)")


def test_each_registration_has_its_own_dates(client: Client) -> None:
    trial = make_trial("CTRI/2026/01/000001", registry=Registry.CTRI, last_updated=date(2026, 10, 1))
    make_trial("NCT00000001", trial=trial, last_updated=date(2026, 11, 1))
    assert [line.rsplit(" ", 1)[1] for line in told(client, trial.primary_id)] == [
        "(NCT00000001)",
        "(CTRI/2026/01/000001)",
    ]


@pytest.mark.parametrize("written", ["2027-01", "2026", "2026-11"])
def test_what_is_to_come_is_none_of_history(client: Client, written: str) -> None:
    make_trial("NCT00000001", last_updated=None, details={"start": written})
    assert told(client, "NCT00000001") == []
