"""Addresses of the registries' pages, as people paste them into the search box."""

import pytest
from django.test import Client

from importers.registries.ctri.web_addresses import ctri_page, ctri_trial_id
from importers.registries.slugs import Registry
from tests.builders import make_trial
from trials.registries import find_page
from trials.search.understand import understand

PAGE = "https://ctri.nic.in/Clinicaltrials/pmaindet2.php?EncHid=ODA3NDA=&Enc=&userName="
PASTED = [
    PAGE,
    "https://ctri.nic.in/Clinicaltrials/pmaindet2.php?EncHid=ODA3NDA%3D&Enc=&userName=CAR",
    "https://ctri.nic.in/Clinicaltrials/pmaindet2.php?EncHid=ODA3NDA%253D",
    "http://www.CTRI.nic.in/clinicaltrials/PMAINDET2.php?enchid=ODA3NDA",
    "ctri.nic.in/Clinicaltrials/pmaindet2.php?EncHid=ODA3NDA=&amp;Enc=&amp;userName=",
    "http://www.ctri.nic.in/Clinicaltrials/pmaindet2.php?trialid=80740",
    "https://ctri.nic.in/Clinicaltrials/showallp.php?mid1=80740&EncHid=&userName=CTRI/2021/04/032727",
    "http://ctri.nic.in/Clinicaltrials/pdf_generate.php?trialid=80740&EncHid=&modid=&compid=%27,%2780740det%27",
    "javascript:newwin2('pmaindet2.php?EncHid=ODA3NDA=&Enc=&userName=lung')",
    f"see <{PAGE}> please",
]
NO_PAGE = [
    "https://ctri.nic.in/Clinicaltrials/pmaindet2.php",
    "https://ctri.nic.in/Clinicaltrials/pmaindet2.php?EncHid=",
    "https://ctri.nic.in/Clinicaltrials/pmaindet2.php?EncHid=%00%ff",
    "https://ctri.nic.in/Clinicaltrials/pmaindet2.php?trialid=0",
    "https://ctri.nic.in/Clinicaltrials/pmaindet2.php?trialid=99999999",
    "https://ctri.nic.in/Clinicaltrials/showallp.php?mid1=-5",
    "http://[pmaindet2.php?x=" + "%" * 50,
]


@pytest.mark.parametrize("text", PASTED)
def test_address_of_a_ctri_page_is_read_in_every_form(text: str) -> None:
    assert (ctri_trial_id(text), understand(text).page) == (80740, PAGE)


@pytest.mark.parametrize("text", NO_PAGE)
def test_address_without_a_trialid_names_no_trial(text: str) -> None:
    assert (ctri_trial_id(text), find_page(text), understand(text).page) == (0, None, "")


@pytest.mark.parametrize(
    "text",
    [
        "https://clinicaltrials.gov/study/NCT01234567",
        "http://www.ClinicalTrials.gov/ct2/show/nct01234567?term=CAR-T&rank=1",
        "clinicaltrials.gov/ct2/show/study/NCT01234567",
        "https://classic.clinicaltrials.gov/ct2/show/NCT01234567#contacts",
    ],
)
def test_address_at_clinicaltrials_gov_is_its_number_and_nothing_else(text: str) -> None:
    understood = understand(text)
    assert (understood.registry_id, understood.rest, understood.conditions) == ("NCT01234567", "", ())


def test_words_beside_an_address_do_not_narrow() -> None:
    understood = understand(f"lymphoma {PAGE} xyzzy")
    assert (understood.page, understood.conditions, understood.rest) == (PAGE, (), "")


@pytest.mark.django_db
@pytest.mark.parametrize("text", PASTED)
def test_pasted_address_leads_to_the_trial(client: Client, text: str) -> None:
    make_trial("CTRI/2023/03/050689", registry=Registry.CTRI, url=ctri_page(80740))
    make_trial("CTRI/2021/04/032727", registry=Registry.CTRI, url=ctri_page(45423))
    assert client.get("/trials/", {"q": text}).headers["Location"] == "/trials/CTRI/2023/03/050689/"
    found = client.get("/api/v1/trials", {"q": text}).json()["results"]
    assert [trial["id"] for trial in found] == ["CTRI/2023/03/050689"]


@pytest.mark.django_db
@pytest.mark.parametrize("text", [PAGE, "https://clinicaltrials.gov/study/NCT01234567", "NCT01234567"])
def test_address_of_a_trial_that_is_not_ours_says_so(client: Client, text: str) -> None:
    make_trial("CTRI/2021/04/032727", registry=Registry.CTRI, url=ctri_page(45423))
    page = client.get("/trials/", {"q": text})
    asked = page.context["search"].one_trial
    assert (page.status_code, page.context["total"]) == (200, 0)
    assert f": {asked}." in page.content.decode().replace("&amp;", "&")
    assert [chip.label for chip in page.context["chips"]] == [asked]
    assert client.get("/hi/trials/", {"q": text}).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("text", NO_PAGE)
def test_broken_address_is_answered(client: Client, text: str) -> None:
    assert client.get("/trials/", {"q": text}).status_code == 200
