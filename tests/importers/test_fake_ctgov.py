"""The stand-in for ClinicalTrials.gov is as strict as the real one."""

import json
from typing import Any

import pytest

from importers.registries.ctgov.fake import PREFIX, FakeStudies
from tests.studies import aspirin, study

AGENT = "trialfinder/1"
STUDIES = [
    study("NCT99000001", identificationModule={"nctIdAliases": ["NCT99000009"]}),
    study("NCT99000002", descriptionModule={"briefSummary": "bb2121"}),
    aspirin("NCT99000003"),
]


def ask(
    catalogue: FakeStudies, path: str = "/studies", *, agent: str = AGENT, **params: str
) -> tuple[int, Any]:
    """Status, and the JSON value or text."""
    named = {name.replace("_", "."): value for name, value in params.items()}
    answer = catalogue.respond(f"{PREFIX}{path}", named, agent)
    body = (answer.body or b"").decode()
    return answer.status, json.loads(body) if answer.content_type == "application/json" and body else body


def found(**params: str) -> list[str]:
    studies = ask(FakeStudies(records=STUDIES), **params)[1]["studies"]
    return [study["protocolSection"]["identificationModule"]["nctId"][-1] for study in studies]


@pytest.mark.parametrize(
    ("term", "numbers"),
    [
        ("bb2121", ["2"]),
        ("BB2121 OR aspirin", ["2", "3"]),
        ('"CAR T"', ["1", "2", "3"]),
        ("CAR-T", ["1", "2", "3"]),
        ('"T CAR"', []),
        ('"CAR T" NOT aspirin', ["1", "2"]),
        ("headache aspirin", ["3"]),
        ("aspi", []),
    ],
)
def test_search_looks_into_the_texts(term: str, numbers: list[str]) -> None:
    assert found(query_term=term) == numbers


@pytest.mark.parametrize(
    ("ids", "numbers"), [("NCT99000002", ["2"]), ("NCT99000009|NCT99000003", ["1", "3"]), ("NCT99000077", [])]
)
def test_numbers_and_former_numbers_are_found(ids: str, numbers: list[str]) -> None:
    assert found(filter_ids=ids) == numbers


def test_query_of_numbers_ignores_filters() -> None:
    assert found(query_term="NCT99000002, NCT99000003", filter_ids="NCT99000001") == ["2", "3"]


def test_filter_narrows_a_query() -> None:
    assert found(query_term="aspirin OR bb2121", filter_ids="NCT99000003") == ["3"]


@pytest.mark.parametrize(
    ("term", "status"),
    [
        ("a b c d e f g h i j k l", 200),
        ("a b c d e f g h i j k l m", 400),
        ('"a-b c d" OR "e f g h" OR i j k l', 200),
        ('"a-b c d" OR "e f g h" OR i j k l m', 400),
        ("CAR (T)", 400),
        ("50%", 400),
    ],
)
def test_long_or_strange_query_is_too_complicated(term: str, status: int) -> None:
    answer = ask(FakeStudies(records=STUDIES), query_term=term)
    assert answer[0] == status
    assert status == 200 or answer[1] == "Too complicated query"


def test_fields_bring_only_what_is_asked_for() -> None:
    answer = ask(FakeStudies(records=STUDIES[:1]), fields="NCTId,OverallStatus")[1]
    module = {
        "identificationModule": {"nctId": "NCT99000001"},
        "statusModule": {"overallStatus": "RECRUITING"},
    }
    assert answer["studies"] == [{"protocolSection": module}]


@pytest.mark.parametrize(
    "params",
    [
        {"filter_phase": "PHASE1"},
        {"fields": ""},
        {"fields": "NoSuchField"},
        {"pageSize": "-1"},
        {"pageSize": "ten"},
        {"filter_ids": "bb2121"},
        {"format": "xml"},
        {"pageToken": "stolen"},
    ],
    ids=str,
)
def test_wrong_parameter_is_refused_in_plain_text(params: dict[str, str]) -> None:
    answer = FakeStudies(records=STUDIES).respond(
        f"{PREFIX}/studies", {name.replace("_", "."): value for name, value in params.items()}, AGENT
    )
    assert (answer.status, answer.content_type) == (400, "text/plain")


FIRST = {"query_term": "CAR", "pageSize": "1", "countTotal": "true"}


def test_token_is_never_given_twice_and_total_comes_once() -> None:
    catalogue = FakeStudies(records=STUDIES)
    first, again = ask(catalogue, **FIRST)[1], ask(catalogue, **FIRST)[1]
    assert (first["totalCount"], first["nextPageToken"] == again["nextPageToken"]) == (3, False)
    second = ask(catalogue, **FIRST, pageToken=first["nextPageToken"])[1]
    assert (len(second["studies"]), "totalCount" in second) == (1, False)


@pytest.mark.parametrize("changed", [{"pageSize": "2"}, {"query_term": "T"}, {"fields": "NCTId"}], ids=str)
def test_token_holds_for_its_parameters_only(changed: dict[str, str]) -> None:
    catalogue = FakeStudies(records=STUDIES)
    token = ask(catalogue, **FIRST)[1]["nextPageToken"]
    assert ask(catalogue, **(FIRST | changed), pageToken=token)[0] == 400


@pytest.mark.parametrize("agent", ["", "python-requests/2.32", "curl/8"])
def test_program_without_a_name_gets_a_web_page(agent: str) -> None:
    status, body = ask(FakeStudies(records=STUDIES), agent=agent)
    assert (status, body) == (403, "<html>Forbidden</html>")


def test_former_number_leads_to_the_present_one() -> None:
    answer = FakeStudies(records=STUDIES).respond(f"{PREFIX}/studies/NCT99000009", {}, AGENT)
    assert (answer.status, answer.headers["Location"]) == (301, f"{PREFIX}/studies/NCT99000001")
