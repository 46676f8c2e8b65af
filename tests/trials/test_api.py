from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from tests.builders import AT, make_trial, site, trial_row
from tests.snapshots import MADE
from trials.catalogue.data_version import data_version
from trials.catalogue.serialise import as_json
from trials.catalogue.validators import _modified
from trials.choices import Status
from trials.models import RegistrySource
from trials.search.filters import FILTERS
from trials.search.found import PAGE_SIZE

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def version_known() -> None:
    """The first answer of a version of the data asks once more: when it began."""
    _modified(data_version())


def get(path: str, status: int = 200, **query: Any) -> Any:
    answer = Client().get(f"/api/v1/{path}", query)
    assert answer.status_code == status
    return answer.json()


def test_single_answer_names_results_and_papers() -> None:
    paper = {"pmid": "1", "kind": "RESULT", "citation": "Paper 1", "retracted_by": []}
    details = {"has_results": True, "results_posted": "2026-05-04", "papers": [paper, 7]}
    trial = make_trial("NCT00000077", details=details)
    found = get(f"trials/{trial.primary_id}")
    assert (found["has_results"], found["results_posted"]) == (True, "2026-05-04")
    assert found["papers"] == [{"pmid": "1", "kind": "RESULT", "citation": "Paper 1"}]


def test_trials_answers_one_page_with_counts_and_facets() -> None:
    trial = make_trial("NCT00000001", conditions=["lbcl"], sites=[site("CMC", "Vellore", "Tamil Nadu")])
    make_trial("NCT00000002", conditions=["aml"])
    answer = get("trials", condition="lbcl")
    facets = answer.pop("facets")
    paging = {"page": 1, "pages": 1, "page_size": PAGE_SIZE, "next": None, "next_cursor": None}
    assert answer == {"count": 1, **paging, "results": [as_json(trial)]}
    assert facets["condition"]["aml"] == 1
    assert facets["city"] == {"vellore": 1}
    assert facets["recruiting"] == {"india": 1, "anywhere": 1}


def test_trials_of_nothing_is_an_empty_page() -> None:
    answer = get("trials", age=3)
    assert (answer["count"], answer["page"], answer["pages"], answer["results"]) == (0, 1, 1, [])


def test_trials_pages_add_up_to_the_count() -> None:
    for _ in range(PAGE_SIZE + 3):
        trial_row()
    pages = [get("trials", page=page) for page in (1, 2)]
    ids = {trial["id"] for page in pages for trial in page["results"]}
    assert [page["count"] for page in pages] == [len(ids)] * 2 == [PAGE_SIZE + 3] * 2


@pytest.mark.parametrize(
    "query", [{"condition": "flu"}, {"page": "2"}, {"near": "000000"}, {"age": "x"}, {"age": "1_0"}]
)
def test_trials_unknown_value_is_a_400_that_names_it(query: dict[str, str]) -> None:
    answer = get("trials", 400, **query)
    assert answer["parameter"] == next(iter(query))


def test_trials_asks_as_often_for_many_as_for_one(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for _ in range(5):
        make_trial(conditions=["lbcl"], sites=[site("CMC", "Vellore", "Tamil Nadu"), site()])
    with django_assert_num_queries(MADE + 5):
        assert get("trials", q="trial", condition="lbcl", near="Pune")["count"] == 5


SPELLINGS = [
    *("NCT00000001", "nct00000001", " nct 00000001", "NCT00000099", "NCT00000001/"),
    *("CTRI/2026/01/000001", "CTRI%2F2026%2F01%2F000001", "ctri/2026/01/000001/", "CTRI-2026-01-000001"),
    *(
        "https://clinicaltrials.gov/study/NCT00000001",
        "https:%2F%2Fclinicaltrials.gov%2Fct2%2Fshow%2FNCT00000001",
    ),
]


@pytest.mark.parametrize("asked", SPELLINGS)
def test_trial_by_any_id_in_any_case(asked: str) -> None:
    trial = trial_row("NCT00000001", registry_ids=["NCT00000001", "NCT00000099", "CTRI/2026/01/000001"])
    answer = get(f"trials/{asked}")
    assert answer | as_json(trial) == answer


@pytest.mark.parametrize("asked", ["NCT00000001", "NCT00000002", "x%00y", "%F0%9F%98%80", "a" * 5000])
def test_trial_unlisted_or_unknown_is_a_404(asked: str) -> None:
    trial_row("NCT00000001", published=False)
    assert get(f"trials/{asked}", 404)["message"] == "No listed trial has this id."


def test_trial_of_the_sample_says_so() -> None:
    trial_row("NCT00000001", sample=True)
    assert get("trials/NCT00000001")["sample"] is True
    assert get("status")["sample"] is True


def test_conditions_give_every_condition_with_its_count(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    trial_row(conditions=["lbcl"])
    trial_row(conditions=["lupus"], other_disease_only=True)
    with django_assert_num_queries(MADE + 2):
        answer = get("conditions")
    counted = {row["slug"]: row["trials"] for row in answer["results"] if row["trials"]}
    assert counted == {"lbcl": 1, "lupus": 1}
    assert answer["count"] == len(answer["results"]) > 100


def test_sites_count_listed_and_recruiting_trials(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    cmc = ("CMC", "Vellore", "Tamil Nadu")
    make_trial(sites=[site(*cmc)])
    make_trial(sites=[site(*cmc, status=Status.COMPLETED)])
    make_trial(role="not_car_t", sites=[site("Elsewhere")])
    with django_assert_num_queries(MADE + 3):
        answer = get("sites")
    assert answer["count"] == 1
    row = answer["results"][0]
    assert (row["slug"], row["state"], row["trials"], row["recruiting"]) == (
        "cmc-vellore",
        "Tamil Nadu",
        2,
        1,
    )


def test_status_tells_how_fresh_each_registry_is(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    RegistrySource.objects.create(registry="ctgov", last_good_at=AT, last_error="x")
    make_trial(sites=[site("CMC", "Vellore", "Tamil Nadu")])
    trial_row(published=False)
    with django_assert_num_queries(MADE + 4):
        answer = get("status")
    assert (answer["trials"], answer["recruiting_in_india"], answer["sample"]) == (1, 1, False)
    told = {one["registry"]: one for one in answer["registries"]}
    ctgov, ctri = told["ctgov"], told["ctri"]
    assert (ctgov["registry"], ctgov["registrations"], ctgov["last_try_failed"]) == ("ctgov", 1, True)
    assert ctgov["last_good_at"] == "2026-11-01T06:30:00Z"
    assert (ctri["registry"], ctri["last_good_at"], ctri["importing"]) == ("ctri", None, False)


def test_openapi_documents_every_parameter_and_answer() -> None:
    paths = get("openapi.json")["paths"]
    listing = paths["/api/v1/trials"]["get"]
    named = [parameter["name"] for parameter in listing["parameters"]]
    assert named == [*(p.name for p in FILTERS), "page_size", "cursor"]
    answers = ["200", "400", "404", "405", "429", "500"]
    assert {path: sorted(paths[path]["get"]["responses"]) for path in paths} == {
        f"/api/v1/{name}": answers
        for name in (
            *("trials", "trials/{registry_id}", "conditions", "sites", "status"),
            *("trials.csv", "trials.ndjson", "trials.fhir", "trials/{registry_id}/fhir"),
            *("dumps", "dumps/{day}/{name}"),
        )
    }


def test_docs_widen_the_content_policy_by_icons_alone() -> None:
    def policy(path: str) -> set[str]:
        return set(Client().get(f"/api/v1/{path}").headers["Content-Security-Policy"].split("; "))

    assert policy("docs") ^ policy("status") == {"img-src 'self'", "img-src 'self' data:"}


def test_docs_load_nothing_inline_and_nothing_from_elsewhere() -> None:
    page = Client().get("/api/v1/docs").content.decode()
    assert "<style" not in page
    assert " style=" not in page
    assert "https://" not in page
    assert page.count("<script") == page.count("<script src=") + page.count('<script type="application/json"')


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from([p.name for p in FILTERS]), st.text(max_size=40))
def test_trials_any_text_is_an_answer_or_a_400(name: str, text: str) -> None:
    assert Client().get("/api/v1/trials", {name: text}).status_code in (200, 400)
