"""Files dropped on the desk: what becomes of those that are let in."""

import gzip
import zipfile
from typing import Any

import pytest
from kombu.exceptions import OperationalError

from importers import tasks
from importers.desk import uploads
from importers.files import archives as files
from importers.files import documents
from importers.files.documents import MB
from importers.models import ImportRun, UploadedFile
from importers.pipeline import sources, stages
from tests.importers.dropped import OTHER, STUDY, Drop, named, zipped
from trials.models import Trial

pytestmark = pytest.mark.django_db


def imported() -> ImportRun:
    """The one upload there is, carried out."""
    run = stages.carry_out(ImportRun.objects.get().pk)
    assert UploadedFile.objects.count() == 0
    return run


def problems(run: ImportRun) -> list[tuple[str, str]]:
    return list(run.problems.order_by("pk").values_list("origin", "value"))


def test_upload_is_kept_until_it_is_imported(drop: Drop) -> None:
    answer = drop(named("a.json"), named("b.jsonl", OTHER))
    run = ImportRun.objects.get()
    assert answer["Location"] == f"/imports/{run.pk}/"
    assert (run.source, run.origin, run.dry_run, run.trigger) == ("upload", "a.json, b.jsonl", False, "desk")
    assert list(run.uploads.order_by("number").values_list("number", "part", "name")) == [
        (0, 0, "a.json"),
        (1, 0, "b.jsonl"),
    ]


def test_upload_of_several_files_is_imported(drop: Drop) -> None:
    drop(named("a.json"), named("b.jsonl.gz", gzip.compress(OTHER, mtime=0)))
    run = imported()
    assert (run.status, run.seen, run.created) == ("succeeded", 2, 2)
    assert Trial.objects.listed().count() == 2


def test_upload_of_an_archive_is_imported(drop: Drop) -> None:
    drop(named("all.zip", zipped(("a.json", STUDY), ("deep/b.json", OTHER), ("read.me", b"x"))))
    assert imported().created == 2


def test_upload_in_several_parts_is_put_together(drop: Drop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "PART", 500)
    monkeypatch.setattr("django.core.files.uploadhandler.MemoryFileUploadHandler.handle_raw_input", _on_disk)
    drop(named("a.json"), named("b.json", OTHER))
    assert UploadedFile.objects.count() > 4
    assert imported().created == 2


def _on_disk(self: Any, *args: Any, **kwargs: Any) -> None:
    self.activated = False


def test_upload_that_is_only_tried_changes_nothing(drop: Drop) -> None:
    drop(named("a.json"), dry_run="on")
    run = imported()
    assert (run.dry_run, run.status, run.created, Trial.objects.count()) == (True, "succeeded", 1, 0)


@pytest.mark.parametrize("before", [b"\xef\xbb\xbf", b"\n \t", b"\xef\xbb\xbf\r\n"])
def test_byte_order_mark_and_blanks_are_passed_over(drop: Drop, before: bytes) -> None:
    drop(named("a.json", before + STUDY))
    assert imported().created == 1


def test_upload_in_hindi_is_imported(drop: Drop) -> None:
    answer = drop(named("a.json"), language="/hi")
    assert answer["Location"] == f"/hi/imports/{ImportRun.objects.get().pk}/"
    assert imported().created == 1


@pytest.mark.parametrize(
    "name",
    [
        "a\0b.json",
        "a&#0;b.json",
        "../../a.json",
        "a.JSON",
        ".json",
        f"a.{'b' * 249}.json",
        "परीक्षण. " + "क" * 90 + ".json",
    ],
)
def test_odd_names_do_no_harm(drop: Drop, name: str) -> None:
    drop(named(name))
    run = imported()
    assert (run.status, run.created) == ("succeeded", 1)


BOMB = b"[" + b" " * 6 * MB + b"]"


@pytest.mark.parametrize(
    ("name", "body", "origin", "why"),
    [
        ("bomb.zip", zipped(("a.json", BOMB)), "bomb.zip", "the archive expands more than 5 times"),
        ("in.zip", zipped(("b.zip", zipped())), "in.zip/b.zip", "an archive inside an archive is not opened"),
        ("cut.zip", zipped(("a.json", STUDY))[:-30], "cut.zip", "cannot be read: File is not a zip file"),
        (
            "a.json.gz",
            gzip.compress(STUDY, mtime=0)[:90],
            "a.json.gz",
            "cannot be read: Compressed file ended before",
        ),
        (
            "bomb.json.gz",
            gzip.compress(BOMB, mtime=0),
            "bomb.json.gz",
            "cannot be read: expands more than 5 times",
        ),
        ("a.json", b"[1, ", "a.json", "not JSON: Expecting value (line 1, column"),
        ("a.json", b"[" * 100_000, "a.json", ""),
    ],
    ids=["bomb", "nested", "cut", "cut gz", "gz bomb", "no json", "deep"],
)
def test_bad_file_is_a_problem_and_the_rest_is_taken(
    drop: Drop, monkeypatch: pytest.MonkeyPatch, name: str, body: bytes, origin: str, why: str
) -> None:
    for module in (documents, files):
        monkeypatch.setattr(module, "MAX_RATIO", 5)
    drop(named(name, body), named("good.json"))
    run = imported()
    assert (run.status, run.created, run.failed) == ("partial", 1, 1)
    ((where, reason),) = problems(run)
    assert (where, reason[: len(why)]) == (origin, why)


def broken_name() -> bytes:
    """An archive that says its names are UTF-8 and lies."""
    return zipped(("ä.json", STUDY)).replace("ä".encode(), b"\xff\xfe")


def broken_lzma() -> bytes:
    packed = bytearray(zipped(("a.json", STUDY), method=zipfile.ZIP_LZMA))
    packed[60:90] = b"\xff" * 30
    return bytes(packed)


@pytest.mark.parametrize("body", [broken_name(), broken_lzma()], ids=["name", "lzma"])
def test_damaged_archive_is_a_problem(drop: Drop, body: bytes) -> None:
    drop(named("a.zip", body), named("good.json"))
    run = imported()
    assert (run.status, run.created, run.failed) == ("partial", 1, 1)


def test_files_that_unpack_to_too_much_end_there(drop: Drop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MAX_UPLOAD_EXPANDED", len(STUDY) + 10)
    drop(named("a.json"), named("b.json", OTHER), named("c.json", OTHER))
    run = imported()
    assert (run.created, run.failed) == (1, 1)
    assert problems(run) == [("b.json", "the files hold more than 0 MB")]


def test_upload_of_nothing_we_read_fails_in_words(drop: Drop) -> None:
    drop(named("a.zip", zipped(("read.me", b"x"))))
    run = imported()
    assert (run.status, bool(run.error)) == ("failed", True)


def unreachable(_run_id: int) -> None:
    raise OperationalError("no broker")


@pytest.mark.django_db(transaction=True)
def test_upload_waits_where_the_queue_does_not_answer(drop: Drop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks.carry_out, "delay", unreachable)
    assert drop(named("a.json")).status_code == 302
    assert (ImportRun.objects.get().status, UploadedFile.objects.count()) == ("queued", 1)
    assert imported().created == 1
