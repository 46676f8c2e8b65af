"""Trying a connection from the desk."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape
from kombu.exceptions import OperationalError
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from importers import tasks
from importers.connection import tries
from importers.models import ImportRun, RegistryAccess
from importers.models.connection import ConnectionTry
from importers.registries.ctgov.fake import fake_ctgov
from importers.registries.slugs import Registry
from tests.desk import HOSTILE, make_run, message_levels, person, signed_in
from tests.importers.test_try_registries import STUDIES
from trials.models import Trial

pytestmark = pytest.mark.django_db

PAGE = "/imports/connection/ctgov/"


@pytest.fixture
def admin() -> Client:
    return signed_in(person(admin=True))


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The registries that workers were asked to try."""
    asked: list[str] = []
    monkeypatch.setattr(tasks.try_connection, "delay", asked.append)
    return asked


def press(admin: Client, capture: DjangoCaptureOnCommitCallbacks) -> Any:
    with capture(execute=True):
        answer = admin.post(f"{PAGE}try/")
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    return admin.get(PAGE)


def test_a_worker_tries_and_the_page_shows_what_came(
    admin: Client,
    sent: list[str],
    settings: Settings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    RegistryAccess.objects.create(registry=Registry.CTGOV, user_agent="desk/1")
    assert 'http-equiv="refresh"' in press(admin, django_capture_on_commit_callbacks).text
    with fake_ctgov(STUDIES) as settings.CTGOV_API_URL:
        tasks.try_connection(sent[0])
    tried = ConnectionTry.objects.get()
    assert (sent, tried.report["ok"], tried.report["user_agent"]) == (["ctgov"], True, "desk/1")
    for page in (PAGE, "/imports/", f"/hi{PAGE}"):
        assert 'class="badge badge-open"' in admin.get(page).text
    assert (ImportRun.objects.count(), Trial.objects.count()) == (0, 0)


def test_failure_is_shown(
    admin: Client, sent: list[str], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    press(admin, django_capture_on_commit_callbacks)
    tasks.try_connection(sent[0])
    page = admin.get(PAGE)
    checks = page.context["tried"].report["checks"]
    assert [check["differs"] != [] for check in checks] == [True] * 8
    assert escape(checks[0]["differs"][0]) in page.text


def test_pressed_twice_is_tried_once(
    admin: Client, sent: list[str], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    press(admin, django_capture_on_commit_callbacks)
    press(admin, django_capture_on_commit_callbacks)
    assert sent == ["ctgov"]


def test_task_that_comes_twice_asks_once(settings: Settings) -> None:
    requests: list[str] = []
    tries.ask_for(Registry.CTGOV, person())
    with fake_ctgov(STUDIES, requests=requests) as settings.CTGOV_API_URL:
        tasks.try_connection("ctgov")
        asked = len(requests)
        tasks.try_connection("ctgov")
    assert len(requests) == asked > 0


def test_lost_try_can_be_asked_for_again(
    admin: Client, sent: list[str], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    ConnectionTry.objects.create(registry="ctgov", asked_at=timezone.now() - timedelta(minutes=11))
    assert admin.get(PAGE).context["tried"].is_lost
    press(admin, django_capture_on_commit_callbacks)
    assert sent == ["ctgov"]


def test_registry_that_an_import_reads_is_not_asked(
    admin: Client, sent: list[str], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    make_run("running", registry=Registry.CTGOV)
    page = press(admin, django_capture_on_commit_callbacks)
    assert message_levels(page) == ["error"]
    assert (sent, ConnectionTry.objects.count()) == ([], 0)


@pytest.mark.django_db(transaction=True)
def test_queue_that_does_not_answer_is_told(admin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(registry: str) -> None:
        raise OperationalError

    monkeypatch.setattr(tasks.try_connection, "delay", fail)
    page = admin.post(f"{PAGE}try/", follow=True)
    assert message_levels(page) == ["error"]
    assert not ConnectionTry.objects.get().is_waiting


def test_words_of_a_registry_are_no_markup(admin: Client) -> None:
    checks = [{"question": "One study", "statuses": [200], "ms": 1, "bytes": 1, "understood": HOSTILE}]
    report = {"ok": False, "at": "2026-11-28T08:00:00+00:00", "checks": [checks[0] | {"differs": [HOSTILE]}]}
    now = timezone.now()
    ConnectionTry.objects.create(registry="ctgov", asked_at=now, finished_at=now, report=report)
    assert HOSTILE not in admin.get(PAGE).text


@pytest.mark.parametrize("address", ["/imports/connection/elsewhere/", "/imports/connection/ictrp/"])
def test_unknown_registry_is_not_found(admin: Client, address: str) -> None:
    assert (admin.get(address).status_code, admin.post(f"{address}try/").status_code) == (404, 404)
