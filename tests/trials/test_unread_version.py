"""A newer version of a record could not be read: the pages say so, and nothing of the old one is open."""

import re

import pytest
from django.test import Client

from importers.registries.slugs import Registry
from tests.builders import AT, make_trial, site
from tests.trials.test_trial_page import text
from tests.trials.test_workspace import member
from trials.choices import Status
from trials.models import Registration, Site, Trial
from trials.models.workspace import HospitalAnswer
from trials.workspace import confirmations
from trials.workspace.rights import Role

pytestmark = pytest.mark.django_db

URL = "https://clinicaltrials.gov/study/NCT00000001"


@pytest.fixture
def trial() -> Trial:
    return make_trial(
        "NCT00000001",
        unreadable_since=AT,
        url=URL,
        sites=[site("Own Hospital", "Mumbai"), site("Abroad", "Lyon", "", "France")],
    )


def test_nothing_of_it_is_open(trial: Trial) -> None:
    assert (trial.status, trial.outdated, trial.recruiting_in_india) == (Status.UNKNOWN, True, False)
    assert (trial.published, trial.open_cities, trial.sites.filter(is_open=True).count()) == (True, [], 0)


def test_page_says_so_and_leads_to_the_registry(client: Client, trial: Trial) -> None:
    page = client.get("/trials/NCT00000001/").content.decode()
    assert page.count('class="note unlisted" role="note"') == 1
    assert page.count(URL) >= 2
    assert set(re.findall('data-because="([a-z]+)"', page)) == {"unreadable"}


def test_card_says_so_and_leads_to_the_registry(client: Client, trial: Trial) -> None:
    page = client.get("/trials/?recruiting=").content.decode()
    assert (page.count(URL), page.count('data-because="unreadable"'), "two years" in page) == (1, 1, False)


@pytest.mark.parametrize("address", ["/hi/trials/NCT00000001/", "/hi/trials/?recruiting="])
def test_it_is_said_in_hindi_too(client: Client, trial: Trial, address: str) -> None:
    page = client.get(address).content.decode()
    assert "नया संस्करण ClinicalTrials.gov पर पढ़ें" in page


def test_trial_whose_newest_version_was_read_says_nothing_of_it(client: Client) -> None:
    make_trial("NCT00000001", sites=[site("Own Hospital", "Mumbai")])
    assert "newer version" not in text(client, "/trials/NCT00000001/")
    assert "newer version" not in text(client, "/trials/")


def test_hospitals_own_word_still_counts(trial: Trial) -> None:
    confirmations.say(
        Registration.objects.get(),
        Site.objects.get(hospital="Own Hospital"),
        HospitalAnswer.OPEN,
        member(Role.EDITOR),
    )
    trial.refresh_from_db()
    assert (trial.recruiting_in_india, trial.open_cities, trial.status) == (True, ["mumbai"], Status.UNKNOWN)


def test_another_registry_that_was_read_still_counts(trial: Trial) -> None:
    joined = make_trial(
        "CTRI/2026/01/000001", registry=Registry.CTRI, trial=trial, sites=[site("Own Hospital", "Mumbai")]
    )
    assert (joined.recruiting_in_india, joined.status, joined.outdated) == (True, Status.UNKNOWN, True)


def test_api_and_export_say_so(client: Client, trial: Trial) -> None:
    told = client.get("/api/v1/trials/NCT00000001").json()
    assert (told["newer_version_not_read"], told["status"], told["recruiting_in_india"]) == (
        True,
        "UNKNOWN",
        False,
    )


def test_sheet_for_the_doctor_says_so(client: Client, trial: Trial) -> None:
    page = text(client, "/trials/NCT00000001/sheet/")
    assert "a newer version of the record could not be read" in page
