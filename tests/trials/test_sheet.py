"""The sheet for the doctor, the check list and the links that share: what they tell and never ask."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.template import engines
from django.test import Client, RequestFactory
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from tests.builders import make_trial, record, site
from tests.takeaway import BARE_ID, CTRI_ID, LONG_ID, bare_trial, long_trial, plain_trial
from trials.choices import Status
from trials.models import Trial
from trials.views.trial.sheet import CRITERIA_ROOM, CRITERION_LENGTH, Clipped

pytestmark = pytest.mark.django_db


def text(client: Client, path: str) -> str:
    page = client.get(path).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", page[page.index("<main") :]).split())


def test_texts_are_clipped_and_the_rest_is_counted() -> None:
    clipped = Clipped.of(["a" * 500] * 9)
    assert {len(one) for one in clipped.texts} == {CRITERION_LENGTH}
    assert len(clipped.texts) + clipped.left_out == 9
    assert sum(map(len, clipped.texts)) <= CRITERIA_ROOM


def test_sheet_tells_the_trial_with_its_numbers_and_whom_to_ask(client: Client) -> None:
    make_trial("NCT00000007", trial=plain_trial())
    page = text(client, "/trials/NCT00000007/sheet/")
    for told in (
        "NCT00000007 · CTRI/2026/01/000001",
        "Recruiting · ClinicalTrials.gov updated it on 1 Oct 2026",
        "Earlier CAR T treatment: not allowed",
        "Large B-cell lymphoma CD19 seen on the cells",
        "Example Hospital",
        "Dr Example · 000 000 · a@example.org",
        "This is not medical advice.",
    ):
        assert told in page


def test_cells_stand_before_the_chemotherapy_around_them(client: Client) -> None:
    names = ("Fludarabine", "Cyclophosphamide", "Carboplatin", "B7-H3 CAR-T")
    trial = make_trial(details={"interventions": [{"name": name, "other_names": []} for name in names]})
    assert client.get(f"/trials/{trial.primary_id}/sheet/").context["tested"][0] == "B7-H3 CAR-T"


def test_closed_hospital_is_not_on_the_sheet(client: Client) -> None:
    trial = make_trial(status=Status.UNKNOWN, sites=[site("Old Hospital", "Mumbai")])
    page = text(client, f"/trials/{trial.primary_id}/sheet/")
    assert "none is known to be recruiting now" in page
    assert "Old Hospital" not in page


def test_trial_that_states_nothing_says_so(client: Client) -> None:
    bare_trial()
    page = text(client, f"/trials/{BARE_ID}/sheet/")
    assert "Where it takes place is not stated." in page
    assert page.count("Not stated. Ask the hospital.") == 2
    assert "The registry does not say who can join." in text(client, f"/trials/{BARE_ID}/check/")


@pytest.mark.parametrize("kind", ["sheet", "check"])
def test_other_spellings_lead_to_the_one_address(client: Client, kind: str) -> None:
    plain_trial()
    answer = client.get(f"/hi/trials/ctri-2026-01-000001/{kind}/")
    assert (answer.status_code, answer["Location"]) == (302, f"/hi/trials/{CTRI_ID}/{kind}/")


@pytest.mark.parametrize("path", ["sheet/", "check/", "qr.svg"])
def test_trial_nobody_lists_has_no_pages(client: Client, path: str) -> None:
    hidden = make_trial(role="not_car_t")
    found = [client.get(f"/trials/{trial_id}/{path}") for trial_id in ("NCT99999999", hidden.primary_id)]
    assert [answer.status_code for answer in found] == [404, 404]


def test_trial_gone_from_its_registry_says_so(client: Client) -> None:
    plain_trial()
    Trial.objects.update(gone=True, published=False)
    assert "Status No longer on the registry" in text(client, f"/trials/{CTRI_ID}/sheet/")


def test_sample_is_never_taken_for_real(client: Client) -> None:
    plain_trial()
    Trial.objects.update(sample=True)
    for path in (f"/trials/{CTRI_ID}/sheet/", f"/trials/{CTRI_ID}/check/"):
        assert "Sample data, not a real trial" in text(client, path)


@pytest.mark.parametrize("prefix", ["", "/hi"])
def test_qr_code_is_a_picture_without_scripts(client: Client, prefix: str) -> None:
    plain_trial()
    answer = client.get(f"{prefix}/trials/{CTRI_ID}/qr.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert re.findall(r"<script|style=|href", answer.content.decode()) == []


def test_qr_code_leads_to_the_page_in_its_language(client: Client) -> None:
    plain_trial()
    english, hindi = (client.get(f"{p}/trials/{CTRI_ID}/qr.svg").content for p in ("", "/hi"))
    assert english != hindi
    assert client.get(f"/hi/trials/{CTRI_ID}/sheet/").context["page"].endswith(f"/hi/trials/{CTRI_ID}/")


@pytest.mark.parametrize("kind", ["check", "sheet"])
def test_no_answer_can_be_sent(client: Client, kind: str) -> None:
    """Inputs have no name and stand in no form, so no browser has anything to send."""
    long_trial()
    html = client.get(f"/trials/{LONG_ID}/{kind}/").content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    assert re.findall(r"<form|<select|<textarea|\bname=|formaction|\bvalue=", main) == []
    assert client.post(f"/trials/{LONG_ID}/{kind}/").status_code == 405


@pytest.mark.parametrize("kind", ["check", "sheet"])
def test_pages_cost_few_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, kind: str
) -> None:
    long_trial()
    with django_assert_max_num_queries(5):
        client.get(f"/trials/{LONG_ID}/{kind}/")


def rendered(template: str, **context: object) -> str:
    request = RequestFactory().get("/trials/?condition=lbcl&near=Delhi")
    with translation.override("en"):
        return str(engines["django"].from_string(template).render(context, request))


def test_share_links_carry_text_and_address_and_nothing_breaks_out() -> None:
    html = rendered('{% load jinja %}{% jinja "trials/_share.html" %}', share_text='"><b>&?#')
    here = "http://testserver/trials/?condition=lbcl&near=Delhi"
    whatsapp, email = (urlsplit(unescape(link)) for link in re.findall(r'href="([^"]+)"', html))
    assert (whatsapp.netloc, parse_qs(whatsapp.query)) == ("wa.me", {"text": [f'"><b>&?# {here}']})
    assert parse_qs(email.query) == {"subject": ['"><b>&?#'], "body": [f'"><b>&?#\n{here}']}
    assert email.path == ""


def test_questions_come_with_any_trial_page() -> None:
    trial = plain_trial()
    known = {"trial": trial, "record": record(), "door": None, "cities": [], "abroad": []}
    html = rendered('{% load jinja %}{% jinja "trials/_nearest.html" %}', **known)
    assert "This is a first test in people." in html


def test_sheet_prints_the_three_nearest_open_hospitals(client: Client) -> None:
    cities = ("Mumbai", "Chennai", "Kolkata", "Lucknow", "Delhi")
    trial = make_trial(sites=[site(f"{city} Hospital", city, "") for city in cities])
    shown = client.get(f"/trials/{trial.primary_id}/sheet/", {"near": "Patna"}).context["sites"]
    assert [place.hospital for place, _city in shown] == [
        "Lucknow Hospital",
        "Kolkata Hospital",
        "Delhi Hospital",
    ]


def test_sheet_names_what_is_not_stated(client: Client) -> None:
    make_trial("NCT00000001")
    page = client.get("/trials/NCT00000001/sheet/")
    assert ", ".join(page.context["unstated"]) in " ".join(page.content.decode().split())
