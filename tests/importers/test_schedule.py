"""When a registry is swept by itself, and when it is left alone."""

from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from django.utils import timezone
from pytest_django import Settings

from importers.fake.server import FORBIDDEN
from importers.models import ImportRun, RegistryAccess
from importers.models.crawl import CtriTarget
from importers.pipeline import start
from importers.registries.ctgov.fake import fake_ctgov
from importers.registries.ctri import known
from importers.registries.ctri.crawl import targets
from importers.registries.ctri.fake import fake_ctri
from importers.registries.slugs import Registry
from importers.runs import circuit_breaker, schedule
from tests.importers.sweeps import sweep
from tests.studies import study
from trials.models import Registration

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 24, 6, tzinfo=UTC)  # 11:30 in India, the sweep was due at 03:17
Status = ImportRun.Status


def ended(status: str, at: datetime, **columns: object) -> None:
    run = ImportRun.objects.create(registry=Registry.CTGOV, status=status, finished_at=at, **columns)
    ImportRun.objects.filter(pk=run.pk).update(created_at=at)


def due(at: datetime = MORNING) -> bool:
    with time_machine.travel(at, tick=False):
        return schedule.is_due(Registry.CTGOV)


def test_sweep_is_due_after_its_hour() -> None:
    ended(Status.SUCCEEDED, MORNING - timedelta(days=1))
    assert (due(), due(MORNING - timedelta(hours=10))) == (True, False)


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known, "known_trials", tuple)


@pytest.mark.parametrize("status", [Status.SUCCEEDED, Status.PARTIAL, Status.HELD, Status.RUNNING])
def test_sweep_of_today_is_enough(status: str) -> None:
    ended(status, MORNING - timedelta(hours=1))
    assert not due()


def test_dry_run_and_files_are_no_sweep() -> None:
    ended(Status.SUCCEEDED, MORNING - timedelta(hours=1), dry_run=True)
    ended(Status.SUCCEEDED, MORNING - timedelta(hours=1), source=ImportRun.Source.FILES)
    assert due()


def test_failed_sweep_is_tried_again_an_hour_and_two_hours_later_and_then_no_more() -> None:
    ended(Status.FAILED, MORNING)
    assert (due(MORNING + timedelta(minutes=59)), due(MORNING + timedelta(minutes=61))) == (False, True)
    ended(Status.FAILED, MORNING + timedelta(hours=1))
    later = MORNING + timedelta(hours=1)
    assert (due(later + timedelta(minutes=119)), due(later + timedelta(minutes=121))) == (False, True)
    ended(Status.FAILED, later)
    assert not due(later + timedelta(hours=9))


def test_hour_set_at_the_desk_counts() -> None:
    RegistryAccess.objects.create(registry=Registry.CTGOV, daily_at=time(12, 0))
    ended(Status.SUCCEEDED, MORNING - timedelta(hours=12))
    assert (due(MORNING), due(MORNING + timedelta(hours=1))) == (False, True)


def test_sweep_of_a_clock_that_was_days_ahead_does_not_stop_the_sweeps() -> None:
    ended(Status.SUCCEEDED, MORNING + timedelta(days=3))
    assert due()


def test_rest_that_a_clock_days_ahead_began_is_no_rest() -> None:
    with time_machine.travel(MORNING + timedelta(days=5), tick=False):
        circuit_breaker.open_up(Registry.CTGOV)
    assert due()


def test_paused_registry_is_never_due() -> None:
    RegistryAccess.objects.create(registry=Registry.CTGOV, paused=True)
    assert (due(), schedule.next_due(Registry.CTGOV)) == (False, None)


# CTRI's night: 22:00 to 06:00 in India

EVENING = datetime(2026, 11, 24, 16, 30, tzinfo=UTC)  # 22:00 in India


def read_ctri(status: str, at: datetime, requests: int) -> None:
    run = ImportRun.objects.create(
        registry=Registry.CTRI, status=status, finished_at=at + timedelta(minutes=25), requests=requests
    )
    ImportRun.objects.filter(pk=run.pk).update(created_at=at)


def ctri_due(at: datetime) -> bool:
    with time_machine.travel(at, tick=False):
        return schedule.is_due(Registry.CTRI)


@pytest.mark.parametrize(
    ("hours", "due"),
    [(-0.1, False), (0, True), (1.9, True), (2.1, True), (7.9, True), (8, False), (12, False)],
)
def test_ctri_is_read_only_at_night(hours: float, due: bool) -> None:
    assert ctri_due(EVENING + timedelta(hours=hours)) == due


@pytest.mark.parametrize(
    ("status", "requests", "due"),
    [
        (Status.SUCCEEDED, 400, True),
        (Status.PARTIAL, 400, True),
        (Status.SUCCEEDED, 399, False),  # it had nothing more to read
        (Status.RUNNING, 400, False),
        (Status.QUEUED, 0, False),
        (Status.HELD, 400, False),
        (Status.CANCELLED, 400, False),
    ],
)
def test_run_follows_a_run_that_had_more_to_read(status: str, requests: int, due: bool) -> None:
    read_ctri(status, EVENING, requests)
    assert ctri_due(EVENING + timedelta(hours=3)) == due  # after midnight


def test_run_of_last_night_does_not_end_this_one() -> None:
    read_ctri(Status.SUCCEEDED, EVENING - timedelta(days=1), 10)
    assert ctri_due(EVENING)


def test_failed_run_is_tried_again_in_the_same_night() -> None:
    read_ctri(Status.FAILED, EVENING, 1)
    assert (ctri_due(EVENING + timedelta(hours=1)), ctri_due(EVENING + timedelta(hours=2))) == (False, True)


def test_night_has_no_more_requests_than_time(settings: Settings) -> None:
    settings.REGISTRY_MIN_INTERVAL = 3.0
    for number in range(24):  # 9600 of them
        read_ctri(Status.SUCCEEDED, EVENING + timedelta(seconds=number), 400)
    assert not ctri_due(EVENING + timedelta(hours=1))  # a clock that was put back


def test_run_of_a_clock_that_was_years_ahead_does_not_stop_the_nights() -> None:
    read_ctri(Status.SUCCEEDED, EVENING + timedelta(days=900), 10)
    assert ctri_due(EVENING)


def test_paused_or_blocked_ctri_is_not_read() -> None:
    RegistryAccess.objects.create(registry=Registry.CTRI, paused=True)
    assert not ctri_due(EVENING)
    RegistryAccess.objects.update(paused=False, blocked_until=EVENING + timedelta(hours=1))
    assert not ctri_due(EVENING)


def test_night_begins_at_the_hour_set_at_the_desk_and_lasts_as_long() -> None:
    RegistryAccess.objects.create(registry=Registry.CTRI, daily_at=time(1, 0))
    hours = (0, 2.9, 3.1, 10.9, 11.1)
    assert [ctri_due(EVENING + timedelta(hours=h)) for h in hours] == [False, False, True, True, False]


def test_scheduled_run_stops_when_the_night_is_over(settings: Settings) -> None:
    settings.CTRI_FRONTIER = 100
    requests: list[str] = []
    with fake_ctri({}, requests=requests) as settings.CTRI_URL, time_machine.travel(EVENING, tick=False):
        run = start.queue(Registry.CTRI, ImportRun.Source.REGISTRY, trigger=ImportRun.Trigger.SCHEDULE)
        with time_machine.travel(EVENING + timedelta(hours=9), tick=False):
            run = start.carry_out(run.pk)
    assert (run.status, run.requests) == ("succeeded", 0)


def test_run_follows_run_in_one_night_and_the_frontier_comes_once(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(targets, "FRONTIER_RUN", 5)
    settings.CTRI_FRONTIER, settings.CTRI_BUDGET = 12_000, 20
    with fake_ctri({}) as settings.CTRI_URL, time_machine.travel(EVENING):
        assert start.sweep_due()
        assert start.sweep_due()
    runs = ImportRun.objects.filter(registry=Registry.CTRI)
    assert [run.requests for run in runs] == [20, 20]
    new = CtriTarget.objects.filter(reason="frontier")
    assert (new.count(), new.filter(run=runs.latest("pk")).count()) == (5, 0)


def test_due_sweep_is_made_once(settings: Settings) -> None:
    with fake_ctgov([study()]) as settings.CTGOV_API_URL:
        start.sweep_due()
        start.sweep_due()
    made = ImportRun.objects.filter(registry=Registry.CTGOV)
    assert [(run.status, run.trigger) for run in made] == [("succeeded", "schedule")]


# The circuit


def test_403_leaves_the_registry_alone_twice_as_long_each_time() -> None:
    rests = []
    for day in (0, 1, 2, 3, 4):
        sweep([], day=day, faults=[FORBIDDEN])
        access = circuit_breaker.settings_of(Registry.CTGOV)
        assert access.blocked_until is not None
        started = ImportRun.objects.latest("pk").finished_at
        assert started is not None
        rests.append(round((access.blocked_until - started).total_seconds() / 3600))
    assert rests == [12, 24, 48, 96, 96]


def test_blocked_registry_is_not_asked_by_the_clock(settings: Settings) -> None:
    asked: list[str] = []
    circuit_breaker._write(Registry.CTGOV, blocked_until=timezone.now() + timedelta(hours=1), times_blocked=1)
    with fake_ctgov([study()], requests=asked) as settings.CTGOV_API_URL:
        start.sweep_due()
        start.ensure_catalogue()
    assert asked == []


def test_answer_closes_the_circuit() -> None:
    sweep([], faults=[FORBIDDEN])
    sweep([study()], day=1)
    access = circuit_breaker.settings_of(Registry.CTGOV)
    assert (access.blocked_until, access.times_blocked) == (None, 0)


def test_name_and_proxy_set_at_the_desk_are_used() -> None:
    RegistryAccess.objects.create(registry=Registry.CTGOV, user_agent="us", proxy="http://127.0.0.1:9")
    access = circuit_breaker.access(Registry.CTGOV, lambda: None)
    assert (access.user_agent, access.proxy) == ("us", "http://127.0.0.1:9")
    assert (sweep([study()]).status, Registration.objects.count()) == ("failed", 0)
