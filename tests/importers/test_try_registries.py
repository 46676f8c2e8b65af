"""The first day: do the registries answer as imports expect, and what is said where they do not."""

import json
from dataclasses import dataclass
from io import StringIO
from itertools import repeat
from typing import Any

import pytest
from django.core.management import call_command
from django.db import OperationalError
from pytest_django import Settings

from importers.connection import report
from importers.connection.report import masked
from importers.fake.server import FORBIDDEN, WEB_PAGE, Fault, serve
from importers.http.access import Access
from importers.registries.check import NOT_ASKED, Check, results
from importers.registries.ctgov import checks as ctgov_checks
from importers.registries.ctgov import fetch
from importers.registries.ctgov.fake import fake_ctgov
from importers.registries.ctri.checks import NUMBER, TRIAL_ID
from importers.registries.ctri.fake import PREFIX, Ctri
from importers.registries.slugs import Registry
from importers.runs import circuit_breaker
from tests.ctri_pages import page
from tests.studies import study

CANONICAL = study(ctgov_checks.CANONICAL, identificationModule={"nctIdAliases": [ctgov_checks.ALIAS]})
STUDIES = [study(f"NCT9900000{number}") for number in range(8)] + [CANONICAL]
CTGOV = ["version", "wide", "names", "by_number", "study", "alias", "types", "words"]


@pytest.fixture(autouse=True)
def no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """As before the first migration."""

    def absent(registry: str) -> None:
        raise OperationalError

    monkeypatch.setattr(circuit_breaker, "settings_of", absent)


@dataclass(kw_only=True)
class BothAddresses(Ctri):
    """The same page at the address of the other layout."""

    def respond(self, path: str, params: dict[str, str], user_agent: str) -> Fault:
        if path == f"{PREFIX}/showallp.php":
            body = self.pages.get(int(params["mid1"]), b"")
            return Fault(body=body, content_type="text/html; charset=utf-8")
        return super().respond(path, params, user_agent)


def tried(*arguments: str) -> tuple[int, str]:
    """Exit code and standard output."""
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("try_registries", *arguments, stdout=out, stderr=StringIO())
    return int(str(ended.value.code)), out.getvalue()


def differences(registry: str) -> dict[str, list[str]]:
    """What differs, by the names of the questions that differ."""
    code, out = tried(registry, "--json")
    answer = json.loads(out)
    found = {c["name"]: c["differs"] for c in answer["registries"][0]["checks"] if c["differs"]}
    assert (code, answer["ok"]) == (1 if found else 0, not found)
    return found


def test_healthy_clinicaltrials_gov_is_as_expected(settings: Settings) -> None:
    with fake_ctgov(STUDIES) as settings.CTGOV_API_URL:
        code, out = tried("ctgov", "--json")
    answer = json.loads(out)["registries"][0]["checks"]
    assert code == 0
    assert {check["name"]: (check["statuses"], check["differs"]) for check in answer} == {
        name: ([301, 200] if name == "alias" else [200], []) for name in CTGOV
    }


def test_healthy_ctri_is_as_expected(settings: Settings) -> None:
    requests: list[str] = []
    pages = {TRIAL_ID: page(NUMBER)}
    with serve(BothAddresses(pages=pages, requests=requests), prefix=PREFIX) as settings.CTRI_URL:
        assert differences("ctri") == {}
    assert requests == [
        "/robots.txt",
        f"{PREFIX}/pmaindet2.php?EncHid=ODA3NDA=&Enc=&userName=",
        f"{PREFIX}/showallp.php?mid1=80740&EncHid=&userName=",
    ]


def test_table_names_what_came_and_what_differs(settings: Settings) -> None:
    with fake_ctgov(STUDIES[:8], data_timestamp="") as settings.CTGOV_API_URL:
        code, out = tried("ctgov")
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert code == 1
    assert (
        lines[0] == f"ClinicalTrials.gov: {settings.CTGOV_API_URL}, asked as {settings.REGISTRY_USER_AGENT!r}"
    )
    marked = [line for line in lines if line.startswith("!")]
    assert [f"{settings.CTGOV_API_URL}/studies/NCT00201097" in line for line in marked] == [False, True]


@pytest.mark.parametrize(
    ("how", "name", "named"),
    [
        ({"records": []}, "wide", ""),
        ({"renamed": "briefTitle"}, "types", "protocolSection.identificationModule.briefTitle"),
        ({"words": ["RECRUITING", "RESTING"]}, "words", "RESTING"),
        ({"total": 2}, "wide", "2"),
    ],
)
def test_what_differs_is_said(settings: Settings, how: dict[str, Any], name: str, named: str) -> None:
    with fake_ctgov(**({"records": STUDIES} | how)) as settings.CTGOV_API_URL:
        (difference,) = differences("ctgov")[name]
    assert named in difference


def test_one_failure_does_not_stop_the_others(settings: Settings) -> None:
    with fake_ctgov(STUDIES, faults=[WEB_PAGE]) as settings.CTGOV_API_URL:
        assert list(differences("ctgov")) == ["version"]


def test_blocked_registry_is_not_asked_on(settings: Settings) -> None:
    requests: list[str] = []
    with fake_ctgov(STUDIES, faults=repeat(FORBIDDEN), requests=requests) as settings.CTGOV_API_URL:
        found = differences("ctgov")
    assert len(requests) == 1
    assert found == {"version": found["version"]} | {name: [NOT_ASKED] for name in CTGOV[1:]}


def test_busy_registry_is_asked_once_a_question(settings: Settings) -> None:
    requests: list[str] = []
    with fake_ctgov(STUDIES, faults=repeat(Fault(status=503)), requests=requests) as settings.CTGOV_API_URL:
        differences("ctgov")
    assert len(requests) == len(CTGOV)


def test_ctri_that_cannot_be_reached(settings: Settings) -> None:
    found = differences("ctri")
    assert list(found) == ["robots", "page", "other_page"]
    assert found["robots"] != found["page"] == found["other_page"]


def test_minor_field_that_cannot_be_read_is_told(settings: Settings) -> None:
    strange = page(NUMBER).replace(b"14/03/2023", b"14-Foo-2023")
    assert strange != page(NUMBER)
    with serve(BothAddresses(pages={TRIAL_ID: strange}), prefix=PREFIX) as settings.CTRI_URL:
        found = differences("ctri")
    assert list(found) == ["page", "other_page"]
    assert "'14-'" in found["page"][0]


def test_robots_txt_is_obeyed(settings: Settings) -> None:
    rules = f"User-agent: *\nDisallow: {PREFIX}/"
    requests: list[str] = []
    ctri = BothAddresses(pages={TRIAL_ID: page(NUMBER)}, robots=rules, requests=requests)
    with serve(ctri, prefix=PREFIX) as settings.CTRI_URL:
        assert list(differences("ctri")) == ["robots", "page", "other_page"]
    assert requests == ["/robots.txt"]


def test_another_trial_on_the_known_page_is_told(settings: Settings) -> None:
    ctri = BothAddresses(pages={TRIAL_ID: page("CTRI/2026/01/000101")})
    with serve(ctri, prefix=PREFIX) as settings.CTRI_URL:
        (difference,) = differences("ctri")["page"]
    assert [word in difference for word in (str(TRIAL_ID), NUMBER, "CTRI/2026/01/000101")] == [True] * 3


def test_page_without_a_record_is_told(settings: Settings) -> None:
    with serve(BothAddresses(pages={}), prefix=PREFIX) as settings.CTRI_URL:
        (difference,) = differences("ctri")["page"]
    assert [word in difference for word in (NUMBER, "invalid id")] == [True, True]


def test_questions_keep_their_distance(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where robots.txt is read over another session than the pages."""
    settings.REGISTRY_MIN_INTERVAL = 0.05
    with serve(BothAddresses(pages={TRIAL_ID: page(NUMBER)}), prefix=PREFIX) as settings.CTRI_URL:
        found = report.whole(Registry.CTRI, Access(most_retries=0))
    assert found.ok
    # The pauses are not counted as the registry's time.
    assert min(result.ms for result in found.checks) < 50


def test_mistake_of_ours_does_not_hide_the_others(settings: Settings, caplog: Any) -> None:
    def fail(answer: object) -> str:
        raise KeyError

    checks = [
        Check("one", "One", str, fail, lambda _: []),
        Check("two", "Two", str, lambda _: "some", lambda _: []),
    ]
    found = list(results(checks, fetch.session, Access()))
    assert [(result.understood, len(result.differs)) for result in found] == [("", 1), ("some", 0)]
    assert "KeyError" in found[0].differs[0]


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("http://proxy.example.org:3128", "http://proxy.example.org:3128"),
        ("http://me:secret@proxy.example.org:3128", "http://***@proxy.example.org:3128"),
        ("http://a:b@c@proxy.example.org", "http://***@proxy.example.org"),
        ("http://[", "http://["),
        ("me:secret@proxy.example.org:3128", "***@proxy.example.org:3128"),
        ("", ""),
    ],
)
def test_passwords_of_proxies_are_masked(address: str, shown: str) -> None:
    assert masked(address) == shown


def test_wrong_registry_is_a_usage_error() -> None:
    with pytest.raises(Exception, match="invalid choice"):
        call_command("try_registries", "elsewhere")


def test_password_of_an_address_is_not_repeated(settings: Settings) -> None:
    with fake_ctgov(STUDIES[:8]) as url:
        settings.CTGOV_API_URL = url.replace("//", "//me:secret@")
        code, out = tried("ctgov")
    assert (code, "me:secret" in out, "//***@127.0.0.1" in out) == (1, False, True)
