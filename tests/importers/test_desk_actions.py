"""What the desk's buttons do."""

from collections.abc import Iterator
from datetime import time, timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from kombu.exceptions import OperationalError
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from importers import tasks
from importers.models import ImportRun, RegistryAccess, RunPage
from importers.pipeline import stages, start
from importers.registries.ctgov.fake import fake_ctgov
from importers.registries.slugs import Registry
from importers.runs import circuit_breaker
from tests.desk import full_run, make_run, message_levels, person, signed_in
from tests.studies import study
from trials.models import Trial

pytestmark = pytest.mark.django_db

STUDIES = [study(f"NCT990{number:05}") for number in range(20)]


@pytest.fixture
def admin() -> Client:
    return signed_in(person(admin=True))


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of the runs handed to workers."""
    numbers: list[int] = []
    monkeypatch.setattr(tasks.carry_out, "delay", numbers.append)
    return numbers


@pytest.fixture
def held(settings: Settings) -> ImportRun:
    """A sweep that found the registry all but empty."""
    with fake_ctgov(STUDIES) as settings.CTGOV_API_URL:
        start.sweep(Registry.CTGOV)
    with fake_ctgov(STUDIES[:2]) as settings.CTGOV_API_URL:
        return start.sweep(Registry.CTGOV)


def press(client: Client, action: str, **entries: object) -> list[str]:
    """Press a button; what the page it leads to says."""
    page = client.post(f"/imports/{action}/", entries, follow=True)
    assert page.status_code == 200
    return message_levels(page)


@pytest.mark.parametrize(
    ("how", "registry", "source", "dry_run"),
    [
        ("now", "ctgov", "registry", False),
        ("try", "ctgov", "registry", True),
        ("reparse", "ctgov", "reparse", False),
        ("reparse", "ctri", "reparse", False),
    ],
)
def test_start_queues_the_import(admin: Client, how: str, registry: str, source: str, dry_run: bool) -> None:
    answer = admin.post("/imports/start/", {"how": how, "registry": registry})
    run = ImportRun.objects.get()
    assert answer["Location"] == f"/imports/{run.pk}/"
    assert (run.registry, run.source, run.dry_run) == (registry, source, dry_run)
    assert (run.status, run.trigger) == ("queued", "desk")
    assert run.started_by_id == int(admin.session["_auth_user_id"])


def person_of(client: Client) -> str:
    """The name of who is signed in."""
    return User.objects.get(pk=client.session["_auth_user_id"]).get_username()


def test_start_hands_the_import_to_a_worker(
    admin: Client, sent: list[int], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        press(admin, "start", how="now", registry="ctgov")
    assert sent == [ImportRun.objects.get().pk]


@pytest.mark.parametrize(
    ("how", "registry"),
    [("x", "ctgov"), ("now", "x\0"), ("", ""), ("reparse", "x")],
)
def test_start_refuses_nonsense(admin: Client, how: str, registry: str) -> None:
    assert press(admin, "start", how=how, registry=registry) == ["error"]
    assert ImportRun.objects.count() == 0


@pytest.mark.parametrize(("how", "still_blocked"), [("now", False), ("try", False), ("reparse", True)])
def test_asking_a_registry_that_blocks_us_closes_the_circuit(
    admin: Client, how: str, still_blocked: bool
) -> None:
    until = timezone.now() + timedelta(hours=5)
    RegistryAccess.objects.create(registry=Registry.CTGOV, blocked_until=until, times_blocked=2)
    press(admin, "start", how=how, registry="ctgov")
    assert circuit_breaker.is_open(Registry.CTGOV) is still_blocked


def test_release_publishes_what_was_fetched(admin: Client, held: ImportRun, settings: Settings) -> None:
    assert (held.status, Trial.objects.listed().count()) == ("held", 20)
    assert press(admin, f"{held.pk}/release") == []
    settings.CTGOV_API_URL = "http://127.0.0.1:9"  # nobody is asked again
    run = stages.carry_out(held.pk)
    assert (run.status, run.released, run.error) == ("succeeded", True, "")


def test_released_import_waits_as_one_that_never_ended(admin: Client, held: ImportRun) -> None:
    press(admin, f"{held.pk}/release")
    progress = admin.get(f"/imports/{held.pk}/progress/")
    assert "HX-Refresh" not in progress
    assert 'role="status"' in progress.text
    held.refresh_from_db()
    assert (held.status, held.error) == ("queued", "")


@pytest.mark.parametrize("action", ["release", "drop"])
@pytest.mark.parametrize("status", ["queued", "running", "succeeded", "failed", "cancelled"])
def test_what_is_not_held_is_neither_released_nor_dropped(admin: Client, status: str, action: str) -> None:
    run = make_run(status)
    RunPage.keep(run, 1, [])
    assert press(admin, f"{run.pk}/{action}") == ["error"]
    run.refresh_from_db()
    assert (run.status, run.run_pages.count()) == (status, 1)


def test_drop_throws_away_what_was_fetched(admin: Client, held: ImportRun) -> None:
    assert press(admin, f"{held.pk}/drop") == ["success"]
    held.refresh_from_db()
    assert (held.status, held.run_pages.count(), Trial.objects.listed().count()) == ("failed", 0, 20)
    assert person_of(admin) in held.error


@pytest.mark.parametrize("status", ["queued", "running"])
def test_cancel_stops_what_is_not_over(admin: Client, status: str) -> None:
    run = make_run(status)
    assert press(admin, f"{run.pk}/cancel") == ["success"]
    run.refresh_from_db()
    assert run.status == "cancelled"
    assert person_of(admin) in run.error


@pytest.mark.parametrize("status", ["succeeded", "partial", "failed", "held", "cancelled"])
def test_cancel_comes_too_late_for_what_is_over(admin: Client, status: str) -> None:
    run = make_run(status)
    assert press(admin, f"{run.pk}/cancel") == ["error"]
    run.refresh_from_db()
    assert run.status == status


@pytest.mark.parametrize("action", ["release", "drop", "cancel", "retry"])
def test_action_on_an_import_that_is_not_there_is_not_found(admin: Client, action: str) -> None:
    assert admin.post(f"/imports/7/{action}/").status_code == 404


def retries() -> Iterator[tuple[str, list[str]]]:
    for run in ImportRun.objects.filter(status="queued").order_by("pk"):
        yield run.source, run.only_ids


@pytest.mark.parametrize(("source", "again"), [("registry", "registry"), ("upload", "reparse")])
def test_retry_of_all_takes_every_named_record(admin: Client, source: str, again: str) -> None:
    run = full_run(source=source)
    assert press(admin, f"{run.pk}/retry") == []
    assert list(retries()) == [(again, ["NCT00000021", "NCT00000022"])]
    assert run.problems.filter(retried_in__status="queued").count() == 2


def test_retry_of_one_leaves_the_others(admin: Client) -> None:
    run = full_run()
    problem = run.problems.get(registry_id="NCT00000022")
    press(admin, f"{run.pk}/retry", problem=problem.pk)
    problem.refresh_from_db()
    assert list(retries()) == [("registry", ["NCT00000022"])]
    assert problem.retried_in == ImportRun.objects.get(status="queued")
    assert run.problems.filter(retried_in=None).count() == 2


def test_retry_asks_the_registry_for_the_record(admin: Client, settings: Settings) -> None:
    run = full_run()
    press(admin, f"{run.pk}/retry", problem=run.problems.get(registry_id="NCT00000021").pk)
    with fake_ctgov(STUDIES, unlisted=[study("NCT00000021")]) as settings.CTGOV_API_URL:
        again = stages.carry_out(ImportRun.objects.get(status="queued").pk)
    assert (again.status, again.created, again.seen) == ("succeeded", 1, 1)
    assert f'href="/imports/{again.pk}/"' in admin.get(f"/imports/{run.pk}/").text


def test_retry_happens_once(admin: Client) -> None:
    run = full_run()
    press(admin, f"{run.pk}/retry")
    assert press(admin, f"{run.pk}/retry") == ["error"]
    assert len(list(retries())) == 1


@pytest.mark.parametrize("number", ["x", "-1", "0", "9" * 19, "9" * 5000, "²", "\0"])
def test_retry_of_nonsense_tries_nothing(admin: Client, number: str) -> None:
    assert press(admin, f"{full_run().pk}/retry", problem=number) == ["error"]


def test_retry_of_a_problem_of_another_import_tries_nothing(admin: Client) -> None:
    problem = full_run().problems.get(registry_id="NCT00000021")
    press(admin, f"{full_run().pk}/retry", problem=problem.pk)
    assert list(retries()) == []


def entries(**changes: str) -> dict[str, str]:
    given = {"daily_at": "04:30", "user_agent": "us", "proxy": "http://proxy:3128"} | changes
    return {f"ctgov-{name}": value for name, value in given.items()}


def test_access_is_saved(admin: Client) -> None:
    assert press(admin, "access/ctgov", **entries(paused="on")) == ["success"]
    row = RegistryAccess.objects.get()
    assert (row.registry, row.daily_at, row.paused) == ("ctgov", time(4, 30), True)
    assert (row.user_agent, row.proxy) == ("us", "http://proxy:3128")


def test_access_emptied_is_as_the_settings_say(admin: Client) -> None:
    press(admin, "access/ctgov", **entries())
    press(admin, "access/ctgov", **entries(daily_at="", user_agent="", proxy=""))
    row = RegistryAccess.objects.get()
    assert (row.daily_at, row.paused, row.user_agent, row.proxy) == (None, False, "", "")


@pytest.mark.parametrize(
    "changes",
    [
        {"proxy": "socks5://host:1"},
        {"proxy": "http://"},
        {"proxy": "http://[::1"},
        {"proxy": "http://host:port"},
        {"proxy": "http://127.0.0.1:5432"},
        {"proxy": "http://169.254.169.254"},
        {"user_agent": "हम"},
        {"user_agent": "a\r\nX-B: c"},
        {"daily_at": "25:00"},
    ],
)
def test_access_refuses_nonsense(admin: Client, changes: dict[str, str]) -> None:
    assert press(admin, "access/ctgov", **entries(**changes)) == ["error"]
    assert RegistryAccess.objects.count() == 0


@pytest.mark.parametrize("registry", ["nowhere", "x" * 50])
def test_access_of_an_unknown_registry_is_not_found(admin: Client, registry: str) -> None:
    assert admin.post(f"/imports/access/{registry}/", entries()).status_code == 404
    assert RegistryAccess.objects.count() == 0


def test_actions_in_hindi_lead_to_hindi_pages(admin: Client) -> None:
    run = make_run("held")
    answer = admin.post("/hi/imports/start/", {"how": "now", "registry": "ctgov"})
    assert answer["Location"] == f"/hi/imports/{ImportRun.objects.latest('pk').pk}/"
    for action in ("cancel", "retry", "drop", "release"):
        assert admin.post(f"/hi/imports/{run.pk}/{action}/")["Location"] == f"/hi/imports/{run.pk}/"


def unreachable(_run_id: int) -> None:
    raise OperationalError("no broker")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["", "/hi"])
def test_import_waits_where_the_queue_does_not_answer(
    admin: Client, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setattr(tasks.carry_out, "delay", unreachable)
    asked = {"how": "now", "registry": "ctgov"}
    page = admin.post(f"{language}/imports/start/", asked, follow=True)
    assert [(m.level_tag, page.status_code) for m in page.context["messages"]] == [("warning", 200)]
    assert ImportRun.objects.get().status == "queued"
