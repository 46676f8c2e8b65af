"""Every way a registry can fail, against one that fails that way."""

import gzip
import itertools
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from importers.fake.server import FORBIDDEN, WEB_PAGE, Fault
from importers.http import session as http
from importers.http.access import open_session
from importers.http.errors import (
    BadAnswer,
    Blocked,
    Busy,
    NotFound,
    Refused,
    RegistryError,
    TooLarge,
    Unreachable,
)
from importers.http.session import RegistrySession
from importers.registries.ctgov.fake import fake_ctgov

VERSION = {"apiVersion": "2.0.5", "dataTimestamp": "2026-11-20T09:00:05"}


@pytest.fixture(autouse=True)
def whole_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pause is one sleep, not many slices."""
    monkeypatch.setattr(http, "SLICE", float("inf"))


def session(url: str, waits: list[float] | None = None, min_interval: float = 0) -> RegistrySession:
    """A session that notes how long it would sleep instead of sleeping."""
    sleep = ([] if waits is None else waits).append
    return RegistrySession("Registry", url, min_interval=min_interval, user_agent="test/1", sleep=sleep)


def version(*faults: Fault) -> object:
    with fake_ctgov(faults=faults) as url, session(url) as registry:
        return registry.get_json("version")


def failure(fault: Fault) -> RegistryError:
    """What a fault that stays leads to."""
    faults = itertools.repeat(fault)
    with fake_ctgov(faults=faults) as url, session(url) as registry, pytest.raises(RegistryError) as caught:
        registry.get_json("version")
    return caught.value


def test_json_arrives() -> None:
    assert version() == VERSION


def test_bytes_arrive_as_they_are() -> None:
    with fake_ctgov(faults=[Fault(body=b"\xff\x00")]) as url, session(url) as registry:
        assert registry.get_bytes("version") == b"\xff\x00"


def test_gzip_is_unpacked() -> None:
    packed = Fault(body=gzip.compress(b'{"a": 1}', mtime=0), headers={"Content-Encoding": "gzip"})
    assert version(packed) == {"a": 1}


@pytest.mark.parametrize(
    "fault",
    [
        Fault(status=429),
        Fault(status=500),
        Fault(status=502),
        Fault(status=503),
        Fault(silent=True),
        Fault(cut=True),
        WEB_PAGE,
        Fault(body=b'{"apiVersion": "2.'),
        Fault(body=b"no gzip", headers={"Content-Encoding": "gzip"}),
    ],
)
def test_passing_trouble_is_sat_out(fault: Fault) -> None:
    assert version(fault, fault) == VERSION


@pytest.mark.parametrize(
    ("fault", "kind", "detail"),
    [
        (FORBIDDEN, Blocked, "403"),
        (Fault(status=503), Busy, "503"),
        (Fault(status=400), Refused, "400"),
        (WEB_PAGE, BadAnswer, "text/html"),
        (Fault(cut=True), BadAnswer, ""),
        (Fault(body=b"{"), BadAnswer, "JSON"),
        (Fault(silent=True), Unreachable, ""),
    ],
)
def test_lasting_trouble_is_told_by_its_kind_with_the_name_of_the_registry(
    fault: Fault, kind: type, detail: str
) -> None:
    error = failure(fault)
    assert (type(error), str(error).startswith("Registry "), detail in str(error)) == (kind, True, True)


def test_refused_connection_is_told_at_once_where_nothing_ever_answered() -> None:
    waits: list[float] = []
    with session("http://127.0.0.1:9", waits, min_interval=1) as registry, pytest.raises(Unreachable):
        registry.get_json("version")
    assert sum(waits) <= http.FIRST_PATIENCE + 4 * 1.25


def test_blocked_is_not_tried_again() -> None:
    requests: list[str] = []
    with fake_ctgov(faults=[FORBIDDEN], requests=requests) as url, pytest.raises(Blocked):
        session(url).get_json("version")
    assert requests == ["/api/v2/version"]


def test_missing_record_is_not_found() -> None:
    with fake_ctgov() as url, session(url) as registry, pytest.raises(NotFound):
        registry.get_json("studies/NCT00000000")


def test_retry_after_in_seconds_is_honoured() -> None:
    waits: list[float] = []
    busy = Fault(status=429, headers={"Retry-After": "7"})
    with fake_ctgov(faults=[busy]) as url, session(url, waits) as registry:
        registry.get_json("version")
    assert 7.0 in waits


def test_retry_after_as_a_date_is_honoured() -> None:
    waits: list[float] = []
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    busy = Fault(status=429, headers={"Retry-After": date})
    with fake_ctgov(faults=[busy]) as url, session(url, waits) as registry:
        registry.get_json("version")
    assert 55 < max(waits) <= 60


def test_retry_after_too_long_is_given_up() -> None:
    busy = Fault(status=429, headers={"Retry-After": "86400"})
    error = failure(busy)
    assert isinstance(error, Busy)
    assert error.retry_after == 86400


def test_pauses_grow_between_tries() -> None:
    waits: list[float] = []
    with fake_ctgov(faults=itertools.repeat(Fault(status=500))) as url, pytest.raises(Busy):
        session(url, waits, min_interval=10).get_json("version")
    pauses = waits[1::2]  # between them stand the pauses any two requests keep
    assert [10 * 2**k <= pause <= 12.5 * 2**k for k, pause in enumerate(pauses)] == [True] * http.RETRIES


def test_requests_keep_their_distance() -> None:
    waits: list[float] = []
    with fake_ctgov() as url, session(url, waits, min_interval=10) as registry:
        registry.get_json("version")
        registry.get_json("version")
    assert 9.5 < waits[1] <= 12.5


def test_trickle_meets_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "RESPONSE_DEADLINE", 0.1)
    assert type(failure(Fault(trickle=0.03))) is BadAnswer


def test_huge_answer_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "MAX_RESPONSE", 1024**2)
    bomb = Fault(body=gzip.compress(b" " * 1024**2 * 50, mtime=0), headers={"Content-Encoding": "gzip"})
    assert type(failure(bomb)) is TooLarge


def test_redirect_on_the_same_host_is_followed() -> None:
    moved = Fault(status=301, headers={"Location": "/api/v2/version"})
    assert version(moved) == VERSION


@pytest.mark.parametrize(
    "target", ["http://localhost:1/", "https://127.0.0.1/", "//example.org/x", "http://["]
)
def test_redirect_to_another_host_is_not_followed(target: str) -> None:
    assert type(failure(Fault(status=302, headers={"Location": target}))) is Refused


def test_endless_redirects_end() -> None:
    assert type(failure(Fault(status=302, headers={"Location": "/api/v2/version"}))) is Refused


def test_settings_decide_the_pace(settings: object) -> None:
    settings.REGISTRY_MIN_INTERVAL = None  # type: ignore[attr-defined]
    assert open_session("Registry", "http://127.0.0.1", 3).min_interval == 3


def test_long_pause_gives_signs_of_life(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "SLICE", 10.0)
    sleeps: list[float] = []
    signs: list[int] = []
    polite = RegistrySession(
        "Registry", "", min_interval=0, user_agent="", alive=lambda: signs.append(1), sleep=sleeps.append
    )
    polite._sleep(25)
    assert (sleeps, len(signs)) == ([10, 10, 5], 2)
