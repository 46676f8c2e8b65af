"""What a registry can do wrong: the run ends as it should, what was good stays, the next sweep heals."""

import copy
import gzip
import socket
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from itertools import repeat
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import Settings

from importers.fake.server import FORBIDDEN, WEB_PAGE, Fault
from importers.http import session
from importers.models import ImportRun, RunPage
from importers.pipeline import start
from importers.registries.ctgov.fake import fake_ctgov
from importers.registries.slugs import Registry
from tests.state import catalogue_state
from tests.studies import study
from trials.models import Registration, TrialSite

pytestmark = pytest.mark.django_db

STUDIES = [study(f"NCT990000{number:02}") for number in range(25)]
GZIP = {"Content-Encoding": "gzip"}
SOON = format_datetime(datetime.now(UTC) - timedelta(seconds=5), usegmt=True)
ELSEWHERE = Fault(status=302, headers={"Location": "http://example.org/api/v2/studies"})


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of ten, and no long wait where nothing answers."""
    monkeypatch.setattr(sys.modules["importers.registries.ctgov.fetch"], "PAGE_SIZE", 10)
    monkeypatch.setattr(session, "CONNECT_TIMEOUT", 0.2)
    monkeypatch.setattr(session, "MAX_RESPONSE", 4 * 1024 * 1024)
    monkeypatch.setattr(session, "RETRIES", 2)


def sweep() -> ImportRun:
    return start.sweep(Registry.CTGOV)


@pytest.fixture
def full(settings: Settings) -> str:
    """The catalogue after a healthy sweep of all studies."""
    with fake_ctgov(STUDIES) as settings.CTGOV_API_URL:
        sweep()
    return catalogue_state()


@cache
def state_when_full() -> str:
    """The same, where a test begins with nothing: the sweep is made once, and undone."""
    with transaction.atomic(), fake_ctgov(STUDIES) as url, override_settings(CTGOV_API_URL=url):
        sweep()
        state = catalogue_state()
        transaction.set_rollback(True)
    return state


def heals(settings: Settings, full: str) -> None:
    """The next healthy sweep leads where it would have led without the trouble."""
    with fake_ctgov(STUDIES) as settings.CTGOV_API_URL:
        run = sweep()
    assert (run.status, catalogue_state() == full) == ("succeeded", True)
    assert not Registration.objects.exclude(missing_since=None).exists()
    assert RunPage.objects.count() == 0


def answer(body: bytes, **how: Any) -> Fault:
    return Fault(body=body, **how)


LASTING: dict[str, Iterable[Fault]] = {
    "403": repeat(FORBIDDEN),
    "429 without end": repeat(Fault(status=429, headers={"Retry-After": "0"})),
    "429 for an hour": repeat(Fault(status=429, headers={"Retry-After": "3600"})),
    "500": repeat(Fault(status=500)),
    "502": repeat(Fault(status=502)),
    "503": repeat(Fault(status=503)),
    "200 HTML": repeat(WEB_PAGE),
    "truncated JSON": repeat(answer(b'{"studies": [{"protocolSection": {')),
    "another shape": repeat(answer(b'{"studies": {"NCT99000001": {}}}')),
    "a list": repeat(answer(b"[1, 2, 3]")),
    "corrupt gzip": repeat(answer(b"\x1f\x8b broken", headers=GZIP)),
    "gzip bomb": repeat(answer(gzip.compress(b" " * 64 * 1024 * 1024, mtime=0), headers=GZIP)),
    "reset": repeat(Fault(reset=True)),
    "cut": repeat(Fault(cut=True)),
    "silence": repeat(Fault(silent=True)),
    "read timeout": repeat(Fault(wait=0.5)),
    "one byte at a time": repeat(Fault(trickle=0.2)),
    "another host": repeat(ELSEWHERE),
    "another path": repeat(Fault(status=301, headers={"Location": "/login"})),
}


SLOW = {"read timeout", "one byte at a time"}
"""Only these are not waited for: on a busy machine a healthy answer may take a while too."""
WHERE = [*((name, "/studies") for name in LASTING), *((name, "/version") for name in ("403", "503", "cut"))]


@pytest.mark.parametrize(("name", "when"), WHERE)
def test_lasting_trouble_fails_the_run_and_nothing_else(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, full: str, name: str, when: str
) -> None:
    with monkeypatch.context() as patch, fake_ctgov(STUDIES[:20], faults=LASTING[name], when=when) as url:
        settings.CTGOV_API_URL = url
        if name in SLOW:
            patch.setattr(session, "READ_TIMEOUT", 0.3)
            patch.setattr(session, "RESPONSE_DEADLINE", 0.3)
        run = sweep()
    assert (run.status, run.withdrawn, catalogue_state() == full) == ("failed", 0, True)
    assert "Traceback" not in run.error
    heals(settings, full)


PASSING: dict[str, Fault] = {
    "429 with seconds": Fault(status=429, headers={"Retry-After": "0"}),
    "429 with a date": Fault(status=429, headers={"Retry-After": SOON}),
    "503": Fault(status=503),
    "reset": Fault(reset=True),
    "cut": Fault(cut=True),
    "200 HTML": WEB_PAGE,
    "truncated": answer(b'{"studies": ['),
}


@pytest.mark.parametrize("at", range(7))
@pytest.mark.parametrize("name", PASSING)
def test_passing_trouble_at_any_request_is_sat_out(settings: Settings, name: str, at: int) -> None:
    full = state_when_full()
    faults = [*[Fault()] * at, PASSING[name]]
    with fake_ctgov(STUDIES, faults=faults) as settings.CTGOV_API_URL:
        run = sweep()
    assert (run.status, run.seen, catalogue_state() == full) == ("succeeded", 25, True)


@pytest.mark.parametrize("at", [4, 5])
def test_expired_token_starts_the_sweep_anew(settings: Settings, at: int) -> None:
    full = state_when_full()
    expired = Fault(status=400, body=b"token expired", content_type="text/plain")
    with fake_ctgov(STUDIES, faults=[*[Fault()] * at, expired]) as settings.CTGOV_API_URL:
        run = sweep()
    assert (run.status, run.seen, catalogue_state() == full) == ("succeeded", 25, True)


@contextmanager
def nobody_accepts() -> Iterator[str]:
    """A port whose queue is full: connecting to it takes for ever."""
    with socket.socket() as door, socket.socket() as first, socket.socket() as second:
        door.bind(("127.0.0.1", 0))
        door.listen(0)
        for other in (first, second):
            other.setblocking(False)
            other.connect_ex(door.getsockname())
        yield f"http://127.0.0.1:{door.getsockname()[1]}/api/v2"


def test_connect_timeout_fails_the_run(settings: Settings, full: str) -> None:
    with nobody_accepts() as settings.CTGOV_API_URL:
        run = sweep()
    assert (run.status, catalogue_state() == full) == ("failed", True)
    heals(settings, full)


ODD_PAGES: dict[str, dict[str, Any]] = {
    "the same studies on two pages": {"overlap": 3},
    "an empty page in the middle": {"empty_page": 2},
    "data made anew meanwhile": {"moving": 1},
}


@pytest.mark.parametrize("name", ODD_PAGES)
def test_odd_pages_lead_to_the_same_catalogue(settings: Settings, name: str) -> None:
    full = state_when_full()
    with fake_ctgov(STUDIES[::-1], **ODD_PAGES[name]) as settings.CTGOV_API_URL:
        run = sweep()
    assert (run.status, catalogue_state() == full) == ("succeeded", True)


def test_another_order_changes_nothing(settings: Settings, full: str) -> None:
    with fake_ctgov(STUDIES[::-1]) as settings.CTGOV_API_URL:
        run = sweep()
    assert (run.unchanged, run.updated, catalogue_state() == full) == (25, 0, True)


def test_token_that_leads_to_itself_ends_the_run(settings: Settings, full: str) -> None:
    with fake_ctgov(STUDIES, token_loop=True) as settings.CTGOV_API_URL:
        run = sweep()
    assert (run.status, catalogue_state() == full) == ("failed", True)
    heals(settings, full)


@pytest.mark.parametrize("left", [0, 17], ids=["nothing", "30 % fewer"])
def test_much_less_is_held_and_nothing_withdrawn(settings: Settings, full: str, left: int) -> None:
    with fake_ctgov(STUDIES[:left]) as settings.CTGOV_API_URL:
        run = sweep()
    assert (run.status, run.withdrawn, catalogue_state() == full) == ("held", 0, True)
    heals(settings, full)


def broken(record: dict[str, Any], module: str, **fields: Any) -> dict[str, Any]:
    spoilt = copy.deepcopy(record)
    spoilt["protocolSection"][module] |= fields
    return spoilt


def renamed(record: dict[str, Any]) -> dict[str, Any]:
    spoilt = copy.deepcopy(record)
    status = spoilt["protocolSection"]["statusModule"]
    status["statusOverall"] = status.pop("overallStatus")
    return spoilt


NEW_WORD = {"overallStatus": "PAUSED_FOR_NOW"}
NO_DAY = {"lastUpdatePostDateStruct": {"date": "2026-02-30"}}


@pytest.mark.parametrize("wrong", [NEW_WORD, NO_DAY], ids=["new enum", "impossible date"])
def test_one_bad_record_is_a_problem_and_keeps_its_good_copy_but_not_as_of_now(
    settings: Settings, full: str, wrong: dict[str, Any]
) -> None:
    good = Registration.objects.get(registry_id="NCT99000000")
    studies = [broken(STUDIES[0], "statusModule", **wrong), *STUDIES[1:]]
    with fake_ctgov(studies) as settings.CTGOV_API_URL:
        run = sweep()
    problem = run.problems.get()
    assert (run.status, run.failed, problem.registry_id) == ("partial", 1, "NCT99000000")
    kept = Registration.objects.get(registry_id="NCT99000000")
    assert (kept.status, kept.content_hash) == (good.status, good.content_hash)
    assert (kept.trial.status, kept.trial.recruiting_in_india, kept.trial.published) == (
        "UNKNOWN",
        False,
        True,
    )
    assert not TrialSite.objects.filter(registration=kept, is_open=True).exists()
    heals(settings, full)


@pytest.mark.parametrize("wrong", [NEW_WORD, NO_DAY], ids=["new enum", "impossible date"])
def test_many_bad_records_are_held(settings: Settings, full: str, wrong: dict[str, Any]) -> None:
    studies = [*(broken(record, "statusModule", **wrong) for record in STUDIES[:2]), *STUDIES[2:]]
    with fake_ctgov(studies) as settings.CTGOV_API_URL:
        run = sweep()
    assert ([doubt["code"] for doubt in run.doubts], catalogue_state() == full) == (["failing"], True)
    heals(settings, full)


def test_renamed_field_is_held(settings: Settings, full: str) -> None:
    with fake_ctgov([renamed(record) for record in STUDIES]) as settings.CTGOV_API_URL:
        run = sweep()
    assert (run.status, run.failed, catalogue_state() == full) == ("held", 25, True)
    heals(settings, full)


ODD_TEXTS = {
    "NUL": "CAR T\x00 cells",
    "lone surrogate": "CAR T \ud800 cells",
    "right to left": "CAR T \u202e\u05d0\u05d1 cells",
    "emoji": "CAR T \U0001f9ec cells",
}


@pytest.mark.parametrize("name", ODD_TEXTS)
def test_odd_text_is_taken(settings: Settings, full: str, name: str) -> None:
    odd = broken(STUDIES[0], "identificationModule", briefTitle=ODD_TEXTS[name])
    with fake_ctgov([odd, *STUDIES[1:]]) as settings.CTGOV_API_URL:
        run = sweep()
    assert (run.status, run.updated) == ("succeeded", 1)
    heals(settings, full)


def test_study_of_two_megabytes_is_taken(settings: Settings, full: str) -> None:
    huge = broken(STUDIES[0], "descriptionModule", detailedDescription="CAR T cells. " * 160_000)
    with fake_ctgov([huge, *STUDIES[1:]]) as settings.CTGOV_API_URL:
        run = sweep()
    assert (run.status, run.updated) == ("succeeded", 1)
    heals(settings, full)
