"""How all addresses below /api/ are read: errors, methods, slashes, copies, limits, readers elsewhere."""

from typing import Any

import psycopg2
import pytest
from django.core.cache import caches
from django.db import OperationalError, ProgrammingError
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from tests.builders import make_trial, trial_row
from tests.limits import count_here
from trials.api import lookups
from trials.catalogue import validators
from trials.models import DataVersion

pytestmark = pytest.mark.django_db
READING = "GET, HEAD, OPTIONS"


def get(path: str, **headers: str) -> Any:
    return Client().get(
        f"/api/v1/{path}", headers={name.replace("_", "-"): headers[name] for name in headers}
    )


@pytest.mark.parametrize("path", ["nothing", "trials/NCT00000009", "", "trials/x/y/z?"])
def test_addresses_without_anything_are_a_problem(path: str) -> None:
    answer = get(path)
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    body = answer.json()
    assert body == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": body["detail"],
        "instance": f"/api/v1/{path.rstrip('?')}",
        "message": body["detail"],
    }
    assert "ETag" not in answer


def test_wrong_parameters_are_a_problem_that_names_them() -> None:
    body = get("trials?conditions=lbcl").json()
    assert (body["status"], body["parameter"], body["message"]) == (
        400,
        "conditions",
        "There is no parameter of this name.",
    )
    assert body["detail"] == "conditions: There is no parameter of this name."


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_only_reading_is_allowed(method: str) -> None:
    answer = getattr(Client(), method)("/api/v1/status")
    assert (answer.status_code, answer["Allow"]) == (405, READING)
    assert answer["Content-Type"] == "application/problem+json"


def test_failures_say_nothing_of_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ProgrammingError("secret")

    monkeypatch.setattr(lookups, "listed_hospitals", fail)
    answer = Client(raise_request_exception=False).get("/api/v1/sites")
    assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")
    assert "secret" not in answer.content.decode()


def test_a_database_that_is_away_is_a_problem_for_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> str:
        raise OperationalError("secret") from psycopg2.OperationalError("secret")

    monkeypatch.setattr(validators, "data_version", fail)
    answer = Client(raise_request_exception=False).get("/api/v1/status")
    assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json")
    assert (answer["Retry-After"], "secret" in answer.content.decode()) == ("60", False)


@pytest.mark.parametrize("path", ["trials", "trials/NCT00000001", "sites", "conditions", "status", "docs"])
def test_a_slash_at_the_end_changes_nothing(path: str) -> None:
    trial_row("NCT00000001")
    with_slash, without = get(f"{path}/"), get(path)
    assert (with_slash.status_code, with_slash.content) == (200, without.content)


def test_head_is_get_without_the_body() -> None:
    answer, whole = Client().head("/api/v1/conditions"), get("conditions")
    assert (answer.status_code, answer.content) == (200, b"")
    assert int(answer["Content-Length"]) == len(whole.content)
    assert answer["ETag"] == whole["ETag"]


def test_options_names_the_methods() -> None:
    answer = Client().options("/api/v1/trials")
    assert (answer.status_code, answer["Allow"]) == (204, READING)


@pytest.mark.parametrize(
    "path", ["trials", "trials/NCT00000001", "sites", "conditions", "status", "openapi.json"]
)
def test_what_did_not_change_costs_one_statement(
    path: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    trial_row("NCT00000001")
    first = get(path)
    assert first["Cache-Control"] == "public, no-cache"
    assert set(first["Vary"].split(", ")) - {"Accept-Encoding"} == {"Accept-Language", "origin"}
    for ask in ({"If_None_Match": first["ETag"]}, {"If_Modified_Since": first["Last-Modified"]}):
        with django_assert_num_queries(1):
            again = get(path, **ask)
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])


def test_another_address_or_state_of_the_data_is_another_tag() -> None:
    before = get("status")["ETag"]
    assert get("sites")["ETag"] != before
    DataVersion.objects.update_or_create(pk=1, defaults={"number": 7})
    assert get("status", If_None_Match=before).status_code == 200


def test_any_tag_is_no_tag_of_an_error() -> None:
    assert get("nothing", If_None_Match="*").status_code == 404


def test_pages_elsewhere_may_read_without_cookies() -> None:
    answer = get("status", Origin="https://hospital.example")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer
    assert {"ETag", "Link", "RateLimit-Remaining"} <= {
        name.strip() for name in answer["Access-Control-Expose-Headers"].split(",")
    }
    page = Client().get("/about/", headers={"Origin": "https://hospital.example"})
    assert "Access-Control-Allow-Origin" not in page


def test_preflights_allow_reading_alone() -> None:
    asked = {"Origin": "https://hospital.example", "Access-Control-Request-Method": "GET"}
    answer = Client().options("/api/v1/trials", headers=asked)
    assert (answer.status_code, answer["Access-Control-Allow-Methods"]) == (200, READING)


@pytest.fixture
def two_a_minute(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.API_PER_MINUTE = 2
    count_here(settings, monkeypatch)


def test_more_than_the_limit_waits_and_is_logged_once(
    two_a_minute: None, caplog: pytest.LogCaptureFixture
) -> None:
    answers = [get("conditions") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 429, 429]
    logged = [record.getMessage() for record in caplog.records if record.name == "trialfinder.rate_limit"]
    assert logged == ["A network has spent its limit: api"]
    assert [answer["RateLimit-Remaining"] for answer in answers] == ["1", "0", "0", "0"]
    assert {answer["RateLimit-Policy"] for answer in answers} == {'"minute";q=2;w=60'}
    assert answers[2]["Retry-After"] == answers[2]["RateLimit-Reset"]
    assert answers[2].json()["title"] == "Too Many Requests"


def test_networks_are_counted_apart_and_unreadably(two_a_minute: None) -> None:
    answers = [Client(REMOTE_ADDR=f"192.0.2.{n}").get("/api/v1/conditions") for n in range(3)]
    assert [answer["RateLimit-Remaining"] for answer in answers] == ["1"] * 3
    assert "192.0.2" not in str(caches["limits"]._cache)  # type: ignore[attr-defined]


def test_a_store_that_is_away_limits_nobody(two_a_minute: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(type(caches["limits"]), "incr", fail)
    answers = [get("conditions") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200] * 3
    assert "RateLimit-Limit" not in answers[0]


def test_pages_are_not_counted(two_a_minute: None) -> None:
    make_trial("NCT00000001")
    assert [Client().get("/privacy/").status_code for _ in range(3)] == [200] * 3
