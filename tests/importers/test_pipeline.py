"""The whole way of the data, from files: what is stored, what is refused, what stays."""

import zlib
from pathlib import Path

import msgspec
import pytest
from django.db import connection
from django.utils import timezone

from importers.files.documents import Known, RawItem, Unreadable
from importers.models import ImportProblem, ImportRun, RawRecord, RunPage
from importers.pipeline import publish, start
from importers.pipeline.read import read, told_apart
from importers.registries.slugs import Registry
from importers.runs import lifecycle
from importers.text.jsontext import canonical
from tests.studies import study, write_lines
from trials.catalogue.compose import refresh
from trials.models import Registration, RegistrySource, Trial

pytestmark = pytest.mark.django_db

COMPLETED = {"overallStatus": "COMPLETED"}
Source = ImportRun.Source


def run_files(path: Path, **options: bool) -> ImportRun:
    return start.carry_out(start.queue(Registry.CTGOV, Source.FILES, origin=str(path), **options).pk)


def counts(run: ImportRun) -> tuple[str, int, int, int, int, int]:
    return (run.status, run.seen, run.created, run.updated, run.unchanged, run.failed)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_lines(tmp_path / "studies.jsonl", study(), study("NCT99000002"))


def test_import_takes_every_record(corpus: Path) -> None:
    assert counts(run_files(corpus)) == ("succeeded", 2, 2, 0, 0, 0)
    assert Trial.objects.listed().count() == 2


def test_after_many_new_records_postgresql_knows_the_size_of_the_tables(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publish, "MANY", 2)
    run_files(corpus)
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'trials_registration'::regclass")
        assert cursor.fetchone() == (2,)


def test_import_twice_changes_nothing(corpus: Path) -> None:
    run_files(corpus)
    rows = list(Registration.objects.order_by("id").values())
    assert counts(run_files(corpus)) == ("succeeded", 2, 0, 0, 2, 0)
    assert list(Registration.objects.order_by("id").values()) == rows


def test_import_ignores_volatile_fields(tmp_path: Path) -> None:
    run_files(write_lines(tmp_path / "a.jsonl", study()))
    again = study() | {"derivedSection": {"miscInfoModule": {"versionHolder": "2026-11-02"}}}
    assert counts(run_files(write_lines(tmp_path / "b.jsonl", again))) == ("succeeded", 1, 0, 0, 1, 0)


def test_stored_copy_is_told_by_its_bytes_and_not_read_again(tmp_path: Path) -> None:
    run = run_files(write_lines(tmp_path / "a.jsonl", study()))
    same = RawItem("a", canonical(study() | {"derivedSection": {"miscInfoModule": {"versionHolder": "x"}}}))
    changed = RawItem("b", canonical(study(statusModule=COMPLETED)))
    stored = Registration.objects.get()
    known = Known("a", stored.registry_id, stored.content_hash)
    items, ids = told_apart(run, [same, changed, Unreadable("c", "broken")])
    assert items == [known, changed, Unreadable("c", "broken")]
    assert ids == ["NCT99000001", "NCT99000001"]
    assert RunPage.keep(run, 1, items).items() == items
    reading = read(run, [known, known])
    assert (reading.ids, reading.known, reading.copies) == ([stored.registry_id], [stored.registry_id], [])


def test_page_that_an_earlier_version_kept_is_read() -> None:
    body = zlib.compress(msgspec.msgpack.encode([("a", b"{}", ""), ("b", b"", "broken")]))
    assert RunPage(body=body).items() == [RawItem("a", b"{}"), Unreadable("b", "broken")]


def test_import_keeps_every_distinct_content(tmp_path: Path) -> None:
    run_files(write_lines(tmp_path / "a.jsonl", study()))
    run_files(write_lines(tmp_path / "b.jsonl", study(statusModule=COMPLETED)))
    assert RawRecord.objects.filter(registry_id="NCT99000001").count() == 2
    assert Trial.objects.get().status == "COMPLETED"


def test_import_goes_on_past_what_it_cannot_take(tmp_path: Path) -> None:
    nameless = {"protocolSection": {"identificationModule": {"briefTitle": "No id"}}}
    unknown = study("NCT99000002", statusModule={"overallStatus": "PERHAPS"})
    run = run_files(write_lines(tmp_path / "a.jsonl", "<html>", nameless, unknown, study(), "[1]"))
    assert counts(run) == ("partial", 5, 1, 0, 0, 4)
    problem = ImportProblem.objects.get(registry_id="NCT99000002")
    assert (problem.field, problem.value) == ("protocolSection.statusModule.overallStatus", "PERHAPS")


def test_import_keeps_the_good_copy_of_a_record_that_turns_bad(tmp_path: Path) -> None:
    run_files(write_lines(tmp_path / "a.jsonl", study()))
    bad = study(designModule={"phases": ["PHASE9"]})
    assert counts(run_files(write_lines(tmp_path / "b.jsonl", bad))) == ("failed", 1, 0, 0, 0, 1)
    assert Trial.objects.get().phases == ["PHASE1", "PHASE2"]


def test_import_never_replaces_a_newer_copy_with_an_older_file(tmp_path: Path) -> None:
    run_files(write_lines(tmp_path / "a.jsonl", study()))
    older = study(statusModule=COMPLETED | {"lastUpdatePostDateStruct": {"date": "2020-01-01"}})
    assert counts(run_files(write_lines(tmp_path / "b.jsonl", older))) == ("succeeded", 1, 0, 0, 1, 0)
    assert Trial.objects.get().status == "RECRUITING"


def test_dry_run_counts_and_stores_nothing(corpus: Path) -> None:
    assert counts(run_files(corpus, dry_run=True)) == ("succeeded", 2, 2, 0, 0, 0)
    assert (Trial.objects.count(), RawRecord.objects.count()) == (0, 0)


def test_reparse_of_kept_copies_changes_nothing_by_itself(corpus: Path) -> None:
    run_files(corpus)
    run = start.carry_out(start.queue(Registry.CTGOV, Source.REPARSE).pk)
    assert counts(run) == ("succeeded", 2, 0, 0, 2, 0)


def test_reparse_repairs_what_is_stored(corpus: Path) -> None:
    run_files(corpus)
    Registration.objects.filter(registry_id="NCT99000001").update(title="Spoilt")
    run = start.carry_out(start.queue(Registry.CTGOV, Source.REPARSE).pk)
    assert (run.status, run.updated, Registration.objects.filter(title="Spoilt").count()) == (
        "succeeded",
        1,
        0,
    )


def test_reparse_that_changes_labels_waits_for_a_person_with_the_difference(corpus: Path) -> None:
    run_files(corpus)
    Registration.objects.filter(registry_id="NCT99000001").update(conditions=["aml"])
    refresh(Trial.objects.values_list("pk", flat=True), timezone.now())
    run = start.carry_out(start.queue(Registry.CTGOV, Source.REPARSE).pk)
    assert (run.status, run.held, run.doubts) == ("held", 1, [{"code": "relabelled", "values": {"count": 1}}])
    assert run.changes.get().fields == [{"field": "conditions", "before": ["aml"], "after": ["lbcl"]}]
    assert Trial.objects.get(primary_id="NCT99000001").conditions == ["aml"]
    assert lifecycle.release(run)
    assert start.carry_out(run.pk).status == "succeeded"
    assert Trial.objects.get(primary_id="NCT99000001").conditions == ["lbcl"]


def test_first_real_import_removes_the_sample(corpus: Path) -> None:
    for registry in Registry:
        start.carry_out(start.queue(registry, Source.SAMPLE).pk)
    assert Trial.objects.filter(sample=True).exists()
    run_files(corpus)
    assert not Trial.objects.filter(sample=True).exists()
    assert not RawRecord.objects.filter(sample=True).exists()


def test_finished_run_is_not_done_again(corpus: Path) -> None:
    run = run_files(corpus)
    assert start.carry_out(run.pk).finished_at == run.finished_at


def test_files_are_no_reading_of_their_registry(corpus: Path) -> None:
    run = run_files(corpus)
    source = RegistrySource.objects.get(registry=Registry.CTGOV)
    assert (source.last_good_at, source.read_from, source.files_at) == (None, "files", run.finished_at)
    assert source.read_from == "files"
    assert source.importing_since is None
