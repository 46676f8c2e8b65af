"""The clock loads no task and no model, and still asks for those that workers know, where they look."""

import shelve
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from celery import current_app
from django.utils import timezone

from trialfinder import timetable
from trialfinder.celery import app as workers
from trialfinder.clock import Scheduler
from trialfinder.clock import app as clock


def test_workers_know_every_task_of_the_clock() -> None:
    workers.loader.import_default_modules()
    assert {entry["task"] for entry in timetable.TASKS.values()} <= set(workers.tasks)


def test_the_clock_has_the_settings_of_the_workers() -> None:
    names = ("broker_url", "task_default_queue", "task_serializer", "timezone", "beat_schedule")
    assert [clock.conf[name] for name in names] == [workers.conf[name] for name in names]


def test_tasks_of_web_and_worker_are_not_those_of_the_clock() -> None:
    """Loading the clock made its application the current one, of this thread alone."""
    assert current_app.tasks is workers.tasks


@pytest.fixture
def beat(tmp_path: Path) -> Iterator[Scheduler]:
    """Beat, which sends nothing while it is asked when it wants to be asked again."""
    scheduler = Scheduler(clock, schedule_filename=str(tmp_path / "schedule"))
    scheduler.tick()
    yield scheduler
    scheduler.close()


def test_a_clock_that_was_three_days_ahead_delays_nothing(beat: Scheduler) -> None:
    for entry in beat.schedule.values():
        entry.last_run_at = timezone.now() + timedelta(days=3)
    beat._heap = None
    assert beat.tick() <= timetable.TASKS["take-over"]["schedule"]
    seen = [entry.last_run_at for entry in beat.schedule.values() if entry.last_run_at]
    assert max(seen) <= timezone.now()


def test_what_was_sent_stays_noted_while_the_clock_is_right(beat: Scheduler) -> None:
    before = {entry.name: entry.last_run_at for entry in beat.schedule.values()}
    beat.tick()
    assert {entry.name: entry.last_run_at for entry in beat.schedule.values()} == before


@pytest.mark.parametrize("suffix", [".dat", ".dir"])
def test_file_that_was_cut_short_is_made_anew(tmp_path: Path, suffix: str) -> None:
    with shelve.open(str(tmp_path / "cut"), writeback=True) as cut:  # noqa: S301  # our own
        cut["entries"] = {}
    (tmp_path / f"cut{suffix}").write_bytes(b"")
    again = Scheduler(clock, schedule_filename=str(tmp_path / "cut"))
    assert set(timetable.TASKS) - set(again.schedule) == set()
    again.close()
