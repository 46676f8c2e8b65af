"""What the drills (`make drill`) call right and wrong."""

from collections.abc import Callable, Iterator
from contextlib import nullcontext

import pytest

from tests.drills import __main__ as drills
from tests.drills import site
from tests.drills.folders import Folders
from tests.drills.outcome import Outcome, changed
from tests.drills.visitors import Visitors
from tests.drills.waiting import promise
from tests.workers import free_port
from trialfinder.celery import app

Drill = Callable[[Folders], Iterator[Outcome]]


def quiet(_folders: Folders) -> Iterator[Outcome]:
    yield Outcome("a kill", asked=20, failed=3, seconds=1.25, notes="3 ConnectionRefusedError")


def broken(_folders: Folders) -> Iterator[Outcome]:
    yield Outcome("first")
    promise(False, "it did not end")


def missing(_folders: Folders) -> Iterator[Outcome]:
    yield Outcome("the disk is full", skipped="only root may mount")


@pytest.mark.parametrize(
    ("drill", "code", "last"),
    [
        (quiet, 0, "| a kill | 20 | 3 | 1.2 | nothing lost; 3 ConnectionRefusedError |"),
        (broken, 1, "| broken | 0 | 0 | 0.0 | **it did not end** |"),
        (missing, 0, "| the disk is full | | | | not tried: only root may mount |"),
    ],
)
def test_broken_promise_is_a_row_and_the_exit_code(
    drill: Drill, code: int, last: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(drills, "prepared", nullcontext)
    monkeypatch.setattr(drills, "DRILLS", {drill.__name__: drill})
    assert drills.main([]) == code
    rows = [line for line in capsys.readouterr().out.splitlines() if line.startswith("|")]
    assert rows[-1] == last


def test_workers_know_the_task_that_drills_send() -> None:
    app.loader.import_default_modules()
    assert site.ERASES_SESSIONS in app.tasks


def test_unknown_drill_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert drills.main(["flood"]) == 2
    assert "flood" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("after", "told"),
    [
        ((2, "abc"), ""),
        ((1, "ab"), "trials_trial changed (2 rows, now 1)"),
        ((2, "abd"), "trials_trial changed (2 rows, now 2)"),
    ],
)
def test_row_that_is_lost_or_changed_is_told(after: tuple[int, str], told: str) -> None:
    assert changed({"trials_trial": (2, "abc")}, {"trials_trial": after}) == told


def test_visitor_without_an_answer_counts_as_failed() -> None:
    visitors = Visitors(f"http://127.0.0.1:{free_port()}", ["NCT1"])
    visitors.visit("/trials/")
    assert (visitors.asked, visitors.failures) == (1, {"ConnectionRefusedError": 1})
