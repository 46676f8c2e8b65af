"""What a visitor said of the patient travels along every link of the way."""

import re

import pytest
from django.http import QueryDict
from django.test import Client

from tests.builders import make_trial, site
from trials.search.parameters import ParameterError
from trials.search.search import Search
from trials.search.situation import Situation
from trials.views.trial.eligibility import of_patient

pytestmark = pytest.mark.django_db
SAID = "near=patna&age=62&condition=lbcl"


@pytest.mark.parametrize(
    ("asked", "query"),
    [
        ("near=patna&age=62&condition=lbcl", SAID),
        ("q=dlbcl+62+years+near+patna", SAID),
        ("q=dlbcl+patna&age=62", SAID),
        ("city=patna", "near=patna"),
        ("near=800001", "near=800001"),
        ("phase=PHASE1", ""),
    ],
)
def test_a_search_states_place_age_and_disease(asked: str, query: str) -> None:
    assert Situation.of(Search.from_query(QueryDict(asked))).query == query


def test_what_it_says_can_be_read_back() -> None:
    assert Situation.from_query(QueryDict(SAID)).query == SAID


@pytest.mark.parametrize("wrong", ["near=nowhere", "age=old", "condition=flu"])
def test_wrong_value_is_named_and_never_guessed(client: Client, wrong: str) -> None:
    trial = make_trial()
    with pytest.raises(ParameterError):
        Situation.from_query(QueryDict(wrong))
    page = client.get(f"/trials/{trial.primary_id}/?{wrong}")
    assert (page.status_code, page.context["parameter"]) == (400, wrong.partition("=")[0])


def test_every_link_to_a_trial_its_sheet_and_its_hospital_carries_it(client: Client) -> None:
    trial = make_trial(conditions=["lbcl"], sites=[site("Example Hospital", "Mumbai")])
    own = f"/trials/{trial.primary_id}/"
    said = SAID.replace("&", "&amp;")
    for address in (f"/trials/?{SAID}", f"{own}?{SAID}"):
        page = client.get(address).content.decode()
        links = re.findall(r'href="(/(?:trials/NCT|sites/|compare/)[^"]*)"', page.split("<main")[1])
        told = [link for link in links if "/report/" not in link]
        assert told
        assert [link for link in told if said not in link] == []


def test_trial_page_puts_the_nearest_hospital_first(client: Client) -> None:
    sites = [site("Far", "Mumbai"), site("Near", "Lucknow", "Uttar Pradesh"), site("Middle", "Kolkata")]
    trial = make_trial(sites=sites)
    context = client.get(f"/trials/{trial.primary_id}/", {"near": "Patna"}).context
    assert context["door"].name == "Near"
    assert context["cities"][0].name == "Lucknow"


def test_redirect_to_the_one_address_keeps_it(client: Client) -> None:
    trial = make_trial("NCT00000001")
    page = client.get("/trials/nct00000001/", {"near": "patna"})
    assert page.headers["Location"] == f"/trials/{trial.primary_id}/?near=patna"


def test_a_search_engine_sees_one_page_whoever_reads_it(client: Client) -> None:
    trial = make_trial()
    page = client.get(f"/trials/{trial.primary_id}/", {"near": "patna"}).content.decode()
    assert re.findall('rel="canonical" href="([^"]*)"', page)[0].endswith(f"/trials/{trial.primary_id}/")


@pytest.mark.parametrize(
    ("age", "answer"), [(62, "can"), (80, "cannot"), (16, "cannot"), (18, "can"), (75, "can")]
)
def test_age_of_the_patient_is_held_against_the_trials_ages(client: Client, age: int, answer: str) -> None:
    trial = make_trial(min_age_years=18, max_age_years=75)
    stated = client.get(f"/trials/{trial.primary_id}/", {"age": age}).context["stated"]
    assert stated[0].answer == answer


def test_age_is_to_be_asked_where_the_trial_states_none(client: Client) -> None:
    trial = make_trial()
    assert client.get(f"/trials/{trial.primary_id}/", {"age": 62}).context["unstated"][0].answer == "ask"


@pytest.mark.parametrize(
    ("labels", "answer"), [(["lbcl"], "can"), (["b-nhl"], "limited"), (["myeloma"], "limited"), ([], "ask")]
)
def test_disease_of_the_patient_is_never_guessed(labels: list[str], answer: str) -> None:
    [told] = of_patient(make_trial(conditions=labels), Situation(conditions=("lbcl",)))
    assert told.answer == answer
