"""A search by words alone: what narrows the list, what is named as not used, what is refused."""

from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from tests.builders import make_trial, site
from trials.search.search import Search
from trials.vocabulary import products

pytestmark = pytest.mark.django_db


def page(client: Client, **query: str) -> Any:
    answer = client.get("/trials/", query)
    assert answer.status_code == 200
    return answer


def shown(client: Client, **query: str) -> list[str]:
    sections = page(client, **query).context["sections"]
    return [card.trial.primary_id for _, cards in sections for card in cards]


def chips(client: Client, **query: str) -> dict[str, tuple[str, str]]:
    return {chip.name: (chip.label, chip.link) for chip in page(client, **query).context["chips"]}


def test_age_in_words_leaves_out_trials_for_others(client: Client) -> None:
    make_trial("NCT00000001", conditions=["leukaemia"], min_age_years=18)
    make_trial("NCT00000002", conditions=["leukaemia"], max_age_years=17)
    make_trial("NCT00000003", conditions=["leukaemia"])
    assert set(shown(client, q="leukemia child 7 years")) == {"NCT00000002", "NCT00000003"}
    assert set(shown(client, q="pediatric leukemia")) == {"NCT00000002", "NCT00000003"}


def test_parameter_overrules_the_words_and_names_them(client: Client) -> None:
    make_trial("NCT00000001", conditions=["leukaemia"], min_age_years=18)
    answer = page(client, q="leukemia 7 years", age="30")
    assert (answer.context["total"], answer.context["not_used"]) == (1, ("7 years",))


def test_place_near_sorts_and_hides_nothing(client: Client) -> None:
    make_trial("NCT00000001", conditions=["lbcl"], sites=[site("A", "Chennai", "Tamil Nadu")])
    make_trial("NCT00000002", conditions=["lbcl"], sites=[site("B", "Varanasi", "Uttar Pradesh")])
    assert shown(client, q="DLBCL near patna") == ["NCT00000002", "NCT00000001"]
    assert shown(client, q="DLBCL 800001") == ["NCT00000002", "NCT00000001"]
    assert shown(client, q="DLBCL within 300 km of patna") == ["NCT00000002"]


def test_recruiting_in_words_needs_an_open_site_in_india(client: Client) -> None:
    make_trial("NCT00000001", conditions=["lbcl"], sites=[site("A", "Pune")])
    make_trial("NCT00000002", conditions=["lbcl"], countries=["China"])
    assert shown(client, q="DLBCL recruiting now") == ["NCT00000001"]


def test_chips_take_words_off(client: Client) -> None:
    make_trial(conditions=["lbcl"])
    found = chips(client, q="DLBCL उम्र ६५ near pune")
    assert found["q_age"] == ("Age 65", "/trials/?q=DLBCL+near+pune")
    assert found["q_near"][1] == "/trials/?q=DLBCL+%E0%A4%89%E0%A4%AE%E0%A5%8D%E0%A4%B0+65"
    assert "q_city" not in found


def test_words_not_used_are_named(client: Client) -> None:
    make_trial(conditions=["lbcl"])
    answer = page(client, q="DLBCL woman third line side effects no prior CAR T")
    told = ("no prior CAR T", "side effects")
    assert sorted(answer.context["not_used"]) == sorted(told)
    assert "<q>side effects</q>" in " ".join(answer.content.decode().split())


def test_investigator_is_found_with_and_without_title(client: Client) -> None:
    officials = [{"name": "Asha Testperson", "role": "", "affiliation": "", "phone": "", "email": ""}]
    make_trial("NCT00000001", conditions=["lbcl"], details={"officials": officials})
    make_trial("NCT00000002", conditions=["lbcl"], sites=[site("A", investigator="Dr Ravi Sample")])
    assert shown(client, q="Dr Asha Testperson") == ["NCT00000001"]
    assert shown(client, q="ravi sample") == ["NCT00000002"]


def test_product_asked_for_leads_to_its_page(client: Client) -> None:
    make_trial(conditions=["lbcl"])
    answer = page(client, q="nexkar19")
    assert [known.product for known in answer.context["products_asked"]] == [
        products()["talicabtagene autoleucel"]
    ]
    assert 'href="/products/talicabtagene-autoleucel/"' in answer.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/trials/",
        "/hi/trials/",
        "/find/",
        "/changes/",
        "/changes/feed/",
        "/sites/",
        "/compare/",
        "/shortlist/",
    ]
    + [f"/api/v1/{name}" for name in ("trials", "conditions", "sites", "status")],
)
def test_unknown_parameter_is_a_400_that_names_it(client: Client, path: str) -> None:
    answer = client.get(path, {"conditions": "lbcl"})
    assert answer.status_code == 400
    assert "conditions" in answer.content.decode()


@pytest.mark.parametrize("name", ["page_size", "sexx", "'\"><b>", "\x00", "q[]", "é" * 300])
def test_parameter_of_any_name_is_refused_in_words(client: Client, name: str) -> None:
    answer = client.get("/trials/", {name: "1"})
    assert (answer.status_code, b"<b>" in answer.content) == (400, False)


def test_marks_of_sharing_pass(client: Client) -> None:
    assert client.get("/trials/?q=DLBCL&fbclid=x&utm_source=y").status_code == 200


def test_words_of_place_leave_with_their_filter() -> None:
    asked = Search.from_query(QueryDict("q=DLBCL near pune recruiting")).without_places_in_words()
    assert (asked.q, asked.place, asked.open_where, set(asked.filters)) == (
        "DLBCL",
        None,
        "",
        {"q_condition", "disease"},
    )
