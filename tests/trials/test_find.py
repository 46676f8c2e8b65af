"""The guided path: one question a page, every answer in the address, nothing kept."""

import pytest
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from tests.builders import make_trial, site
from tests.snapshots import MADE
from trials.choices import Status
from trials.search.guided import ICONS, groups
from trials.vocabulary import conditions, expand

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("query", "question"),
    [
        ("", "cancer"),
        ("group=leukaemia", "type"),
        ("group=&condition=", "who"),
        ("group=leukaemia&condition=b-all", "who"),
        ("group=leukaemia&condition=b-all&age_group=", "where"),
        ("group=leukaemia&condition=b-all&age=7", "where"),
        ("group=leukaemia&condition=b-all&age=7&near=", "where"),
    ],
)
def test_path_asks_the_first_question_without_an_answer(client: Client, query: str, question: str) -> None:
    page = client.get(f"/find/?{query}")
    assert (page.status_code, page.context["question"]) == (200, question)


@pytest.mark.parametrize(
    ("where", "asked"),
    [
        ("near=411001", "near=411001"),
        ("near=Assam", "state=assam"),
        ("near=असम", "state=assam"),
        ("near=Delhi", "near=Delhi"),
        ("state=assam", "state=assam"),
    ],
)
def test_last_answer_leads_to_the_trials(client: Client, where: str, asked: str) -> None:
    page = client.get(f"/find/?group=leukaemia&condition=b-all&age=7&{where}")
    assert page.headers["Location"] == f"/trials/?condition=b-all&age=7&{asked}"


@pytest.mark.parametrize(
    ("query", "question", "message"),
    [
        (
            "group=&condition=&age=&near=Atlantis",
            "where",
            "This city is not known; a PIN code works everywhere",
        ),
        ("group=&condition=&age=&near=999999", "where", "This PIN code is not known"),
        ("group=&condition=&age=200", "who", "Must be from 0 to 120."),
    ],
)
def test_mistyped_answer_is_asked_again_where_it_stands(
    client: Client, query: str, question: str, message: str
) -> None:
    page = client.get(f"/find/?{query}")
    told = page.context["wrong"].message
    assert (page.status_code, page.context["question"], told[: len(message)]) == (400, question, message)


@pytest.mark.parametrize(
    ("query", "name"), [("group=flu", "group"), ("group=leukaemia&condition=flu", "condition")]
)
def test_unknown_link_is_a_400_that_names_it(client: Client, query: str, name: str) -> None:
    page = client.get(f"/find/?{query}")
    assert (page.status_code, page.context["parameter"]) == (400, name)


def test_answers_count_what_is_open_alone(client: Client) -> None:
    make_trial(conditions=["b-all"], sites=[site("A")])
    make_trial(conditions=["b-all"], status=Status.COMPLETED, sites=[site("B", "Pune")])
    make_trial(conditions=["t-all"], sites=[site("C", "Houston", "Texas", "United States")])
    types = dict(client.get("/find/?group=leukaemia").context["types"])
    assert (types["b-all"].open_in_india, types["t-all"].open_in_india) == (1, 0)
    assert (types["b-all"].open_abroad, types["t-all"].open_abroad) == (0, 1)
    last = client.get("/find/?group=leukaemia&condition=b-all&age=7").context
    assert (last["counts"].open_in_india, last["counts"].listed) == (1, 2)
    assert [state.value for state in last["states"] if state.count] == ["maharashtra"]


def test_questions_can_be_skipped_with_what_is_answered(client: Client) -> None:
    page = client.get("/find/?group=lung-and-chest-cancers")
    assert page.context["show"] == "/trials/?condition=lung&condition=mesothelioma&condition=thymic"


def test_answers_can_be_changed_one_by_one(client: Client) -> None:
    page = client.get("/find/?group=breast-cancer&condition=tnbc&age_group=adult")
    assert [(answer.text, answer.change) for answer in page.context["so_far"]] == [
        ("Breast cancer", "/find/"),
        ("Triple-negative breast cancer", "/find/?group=breast-cancer"),
        ("Adult (18 or older)", "/find/?group=breast-cancer&condition=tnbc"),
    ]


def test_path_leaves_nothing_behind(client: Client) -> None:
    page = client.get("/find/?group=leukaemia&condition=b-all&age=7")
    assert (page.cookies, client.session.keys()) == ({}, {}.keys())


def test_path_asks_the_database_little(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_trial(conditions=["b-all"], sites=[site("A")])
    with django_assert_num_queries(MADE + 2):
        client.get("/find/?group=leukaemia&condition=b-all&age=7")


def test_not_sure_of_the_type_covers_the_whole_group() -> None:
    for group in groups().values():
        missed = [slug for slug in group.conditions if not expand([slug]) & set(group.covering)]
        assert missed == []


def test_every_cancer_has_a_picture_and_a_way_to_it() -> None:
    assert [group.slug for group in groups().values() if group.cancer] == list(ICONS)
    reached = {slug for group in groups().values() for slug in group.conditions}
    assert {
        slug for slug, c in conditions().items() if slug not in reached and c.kind != "complication"
    } == set()


@given(
    st.dictionaries(st.sampled_from(["group", "condition", "age", "age_group", "near", "state"]), st.text())
)
@hypothesis_settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_answers_get_a_page(client: Client, answers: dict[str, str]) -> None:
    query = {name: text.encode("utf-8", "replace") for name, text in answers.items()}
    assert client.get("/find/", query).status_code in (200, 302, 400)


def test_path_is_only_read(client: Client) -> None:
    assert client.post("/find/").status_code == 405
