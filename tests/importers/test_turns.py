"""Imports of one registry wait their turn: at a terminal, and with the workers."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from importers import tasks
from importers.models import ImportRun
from importers.pipeline import start
from importers.registries.slugs import Registry
from importers.runs import lease, lifecycle
from tests.locks import held_elsewhere
from tests.studies import study, write_lines
from trials.models import RegistrySource, Trial

pytestmark = pytest.mark.django_db
Source, Status = ImportRun.Source, ImportRun.Status
REFUSED = "Another import of ctgov is running."


def queued(registry: Registry = Registry.CTGOV) -> ImportRun:
    return start.queue(registry, Source.SAMPLE)


@contextmanager
def running_elsewhere() -> Iterator[Callable[[], None]]:
    """Another process imports; calling what comes out ends that import."""
    run = queued()
    lifecycle.begin(run)
    lifecycle.note(run, lease=lease.new_token(), heartbeat_at=timezone.now())
    RegistrySource.objects.filter(registry=run.registry).update(progress_done=300, progress_total=900)
    with held_elsewhere(run.registry) as give_back:

        def end() -> None:
            lifecycle.note(run, status=Status.SUCCEEDED, finished_at=timezone.now(), lease=None)
            give_back()

        yield end


@pytest.fixture
def asleep(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], Any]]:
    """What happens while an import waits: one entry at each look."""
    happenings: list[Callable[[], Any]] = []
    monkeypatch.setattr("importers.pipeline.turns.time.sleep", lambda _seconds: happenings.pop(0)())
    return happenings


def import_file(folder: Path, *options: str) -> tuple[int, str]:
    """Exit code and stderr of `import_trials`."""
    err = StringIO()
    path = write_lines(folder / "some.jsonl", study())
    with pytest.raises(SystemExit) as ended:
        call_command("import_trials", "ctgov", "--from", str(path), *options, stdout=StringIO(), stderr=err)
    return int(str(ended.value.code)), err.getvalue()


def test_import_waits_for_the_running_one_and_says_so_once(tmp_path: Path, asleep: list[Any]) -> None:
    with running_elsewhere() as end:
        asleep += [lambda: None, lambda: None, end]
        code, told = import_file(tmp_path)
    number = ImportRun.objects.earliest("pk").pk
    what = f"import {number} of ctgov (sample records, 300 of 900 records fetched)"
    assert told == f"Waiting for {what} to end. Ctrl-C gives up.\n"
    assert (code, Trial.objects.count(), asleep) == (0, 1, [])


def test_import_that_need_not_wait_says_nothing(tmp_path: Path) -> None:
    assert import_file(tmp_path) == (0, "")


def test_no_wait_refuses(tmp_path: Path) -> None:
    with running_elsewhere():
        assert import_file(tmp_path, "--no-wait") == (1, f"{REFUSED}\n")
    assert ImportRun.objects.latest("pk").status == Status.FAILED


def test_import_does_not_wait_for_a_dead_one(tmp_path: Path, asleep: list[Any]) -> None:
    with running_elsewhere():
        ImportRun.objects.update(heartbeat_at=timezone.now() - lease.LEASE * 2)
        assert import_file(tmp_path) == (0, "")
    assert ImportRun.objects.earliest("pk").error == lifecycle.INTERRUPTED


def test_import_does_not_wait_for_another_registry(tmp_path: Path) -> None:
    with running_elsewhere():
        assert start.carry_out(queued(Registry.CTRI).pk).status == Status.SUCCEEDED


def test_who_gives_up_waiting_leaves_nothing_queued(tmp_path: Path, asleep: list[Any]) -> None:
    def give_up() -> None:
        raise KeyboardInterrupt

    asleep.append(give_up)
    with running_elsewhere(), pytest.raises(CommandError, match="Given up") as ended:
        import_file(tmp_path)
    assert ended.value.returncode == 130
    assert list(ImportRun.objects.values_list("status", flat=True)) == [Status.RUNNING]


def test_run_that_waits_at_a_terminal_is_left_to_it(tmp_path: Path, asleep: list[Any]) -> None:
    offered: list[list[int]] = []

    def look() -> None:
        ImportRun.objects.filter(status=Status.QUEUED).update(created_at=timezone.now() - start.FORGOTTEN * 2)
        offered.append(start.to_take_over())

    with running_elsewhere() as end:
        asleep += [look, end]
        import_file(tmp_path)
    assert offered == [[]]


def test_run_cancelled_while_it_waits_ends(tmp_path: Path, asleep: list[Any]) -> None:
    asleep.append(lambda: lifecycle.cancel(ImportRun.objects.get(status=Status.QUEUED), "asha"))
    with running_elsewhere():
        code, told = import_file(tmp_path)
        assert (code, "asha" in told.splitlines()[-1]) == (1, True)
        assert RegistrySource.objects.get().importing_since is not None


# With the workers


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Runs sent to workers."""
    numbers: list[int] = []
    monkeypatch.setattr(tasks.carry_out, "delay", numbers.append)
    return numbers


def test_worker_that_meets_a_running_import_leaves_its_own_queued(sent: list[int]) -> None:
    with running_elsewhere() as end:
        waiting = queued()
        tasks.carry_out(waiting.pk)
        waiting.refresh_from_db()
        assert (waiting.status, sent) == (Status.QUEUED, [])
        end()
    tasks.carry_out(waiting.pk)
    waiting.refresh_from_db()
    assert waiting.status == Status.SUCCEEDED


def test_who_ends_sends_the_one_that_waited_longest(sent: list[int]) -> None:
    first, second, third = queued(), queued(), queued()
    tasks.carry_out(first.pk)
    assert sent == [second.pk]
    tasks.carry_out(second.pk)
    assert sent == [second.pk, third.pk]


def test_what_waits_is_offered_when_the_registry_is_free() -> None:
    with running_elsewhere() as end:
        waiting, _later = queued(), queued()
        ImportRun.objects.filter(status=Status.QUEUED).update(created_at=timezone.now() - start.FORGOTTEN * 2)
        assert start.to_take_over() == []
        end()
    assert start.to_take_over() == [waiting.pk]
