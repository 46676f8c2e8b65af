"""How much one network may ask of pages and forms, and what it is told then."""

from threading import Thread
from time import sleep
from typing import Any

import pytest
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from tests.builders import make_trial
from tests.desk import person, signed_in
from tests.limits import count_here
from tests.pages import parsed
from trialfinder import parts, quotas

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def two_pages_and_one_form_a_minute(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PAGES_PER_MINUTE, settings.FORMS_PER_MINUTE = 2, 1
    count_here(settings, monkeypatch)


def statuses(client: Client, path: str, times: int = 3) -> list[int]:
    return [client.get(path).status_code for _ in range(times)]


@pytest.mark.parametrize(
    "path", ["/trials/?q=cd19", "/hi/trials/?q=cd19", "/match/", "/clinic/", "/nowhere/", "/accounts/login/"]
)
def test_pages_that_are_worked_for_are_counted(client: Client, path: str) -> None:
    make_trial("NCT00000001")
    assert [status == 429 for status in statuses(client, path)] == [False, False, True]


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/robots.txt", "/sw.js"])
def test_monitoring_and_small_files_are_not(client: Client, path: str) -> None:
    assert 429 not in statuses(client, path)


@pytest.mark.parametrize("path", ["/trials/", "/hi/trials/"])
def test_answer_says_when_to_come_back_in_the_language_of_the_page(client: Client, path: str) -> None:
    answer = [client.get(path + "?q=%3Cb%3E") for _ in range(3)][-1]
    page = parsed(answer)
    assert 1 <= int(answer["Retry-After"]) <= 60
    assert page.get("lang") == ("hi" if path.startswith("/hi/") else "en")
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert page.xpath("//main//a/@href") == [path + "?q=%3Cb%3E", path.removesuffix("trials/")]
    assert (answer["Cache-Control"], "default-src" in answer["Content-Security-Policy"]) == ("no-store", True)


def test_answer_asks_the_database_nothing(client: Client, django_assert_num_queries: Any) -> None:
    statuses(client, "/privacy/")
    with django_assert_num_queries(0):
        assert client.get("/privacy/").status_code == 429


def test_networks_are_counted_apart_and_unreadably(client: Client) -> None:
    statuses(client, "/privacy/")
    assert client.get("/privacy/", REMOTE_ADDR="192.0.2.7").status_code == 200
    assert "192.0.2" not in str(caches["limits"]._cache)  # type: ignore[attr-defined]


def test_forms_have_a_count_of_their_own(client: Client) -> None:
    assert statuses(client, "/privacy/", 2) == [200, 200]
    answers = [client.post("/workspace/join/x/") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [410, 429]
    assert parsed(answers[1]).xpath("//main//a/@href") == ["/"]  # a form cannot be sent again by a link


@pytest.mark.parametrize("path", ["/follow/stop/x/", "/hi/follow/stop/x/", "/workspace/stop/x/"])
def test_wish_to_get_no_more_mail_is_never_lost(client: Client, path: str) -> None:
    assert 429 not in [client.post(path).status_code for _ in range(3)]


def test_staff_are_not_counted() -> None:
    assert statuses(signed_in(person()), "/privacy/") == [200] * 3


def test_password_alone_is_not_staff(client: Client, django_user_model: Any) -> None:
    client.force_login(django_user_model.objects.create_user("half"))
    assert statuses(client, "/accounts/2fa/totp/activate/")[-1] == 429


def test_store_that_is_away_limits_nobody(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(type(caches["limits"]), "incr", fail)
    assert statuses(client, "/privacy/") == [200] * 3


def test_zero_switches_off(client: Client, settings: Settings) -> None:
    settings.PAGES_PER_MINUTE = 0
    assert statuses(client, "/privacy/") == [200] * 3


def test_kept_pages_are_not_counted(settings: Settings, tmp_path: Any, transactional_db: None) -> None:
    settings.KEEP_PAGES, settings.DATA_DIR = True, tmp_path
    make_trial("NCT00000001")
    client = Client()
    assert statuses(client, "/privacy/", 5) == [200] * 5
    tag = client.get("/privacy/")["ETag"]
    known = [client.get("/trials/?q=x", headers={"If-None-Match": tag}).status_code for _ in range(5)]
    assert known == [304] * 5


def test_one_network_leaves_threads_for_others() -> None:
    assert 1 + quotas.WAITING < parts.THREADS


@pytest.fixture
def line() -> quotas.Line:
    return quotas.Line()


class TestLine:
    """Who goes first; each request here stays inside until the test lets it go."""

    def test_networks_do_not_wait_for_each_other(self, line: quotas.Line) -> None:
        with line.turn("a", "/", one_of_each=True) as first, line.turn("b", "/", one_of_each=True) as second:
            assert (first, second) == (True, True)

    def test_who_waits_too_long_is_sent_away(
        self, line: quotas.Line, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(quotas, "LONGEST_WAIT", 0.0)
        with line.turn("a", "/", one_of_each=True), line.turn("a", "/", one_of_each=True) as second:
            assert second is False
        assert (line.inside, line.waiting) == ([], [])

    def test_more_of_one_network_than_may_wait_are_sent_away(
        self, line: quotas.Line, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(quotas, "WAITING", 0)
        with line.turn("a", "/", one_of_each=True) as first:
            assert first is False

    def test_where_pages_are_not_counted_one_network_has_several(self, line: quotas.Line) -> None:
        with line.turn("a", "/", one_of_each=False), line.turn("a", "/", one_of_each=False) as second:
            assert second is True

    @pytest.mark.parametrize(
        ("greedy", "modest"),
        [(("a", "/dear"), ("b", "/other")), (("a", "/dear"), ("a", "/other"))],
        ids=["another network", "another address"],
    )
    def test_who_asked_less_goes_before_who_asked_all_the_time(
        self,
        line: quotas.Line,
        monkeypatch: pytest.MonkeyPatch,
        greedy: tuple[str, str],
        modest: tuple[str, str],
    ) -> None:
        monkeypatch.setattr(quotas, "AT_WORK", 1)
        went: list[tuple[str, str]] = []

        def ask(asked: tuple[str, str]) -> None:
            with line.turn(*asked, one_of_each=False):
                went.append(asked)

        def comes(asked: tuple[str, str]) -> Thread:
            thread = Thread(target=ask, args=(asked,))
            before = len(line.waiting)
            thread.start()
            while len(line.waiting) == before:
                sleep(0.001)
            return thread

        with line.turn(*greedy, one_of_each=False):
            sleep(0.001)  # worked for
        with line.turn("c", "/", one_of_each=False):
            threads = [comes(greedy), comes(greedy), comes(modest)]
        for thread in threads:
            thread.join()
        assert went == [modest, greedy, greedy]

    def test_what_was_asked_is_forgotten(self, line: quotas.Line, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(quotas, "LATELY", 0.0)
        for address in ("/1", "/2"):
            with line.turn("a", address, one_of_each=True):
                pass
        assert list(line.spent) == ["a", ("a", "/2")]

    def test_failure_gives_the_turn_back(self, rf: RequestFactory, settings: Settings) -> None:
        settings.PAGES_PER_MINUTE = 100

        def fails(_request: HttpRequest) -> HttpResponse:
            raise KeyError

        page = quotas.limited(fails)
        for _ in range(3):
            with pytest.raises(KeyError):
                page(rf.get("/trials/"))
