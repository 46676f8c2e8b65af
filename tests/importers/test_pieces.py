"""A long first import is published in pieces, and ends as one that is published at once."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from importers.models import ImportProblem, ImportRun, RecordChange
from importers.pipeline import pieces, publish, sources, stages, start
from importers.pipeline.read import PageReading, read
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
    monkeypatch.setattr(pieces, "LONG", 5)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many trials are shown after each piece, until the last transaction."""
    shown: list[int] = []
    piece = publish._publish_next

    def watched(locked: Any, run_id: int) -> bool:
        went_on = piece(locked, run_id)
        if went_on:
            shown.append(Trial.objects.count())
        return went_on

    monkeypatch.setattr(publish, "_publish_next", watched)
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
    order: int, tmp_path: Path, shown: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction.atomic(), monkeypatch.context() as at_once:
        at_once.setattr(pieces, "LONG", 1000)
        expected = all_of(start.carry_out(queued(tmp_path, STUDIES[::order]).pk))
        transaction.set_rollback(True)
    assert all_of(start.carry_out(queued(tmp_path, STUDIES[::order]).pk)) == expected
    assert shown == ([4, 7] if order == 1 else [4, 6])


@pytest.fixture
def before_pages(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many trials are shown before each page is read."""
    shown: list[int] = []

    def watched(run: ImportRun, items: Any) -> PageReading:
        shown.append(Trial.objects.count())
        return read(run, items)

    monkeypatch.setattr(stages, "read", watched)
    return shown


def test_piece_of_files_is_shown_while_the_rest_is_still_read(
    tmp_path: Path, before_pages: list[int]
) -> None:
    start.carry_out(queued(tmp_path).pk)
    assert before_pages == [0, 0, 0, 4, 4, 4]


def test_nothing_is_shown_before_the_number_of_every_study_is_known(
    tmp_path: Path, before_pages: list[int]
) -> None:
    nameless: dict[str, Any] = {"protocolSection": {}}
    start.carry_out(queued(tmp_path, [*STUDIES[:4], *STUDIES[8:10], *STUDIES[4:7], nameless]).pk)
    assert before_pages == [0, 0, 0, 0, 0]


def test_copy_under_another_number_than_it_showed_counts_once(tmp_path: Path, shown: list[int]) -> None:
    """`annotationSection` stands before the number that counts."""
    misleading = {"annotationSection": {"nctId": "NCT99000055"}} | study(
        "NCT99000003", statusModule={"overallStatus": "COMPLETED", DAY: {"date": "2026-11-02"}}
    )
    run = start.carry_out(queued(tmp_path, [*STUDIES[:7], misleading]).pk)
    assert (run.status, run.seen, run.created, run.updated, run.unchanged) == ("succeeded", 7, 7, 0, 0)
    assert Registration.objects.get(registry_id="NCT99000003").status == "COMPLETED"
    assert shown == [4]


def test_goes_on_after_the_piece_at_which_a_process_was_lost(
    tmp_path: Path, shown: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = queued(tmp_path)
    with monkeypatch.context() as lost:
        lost.setattr(stages, "publish", lambda _run_id: None)
        start.carry_out(run.pk)
    assert Registration.objects.count() == 7
    run = start.carry_out(run.pk)
    assert (run.status, run.seen, run.created, run.failed, run.takeovers) == ("partial", 9, 8, 1, 1)


def test_cancelled_between_two_pieces_keeps_what_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    piece = publish._publish_next

    def cancelled(locked: Any, run_id: int) -> bool:
        went_on = piece(locked, run_id)
        if went_on:
            assert lifecycle.cancel(ImportRun.objects.get(pk=run_id), "asha")
        return went_on

    monkeypatch.setattr(publish, "_publish_next", cancelled)
    run = start.carry_out(queued(tmp_path).pk)
    assert (run.status, Registration.objects.count()) == ("cancelled", 4)


def test_second_import_is_published_at_once(tmp_path: Path, shown: list[int]) -> None:
    start.carry_out(queued(tmp_path).pk)
    shown.clear()
    start.carry_out(queued(tmp_path).pk)
    assert shown == []


def test_first_sweep_that_could_be_held_shows_nothing_of_itself(
    shown: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pieces, "PIECE", 1)
    failing = [study(f"NCT9900000{number}", statusModule=UNKNOWN) for number in (8, 9)]
    run = sweep([*STUDIES[:6], *failing])
    assert (run.status, shown, Trial.objects.count()) == ("held", [], 0)


def test_first_sweep_that_a_person_released_tells_its_changes_once(
    shown: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pieces, "PIECE", 1)
    monkeypatch.setattr(fetch, "PAGE_SIZE", 2)
    run = sweep([*STUDIES[:6], *(study(f"NCT9900000{number}", statusModule=UNKNOWN) for number in (8, 9))])
    lifecycle.release(run)
    run = start.carry_out(run.pk)
    assert (run.status, run.created, run.failed, run.changes.count()) == ("partial", 6, 2, 6)
    assert shown
