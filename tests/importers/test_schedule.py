"""When a registry is swept by itself, and when it is left alone."""

from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from django.utils import timezone
from pytest_django import Settings

from importers.fake.ctgov import fake_ctgov
from importers.fake.server import FORBIDDEN
from importers.models import ImportRun, RegistryAccess
from importers.pipeline import start
from importers.runs import circuit_breaker, schedule
from tests.importers.sweeps import sweep
from tests.studies import study
from trials.choices import Registry

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


def test_paused_registry_is_never_due() -> None:
    RegistryAccess.objects.create(registry=Registry.CTGOV, paused=True)
    assert (due(), schedule.next_due(Registry.CTGOV)) == (False, None)


def test_ctri_has_a_night_of_its_own() -> None:
    assert (schedule.daily_at(Registry.CTGOV), schedule.daily_at(Registry.CTRI)) == (time(3, 17), time(1, 17))


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
    assert (
        sweep([study()]).error
        == "ClinicalTrials.gov could not be reached: the proxy does not let us through."
    )
