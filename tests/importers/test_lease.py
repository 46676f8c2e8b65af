"""Who drives a run: one process at a time, the next one soon after it died, and no two sweeps at once."""

import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from importers.files.documents import RawItem
from importers.models import ImportRun, RunPage
from importers.pipeline import stages, start
from importers.pipeline.sources import batches
from importers.registries.slugs import Registry
from importers.runs import lease, lifecycle
from tests.locks import held_elsewhere
from trials.models import Trial

pytestmark = pytest.mark.django_db
Source, Status, Stage = ImportRun.Source, ImportRun.Status, ImportRun.Stage


@pytest.fixture(autouse=True)
def locks_end_with_the_test() -> Iterator[None]:
    """All tests share one database session."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock_all()")


def queued() -> ImportRun:
    return start.queue(Registry.CTGOV, Source.SAMPLE)


@contextmanager
def driven_elsewhere(run: ImportRun) -> Iterator[None]:
    """Another process has begun the run: its session holds the lock."""
    with held_elsewhere(run.registry):
        got = lease.new_token()
        lifecycle.note(run, status=Status.RUNNING, lease=got, heartbeat_at=timezone.now())
        yield


@contextmanager
def being_published(run: ImportRun) -> Iterator[None]:
    """Another session has the run's row locked; ours waits for half a second."""
    publisher = connection.copy()
    with closing(publisher), publisher.cursor() as cursor, connection.cursor() as ours:
        cursor.execute("BEGIN; SELECT FROM importers_importrun WHERE id = %s FOR UPDATE", [run.pk])
        ours.execute("SET lock_timeout = '500ms'")
        yield
        ours.execute("RESET lock_timeout")


def quiet_for(run: ImportRun, pause: timedelta) -> None:
    lifecycle.note(run, heartbeat_at=timezone.now() - pause)


def test_run_of_a_living_driver_is_left_alone() -> None:
    run = queued()
    with driven_elsewhere(run):
        assert (lease.acquire(run.pk), start.to_take_over()) == (None, [])


def test_run_of_a_killed_driver_is_free_at_once() -> None:
    run = queued()
    with driven_elsewhere(run):
        pass  # its session ends
    assert start.to_take_over() == [run.pk]
    assert start.carry_out(run.pk).status == "succeeded"


def test_run_of_a_worker_that_is_told_to_stop_goes_on_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Celery ends a task's process that way, where the worker stops or has lost its queue."""
    run = queued()
    with monkeypatch.context() as stopping:
        stopping.setattr(stages, "collect", lambda *_: sys.exit(-253))
        with pytest.raises(SystemExit):
            start.carry_out(run.pk)
    assert start.to_take_over() == [run.pk]
    assert start.carry_out(run.pk).status == "succeeded"


def test_run_of_a_driver_that_fell_off_the_network_is_free_after_a_minute() -> None:
    run = queued()
    with driven_elsewhere(run):
        quiet_for(run, lease.LEASE * 1.1)
        assert start.to_take_over() == [run.pk]
        assert start.carry_out(run.pk).status == "succeeded"


def test_run_whose_last_sign_of_life_lies_days_ahead_is_free() -> None:
    run = queued()
    with driven_elsewhere(run):
        quiet_for(run, timedelta(days=-3))
        assert lease.is_dead(ImportRun.objects.get(pk=run.pk))


def test_queued_run_that_a_wrong_clock_dated_ahead_is_offered_again() -> None:
    run = queued()
    ImportRun.objects.filter(pk=run.pk).update(created_at=timezone.now() + timedelta(days=3))
    assert start.to_take_over() == [run.pk]


def test_driver_that_lost_its_run_stops() -> None:
    run = queued()
    mine = lease.acquire(run.pk)
    assert mine is not None
    lifecycle.begin(run)
    lifecycle.note(run, lease=lease.new_token())
    with pytest.raises(lease.LeaseLostError):
        mine.check()


def test_queued_run_that_nobody_begins_is_offered_again() -> None:
    run = queued()
    assert start.to_take_over() == []
    ImportRun.objects.update(created_at=timezone.now() - start.FORGOTTEN * 2)
    assert start.to_take_over() == [run.pk]


def test_run_that_kills_its_drivers_is_given_up() -> None:
    run = queued()
    lifecycle.note(run, status=Status.RUNNING, takeovers=lifecycle.MAX_TAKEOVERS)
    assert start.carry_out(run.pk).status == "failed"


@pytest.mark.django_db(transaction=True)
def test_run_that_is_published_for_minutes_is_not_taken_for_dead() -> None:
    run, second = queued(), queued()
    lifecycle.note(run, status=Status.RUNNING, lease=lease.new_token(), heartbeat_at=None)
    with being_published(run):
        assert lifecycle.begin(second) is False
    run.refresh_from_db()
    assert (run.status, run.error) == (Status.RUNNING, "")


@pytest.mark.django_db(transaction=True)
def test_driver_does_not_wait_for_a_piece_that_is_being_published() -> None:
    run = queued()
    ours = lease.acquire(run.pk)
    assert ours
    lifecycle.note(run, status=Status.RUNNING)
    with being_published(run):
        ours.check()
        with pytest.raises(lease.LeaseLostError):
            lease.Lease(run, lease.new_token()).check()


@pytest.mark.django_db(transaction=True)
def test_run_is_not_cancelled_while_all_of_it_is_being_published() -> None:
    run = queued()
    with being_published(run), pytest.raises(lifecycle.TooLateError):
        lifecycle.cancel(run, "asha")


def test_second_import_is_refused_by_the_database_itself() -> None:
    first, second = queued(), queued()
    lifecycle.begin(first)
    lifecycle.note(first, heartbeat_at=timezone.now())
    assert start.carry_out(second.pk).status == "failed"


def test_cancelled_run_publishes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    run = queued()
    monkeypatch.setattr(stages, "_read", lambda run, *_: lifecycle.cancel(run, "asha"))
    done = start.carry_out(run.pk)
    assert (done.status, "asha" in done.error, Trial.objects.count()) == ("cancelled", True, 0)
    assert RunPage.objects.count() == 0


def test_finished_run_cannot_be_cancelled() -> None:
    run = start.carry_out(queued().pk)
    with pytest.raises(lifecycle.TooLateError):
        lifecycle.cancel(run, "asha")


# Several workers


def fetched() -> ImportRun:
    """A run whose pages are all there, one record each, and nobody drives it."""
    run = queued()
    lifecycle.begin(run)
    items = [item for batch in batches(run) for item in batch.items if isinstance(item, RawItem)]
    for number, item in enumerate(items, start=1):
        RunPage.keep(run, number, [item])
    lifecycle.note(run, stage=Stage.READING, lease=None)
    return run


def test_whoever_reads_the_last_page_publishes() -> None:
    run = fetched()
    *first, last = RunPage.objects.values_list("pk", flat=True)
    for page in first:
        stages.help_with(page)
    assert Trial.objects.count() == 0
    stages.help_with(last)
    run.refresh_from_db()
    assert (run.status, run.seen, Trial.objects.count()) == ("succeeded", len(first) + 1, len(first) + 1)


def test_page_comes_twice_and_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    fetched()
    page = RunPage.objects.order_by("number").values_list("pk", flat=True)[0]
    stages.help_with(page)
    monkeypatch.setattr(stages, "read", lambda *_: pytest.fail("read again"))
    stages.help_with(page)


def test_page_of_a_run_that_has_ended_is_left_alone() -> None:
    run = fetched()
    page = RunPage.objects.values_list("pk", flat=True)[0]
    lifecycle.cancel(run, "asha")
    stages.help_with(page)
    assert Trial.objects.count() == 0


def test_driver_offers_every_page_to_others() -> None:
    offered: list[int] = []
    run = queued()
    start.carry_out(run.pk, share=offered.append)
    assert len(offered) == ImportRun.objects.get().pages
