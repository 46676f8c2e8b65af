"""A long first import is published in pieces, and ends as one that is published at once."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from importers.models import ImportProblem, ImportRun, RecordChange
from importers.pipeline import pieces, publish, sources, stages, start
from importers.pipeline.newest import Newest
from importers.pipeline.unreadable import ReadOutcome
from importers.registries.ctgov import fetch
from importers.registries.slugs import Registry
from importers.runs import lifecycle
from tests.importers.sweeps import sweep
from tests.state import catalogue_state
from tests.studies import study, write_lines
from trials.models import Registration, Trial

pytestmark = pytest.mark.django_db

UNKNOWN = {"overallStatus": "PERHAPS"}
DAY = "lastUpdatePostDateStruct"
OLDER = study("NCT99000001", statusModule={"overallStatus": "COMPLETED", DAY: {"date": "2020-01-01"}})
STUDIES = [
    *(study(f"NCT9900000{number}") for number in range(1, 8)),
    OLDER,
    study("NCT99000008", statusModule=UNKNOWN),
    study("NCT99000009", designModule={"phases": ["PHASE2"]}),
    study("NCT99000001"),
]


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "BATCH_SIZE", 2)
    monkeypatch.setattr(pieces, "PIECE", 4)


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many trials are shown when each piece begins, and before the last transaction."""
    shown: list[int] = []
    piece = publish._publish_piece

    def watched(*what: Any) -> bool:
        shown.append(Trial.objects.count())
        return piece(*what)

    monkeypatch.setattr(publish, "_publish_piece", watched)
    return shown


def queued(folder: Path, studies: Sequence[dict[str, Any]] = STUDIES) -> ImportRun:
    path = write_lines(folder / "studies.jsonl", *studies)
    return start.queue(Registry.CTGOV, ImportRun.Source.FILES, origin=str(path))


def all_of(run: ImportRun) -> tuple[Any, ...]:
    changes = RecordChange.objects.filter(run=run).order_by("registry_id", "kind")
    problems = ImportProblem.objects.filter(run=run).order_by("registry_id", "field")
    return (
        *(getattr(run, name) for name in ("status", *publish.COUNTS)),
        catalogue_state(),
        list(changes.values_list("registry_id", "kind", "fields")),
        list(problems.values_list("registry_id", "field", "value", "minor")),
    )


@pytest.mark.parametrize("order", [1, -1])
def test_ends_as_an_import_that_is_published_at_once(
    order: int, tmp_path: Path, begun: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction.atomic(), monkeypatch.context() as at_once:
        at_once.setattr(pieces, "PIECE", 1000)
        expected = all_of(start.carry_out(queued(tmp_path, STUDIES[::order]).pk))
        transaction.set_rollback(True)
    assert all_of(start.carry_out(queued(tmp_path, STUDIES[::order]).pk)) == expected
    assert begun == ([0, 4, 7] if order == 1 else [0, 2, 6])


def test_goes_on_after_the_piece_at_which_a_process_was_lost(
    tmp_path: Path, begun: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = queued(tmp_path)
    with monkeypatch.context() as lost:
        lost.setattr(
            stages,
            "publish",
            lambda pk: publish._publish_piece(pk, Newest(ImportRun.objects.get(pk=pk)), ReadOutcome()),
        )
        start.carry_out(run.pk)
    assert Registration.objects.count() == 7
    run = start.carry_out(run.pk)
    assert (run.status, run.seen, run.created, run.failed, run.takeovers) == ("partial", 9, 8, 1, 1)


def test_cancelled_between_two_pieces_keeps_what_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    piece = publish._publish_piece

    def cancelled(run_id: int, *what: Any) -> bool:
        went_on = piece(run_id, *what)
        lifecycle.cancel(ImportRun.objects.get(pk=run_id), "somebody") if went_on else None
        return went_on

    monkeypatch.setattr(publish, "_publish_piece", cancelled)
    run = start.carry_out(queued(tmp_path).pk)
    assert (run.status, Registration.objects.count()) == ("cancelled", 4)


def test_second_import_is_published_at_once(tmp_path: Path, begun: list[int]) -> None:
    start.carry_out(queued(tmp_path).pk)
    begun.clear()
    start.carry_out(queued(tmp_path).pk)
    assert begun == []


def test_first_sweep_that_could_be_held_shows_nothing_of_itself(
    begun: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pieces, "PIECE", 1)
    failing = [study(f"NCT9900000{number}", statusModule=UNKNOWN) for number in (8, 9)]
    run = sweep([*STUDIES[:6], *failing])
    assert (run.status, begun, Trial.objects.count()) == ("held", [], 0)


def test_first_sweep_that_a_person_released_tells_its_changes_once(
    begun: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pieces, "PIECE", 1)
    monkeypatch.setattr(fetch, "PAGE_SIZE", 2)
    run = sweep([*STUDIES[:6], *(study(f"NCT9900000{number}", statusModule=UNKNOWN) for number in (8, 9))])
    lifecycle.release(run)
    run = start.carry_out(run.pk)
    assert (run.status, run.created, run.failed, run.changes.count()) == ("partial", 6, 2, 6)
    assert begun
