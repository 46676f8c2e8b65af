"""The list page: what it shows, what it refuses, what it costs."""

import gzip
from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from tests.builders import make_trial, site, trial_row
from trials.choices import Role, Status
from trials.models import Site

pytestmark = pytest.mark.django_db


def shown(client: Client, **query: str) -> list[str]:
    page = client.get("/trials/", query)
    return [card.trial.primary_id for _, cards in page.context["sections"] for card in cards]


def test_list_parts_india_from_abroad(client: Client) -> None:
    make_trial("NCT00000001", conditions=["lbcl"], countries=["China"])
    make_trial("NCT00000002", conditions=["lbcl"], sites=[site("A", status=Status.NOT_YET_RECRUITING)])
    make_trial("NCT00000003", conditions=["lbcl"], sites=[site("A")])
    sections = client.get("/trials/").context["sections"]
    told = [(heading, [card.trial.primary_id for card in cards]) for heading, cards in sections]
    assert told == [
        ("Open in India now", ["NCT00000003"]),
        ("India: not known to be open", ["NCT00000002"]),
        ("Recruiting elsewhere", ["NCT00000001"]),
    ]


def test_list_leaves_out_what_gives_no_car_t(client: Client) -> None:
    make_trial("NCT00000001", conditions=["lbcl"], role=Role.NOT_CAR_T)
    make_trial("NCT00000002", conditions=["lbcl"], role=Role.EXPANDED_ACCESS)
    assert shown(client) == ["NCT00000002"]


def test_broad_trial_is_marked_as_such(client: Client) -> None:
    make_trial("NCT00000001", conditions=["b-nhl"])
    make_trial("NCT00000002", conditions=["lbcl"])
    sections = client.get("/trials/", {"condition": "lbcl"}).context["sections"]
    cards = {card.trial.primary_id: card.broad for _, cards in sections for card in cards}
    assert cards == {"NCT00000001": True, "NCT00000002": False}


def test_card_tells_the_distance_to_the_nearest_open_site(client: Client) -> None:
    closed, opened = site("A", "Pune", status=Status.COMPLETED), site("B", "Mumbai")
    make_trial("NCT00000001", conditions=["lbcl"], sites=[closed, opened])
    door = client.get("/trials/", {"near": "Pune"}).context["sections"][0][1][0].door
    assert (door.name, door.city, 100 < door.km < 140) == ("B", "mumbai", True)


@pytest.mark.parametrize(
    ("query", "name"),
    [("phase=PHASE9", "phase"), ("near=Atlantis", "near"), ("page=99", "page"), ("age=old", "age")],
)
def test_unknown_value_is_a_400_that_names_it(client: Client, query: str, name: str) -> None:
    page = client.get(f"/trials/?recruiting=india&{query}")
    assert (page.status_code, page.context["parameter"]) == (400, name)
    assert page.context["rest"] == "recruiting=india"


def test_registry_id_in_the_box_leads_to_the_trial(client: Client) -> None:
    make_trial("CTRI/2023/03/050689", conditions=["lbcl"])
    page = client.get("/trials/", {"q": "ctri/2023/03/050689"})
    assert page.headers["Location"] == "/trials/CTRI/2023/03/050689/"


def test_empty_list_says_what_each_filter_removed(client: Client) -> None:
    make_trial(conditions=["lbcl"], phases=["PHASE1"])
    make_trial(conditions=["myeloma"], phases=["PHASE2"])
    page = client.get("/trials/", {"condition": "lbcl", "phase": "PHASE2"})
    told = [(way.link, way.count, way.more) for way in page.context["removed"]]
    assert sorted(told) == [("/trials/?condition=lbcl", 1, 1), ("/trials/?phase=PHASE2", 1, 1)]


def test_empty_place_tells_the_nearest_open_city(client: Client) -> None:
    make_trial(conditions=["lbcl"], sites=[site("A", "Mumbai")])
    nearest = client.get("/trials/", {"city": "Pune", "recruiting": "india"}).context["nearest"]
    assert (nearest.middle.written, nearest.city.slug) == ("Pune", "mumbai")


def test_words_nothing_mentions_do_not_hide_what_the_rest_finds(client: Client) -> None:
    make_trial("NCT00000001", conditions=["prostate"])
    page = client.get("/trials/", {"q": "prostate cancer zebrafish"})
    assert (page.context["ignored_words"], page.context["total"]) == ("zebrafish", 1)


def test_words_alone_that_nothing_mentions_find_nothing(client: Client) -> None:
    make_trial(conditions=["prostate"])
    assert shown(client, q="zebrafish") == []


def test_chips_take_off_one_filter_and_the_page_number(client: Client) -> None:
    make_trial(conditions=["lbcl"], phases=["PHASE1"])
    chips = client.get("/trials/?condition=lbcl&phase=PHASE1&page=1&q=CD19").context["chips"]
    links = {chip.name: chip.link for chip in chips}
    assert links["phase"] == "/trials/?condition=lbcl&q=CD19"
    assert links["q_target"] == "/trials/?condition=lbcl&phase=PHASE1"


@pytest.mark.parametrize("rows", [1, 45])
def test_list_page_costs_few_queries_whatever_the_rows(
    client: Client, rows: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(rows):
        trial_row(conditions=["lbcl"])
    with django_assert_max_num_queries(8):
        client.get("/trials/?condition=lbcl&near=Delhi&q=CAR")


def test_full_list_page_is_light(client: Client) -> None:
    for number in range(25):
        cities = ["Mumbai", "Pune", "Chennai", "Delhi"]
        make_trial(conditions=["lbcl", "fl", "mcl"], sites=[site(f"Hospital {number}", c) for c in cities])
    assert len(gzip.compress(client.get("/trials/").content, mtime=0)) <= 14 * 1024


@given(st.text(max_size=200) | st.sampled_from(["'\"%_\\;--", "\x00", "\ud800", "x" * 10_000, "💉", "((("]))
@hypothesis_settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_words_get_a_page(client: Client, words: str) -> None:
    query = urlencode({"q": words.encode("utf-8", "replace")})
    assert client.get(f"/trials/?{query}").status_code == 200


def test_empty_list_says_when_nothing_recruits_in_india(client: Client) -> None:
    make_trial(conditions=["lbcl"])
    page = client.get("/trials/", {"condition": "lbcl", "city": "Pune", "recruiting": "india"})
    told = [page.context[name] for name in ("none_in_india", "anywhere", "anywhere_query")]
    assert told == [True, 1, "condition=lbcl"]


@pytest.mark.parametrize("path", ["/", "/trials/", "/trials/NCT00000001/"])
def test_pages_are_only_read(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405


def test_open_site_in_the_city_itself_has_no_distance(client: Client) -> None:
    make_trial(conditions=["lbcl"], sites=[site("A", "Mumbai")])
    page = " ".join(client.get("/trials/", {"near": "Mumbai"}).content.decode().split())
    assert ('data-sure="ask-first"' in page or 'data-sure="registry"' in page, " km" in page) == (True, False)


def test_way_out_of_an_empty_list_takes_off_what_it_counts(client: Client) -> None:
    make_trial(conditions=["myeloma"], phases=["PHASE2"])
    page = client.get("/trials/?condition=lbcl&condition=fl&phase=PHASE2")
    told = [(way.label, way.link, way.count) for way in page.context["removed"]]
    assert told == [("Large B-cell lymphoma (DLBCL) / Follicular lymphoma", "/trials/?phase=PHASE2", 1)]


def test_way_out_of_other_diseases_leads_to_all(client: Client) -> None:
    make_trial(conditions=["lbcl"])
    page = client.get("/trials/?disease=other")
    told = [(way.label, way.link, way.count) for way in page.context["removed"]]
    assert told == [("Other diseases", "/trials/?disease=all", 1)]


def test_disease_alone_leaves_out_the_place_in_the_words(client: Client) -> None:
    make_trial(conditions=["lbcl"])
    page = client.get("/trials/", {"q": "DLBCL Mumbai", "phase": "PHASE3"})
    assert (page.context["anywhere"], page.context["anywhere_query"]) == (1, "q=DLBCL")


def test_many_hospitals_cost_no_more_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    make_trial(conditions=["lbcl"], sites=[site(f"Hospital {number}") for number in range(30)])
    slugs = list(Site.objects.values_list("slug", flat=True))
    with django_assert_max_num_queries(10 + len(slugs)):  # reading a value asks whether it is known
        client.get("/trials/", {"site": slugs})


def test_new_filters_are_in_the_form_the_chips_and_the_reasons(client: Client) -> None:
    make_trial("NCT00000001", conditions=["lbcl"], sex="FEMALE", sponsor="Cell Trust")
    page = client.get("/trials/?sex=female&sponsor=cell&age=7")
    assert {chip.name: chip.link for chip in page.context["chips"]} == {
        "age": "/trials/?sex=female&sponsor=cell",
        "sex": "/trials/?sponsor=cell&age=7",
        "sponsor": "/trials/?sex=female&age=7",
    }
    [(_, [card])] = page.context["sections"]
    assert list(card.reasons)[1:] == ["Female: fits, the trial takes: Female.", "Sponsor: Cell Trust"]
    fields = {field.filter.name: field for field in page.context["fields"]["field"]}
    assert [choice.value for choice in fields["sex"].choices if choice.chosen] == ["female"]
    assert (fields["sponsor"].written, fields["sponsor"].suggestions) == ("cell", (("Cell Trust", 1),))


@pytest.mark.parametrize(
    "path",
    ["/trials/", "/find/", "/changes/", "/changes/feed/", "/sites/", "/map/", "/numbers/", "/api/v1/trials"],
)
def test_unknown_parameter_is_a_400_that_names_it(client: Client, path: str) -> None:
    answer = client.get(path, {"fase": "PHASE1", "utm_source": "x"})
    assert (answer.status_code, "fase" in answer.content.decode()) == (400, True)
    assert client.get(path, {"utm_source": "x", "fbclid": "y"}).status_code == 200


def test_empty_list_leads_to_the_nearest_open_hospital(client: Client) -> None:
    make_trial(conditions=["lbcl"], sites=[site("A", "Pune")])
    make_trial("NCT00000002", conditions=["aml"], sites=[site("B", "Mumbai")])
    context = client.get("/trials/", {"condition": "lbcl", "city": "mumbai"}).context
    assert (context["total"], context["door"].name, context["door"].km) == (0, "A", 119)
