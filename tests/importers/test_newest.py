"""Copies of one study in one import: the newest counts, and an unreadable newer one takes "now" away."""

import gzip
import itertools
import json
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from importers.models import ImportProblem, ImportRun, RawRecord
from importers.pipeline import start
from importers.records import ParseError
from importers.registries import adapter
from importers.registries.ctri.glance import glance
from importers.registries.slugs import Registry
from tests.state import catalogue_state
from tests.studies import study, write_lines
from trials.catalogue.compose import refresh
from trials.models import Registration, Trial, TrialEvent
from trials.record import TrialRecord

pytestmark = pytest.mark.django_db

Source = ImportRun.Source


def version(day: str, status: str = "RECRUITING", **modules: Any) -> dict[str, Any]:
    return study(statusModule={"overallStatus": status, "lastUpdatePostDateStruct": {"date": day}}, **modules)


OLD, NEW = version("2026-09-01"), version("2026-10-01", "COMPLETED")
UNREAD = version("2026-11-01", "PERHAPS")


def take(path: Path, registry: Registry = Registry.CTGOV) -> ImportRun:
    return start.carry_out(start.queue(registry, Source.FILES, origin=str(path)).pk)


def take_lines(folder: Path, *studies: Any) -> ImportRun:
    return take(write_lines(folder / "some.jsonl", *studies))


def counts(run: ImportRun) -> tuple[str, int, int, int, int, int]:
    return (run.status, run.seen, run.created, run.updated, run.unchanged, run.failed)


def stored() -> Registration:
    return Registration.objects.get()


@pytest.mark.parametrize(
    "order", list(itertools.permutations([OLD, NEW, version("2026-09-15", "SUSPENDED")]))
)
def test_newest_of_several_lines_counts_in_any_order(order: Any, tmp_path: Path) -> None:
    assert counts(take_lines(tmp_path, *order)) == ("succeeded", 1, 1, 0, 0, 0)
    assert (stored().status, stored().last_updated) == ("COMPLETED", date(2026, 10, 1))


@pytest.mark.parametrize(("zipped", "packed"), [(OLD, NEW), (NEW, OLD)])
def test_newest_of_two_files_counts(zipped: Any, packed: Any, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "z.zip", "w") as archive:
        archive.writestr("NCT99000001.json", json.dumps(zipped))
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(json.dumps(packed).encode(), mtime=0))
    assert counts(take(tmp_path)) == ("succeeded", 1, 1, 0, 0, 0)
    assert stored().status == "COMPLETED"


@pytest.mark.parametrize(("first", "last"), [(OLD, NEW), (NEW, OLD)])
def test_newest_counts_over_the_border_of_two_pages(
    first: Any, last: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importers.pipeline.sources.BATCH_SIZE", 1)
    assert counts(take_lines(tmp_path, first, study("NCT99000002"), last)) == ("succeeded", 2, 2, 0, 0, 0)
    assert Registration.objects.get(registry_id="NCT99000001").status == "COMPLETED"


@pytest.mark.parametrize("order", list(itertools.permutations([OLD, version("2026-09-01", "SUSPENDED")])))
def test_of_one_day_the_copy_that_does_not_recruit_counts(order: Any, tmp_path: Path) -> None:
    take_lines(tmp_path, *order)
    before = catalogue_state()
    assert stored().status == "SUSPENDED"
    assert counts(take_lines(tmp_path, *reversed(order))) == ("succeeded", 1, 0, 0, 1, 0)
    assert catalogue_state() == before


def test_copies_that_say_the_same_are_one(tmp_path: Path) -> None:
    assert counts(take_lines(tmp_path, NEW, NEW, NEW)) == ("succeeded", 1, 1, 0, 0, 0)


def test_copies_kept_are_read_again_with_the_newest_counting(tmp_path: Path) -> None:
    take_lines(tmp_path, NEW)
    take_lines(tmp_path, OLD)
    run = start.carry_out(start.queue(Registry.CTGOV, Source.REPARSE).pk)
    assert (counts(run), stored().status) == (("succeeded", 1, 0, 0, 1, 0), "COMPLETED")
    assert RawRecord.objects.count() == 2


def test_older_copy_that_cannot_be_read_fails_nothing_beside_a_newer_one(tmp_path: Path) -> None:
    run = take_lines(tmp_path, version("2026-08-01", "PERHAPS"), OLD)
    assert counts(run) == ("succeeded", 1, 1, 0, 0, 0)
    assert (ImportProblem.objects.get().minor, stored().unreadable_since) == (True, None)


def test_unknown_minor_words_are_notices_and_fail_nothing(tmp_path: Path) -> None:
    take_lines(tmp_path, OLD)
    odd = version(
        "2026-10-01", "COMPLETED", identificationModule={"secondaryIdInfos": [{"id": "j", "type": "JRCT"}]}
    )
    run = take_lines(tmp_path, odd)
    assert (counts(run), run.notices) == (("succeeded", 1, 0, 1, 0, 0), 1)
    notice = ImportProblem.objects.get()
    assert (notice.minor, notice.registry_id, notice.value) == (True, "NCT99000001", "JRCT")
    assert Trial.objects.get().status == "COMPLETED"


# A newer version that cannot be read


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize("order", list(itertools.permutations([OLD, UNREAD])))
def test_unreadable_newer_version_takes_now_away(order: Any, at_once: bool, tmp_path: Path) -> None:
    if at_once:
        assert counts(take_lines(tmp_path, *order)) == ("partial", 1, 0, 0, 0, 1)
    else:
        take_lines(tmp_path, OLD)
        assert counts(take_lines(tmp_path, UNREAD)) == ("failed", 1, 0, 0, 0, 1)
    trial = Trial.objects.get()
    assert (trial.status, trial.recruiting_in_india, trial.outdated) == ("UNKNOWN", False, True)
    assert (stored().status, trial.published, trial.open_cities) == ("RECRUITING", True, [])
    assert not trial.sites.filter(is_open=True).exists()
    assert TrialEvent.objects.filter(kind=TrialEvent.Kind.UNREADABLE).count() == 1


@pytest.mark.parametrize(
    "unread",
    [
        version("2026-11-01", designModule={"phases": ["PHASE9"]}),
        version("2026-11-01", contactsLocationsModule={"locations": [{"status": "OPEN"}]}),
        version("2026-02-30"),
        version(""),
    ],
    ids=["phase", "site status", "impossible date", "no date"],
)
def test_everything_that_decides_safety_takes_now_away(unread: Any, tmp_path: Path) -> None:
    take_lines(tmp_path, OLD)
    take_lines(tmp_path, unread)
    assert not Trial.objects.get().recruiting_in_india


def test_told_once_and_kept_through_composing_anew(tmp_path: Path) -> None:
    take_lines(tmp_path, OLD)
    take_lines(tmp_path, UNREAD)
    since = stored().unreadable_since
    take_lines(tmp_path, UNREAD)
    refresh(Trial.objects.values_list("pk", flat=True), stored().fetched_at)
    assert (stored().unreadable_since, Trial.objects.get().recruiting_in_india) == (since, False)
    assert TrialEvent.objects.filter(kind=TrialEvent.Kind.UNREADABLE).count() == 1


def test_older_unreadable_copy_of_a_file_says_nothing_of_now(tmp_path: Path) -> None:
    take_lines(tmp_path, OLD)
    take_lines(tmp_path, version("2026-08-01", "PERHAPS"))
    assert (Trial.objects.get().recruiting_in_india, stored().unreadable_since) == (True, None)


def test_later_readable_version_gives_now_back(tmp_path: Path) -> None:
    take_lines(tmp_path, OLD)
    take_lines(tmp_path, UNREAD)
    take_lines(tmp_path, version("2026-11-02"))
    trial = Trial.objects.get()
    assert (trial.status, trial.recruiting_in_india, trial.outdated) == ("RECRUITING", True, False)
    assert TrialEvent.objects.filter(kind=TrialEvent.Kind.READABLE).count() == 1


@pytest.mark.parametrize("between", [OLD, version("2026-10-15")])
def test_files_older_than_the_unread_version_give_nothing_back(between: Any, tmp_path: Path) -> None:
    take_lines(tmp_path, OLD)
    take_lines(tmp_path, UNREAD)
    take_lines(tmp_path, between)
    assert not Trial.objects.get().recruiting_in_india


def test_reading_kept_copies_again_changes_nothing_while_the_words_are_unknown(tmp_path: Path) -> None:
    take_lines(tmp_path, OLD, UNREAD)
    run = start.carry_out(start.queue(Registry.CTGOV, Source.REPARSE).pk)
    assert (run.failed, Trial.objects.get().recruiting_in_india) == (1, False)


def test_new_number_of_a_record_takes_now_from_what_stands_under_the_former_one(tmp_path: Path) -> None:
    take_lines(tmp_path, OLD)
    renamed = version("2026-11-01", "PERHAPS", identificationModule={"nctIdAliases": ["NCT99000001"]})
    renamed["protocolSection"]["identificationModule"]["nctId"] = "NCT99000002"
    take_lines(tmp_path, renamed)
    assert not Trial.objects.get().recruiting_in_india


# CTRI pages

PAGE = (Path(__file__).parents[1] / "payloads" / "ctri" / "r07_2024_13_900007.html").read_text()


def page(day: str) -> str:
    """The same CTRI page as of another day: dd/mm/yyyy."""
    return PAGE.replace("03/12/2024", day)


def take_pages(folder: Path, *pages: str) -> ImportRun:
    folder.mkdir(exist_ok=True)
    for number, text in enumerate(pages):
        (folder / f"{number}.html").write_text(text, encoding="utf-8")
    return take(folder, Registry.CTRI)


@pytest.mark.parametrize("days", [("03/12/2024", "04/01/2025"), ("04/01/2025", "03/12/2024")])
def test_newest_of_two_ctri_pages_counts(days: tuple[str, str], tmp_path: Path) -> None:
    assert counts(take_pages(tmp_path, *map(page, days))) == ("succeeded", 1, 1, 0, 0, 0)
    assert stored().last_updated == date(2025, 1, 4)


@pytest.mark.parametrize(("day", "outdated"), [("04/01/2025", True), ("04/01/2024", False)])
def test_newer_ctri_page_that_cannot_be_parsed_takes_now_away(
    day: str, outdated: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_pages(tmp_path / "old", PAGE)

    def refuse(_value: bytes) -> TrialRecord:
        raise ParseError(stored().registry_id, "Recruitment Status of Trial (India)", "Perhaps")

    refusing = replace(adapter(Registry.CTRI), parse_value=refuse)
    monkeypatch.setattr("importers.pipeline.read.adapter", lambda _slug: refusing)
    take_pages(tmp_path / "new", page(day))
    assert (stored().unreadable_since is not None, Trial.objects.get().outdated) == (outdated, outdated)


def test_ctri_page_that_cannot_be_parsed_still_tells_its_day() -> None:
    assert glance(page("04/01/2025").encode()).updated == date(2025, 1, 4)
    assert glance(page("31/02/2025").encode()).updated is None
    assert glance(b"<html>").updated is None
