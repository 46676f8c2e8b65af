"""Files dropped on the desk: what is refused at the door, and what the rest becomes."""

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from kombu.exceptions import OperationalError

from importers import tasks
from importers.desk import uploads
from importers.files import archives as files
from importers.files import documents
from importers.files.documents import MB
from importers.models import ImportRun, UploadedFile
from importers.pipeline import sources, stages
from tests.desk import HOSTILE, person, signed_in
from tests.studies import study
from trials.models import Trial

pytestmark = pytest.mark.django_db

Drop = Callable[..., Any]
STUDY = json.dumps(study()).encode()
OTHER = json.dumps(study("NCT99000002")).encode()


def named(name: str, body: bytes = STUDY) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, body)


def zipped(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, body in members:
            archive.writestr(name, body)
    return packed.getvalue()


@pytest.fixture
def drop() -> Drop:
    """Drop files on the desk; gives the answer."""
    client = signed_in(person(admin=True))

    def drop(*files: SimpleUploadedFile, language: str = "", registry: str = "ctgov", **entries: str) -> Any:
        form = {"registry": registry, "dropped": list(files)} | entries
        return client.post(f"{language}/imports/upload/", form)

    return drop


def imported() -> ImportRun:
    """The one upload there is, carried out."""
    run = stages.carry_out(ImportRun.objects.get().pk)
    assert UploadedFile.objects.count() == 0
    return run


def problems(run: ImportRun) -> list[tuple[str, str]]:
    return list(run.problems.order_by("pk").values_list("origin", "value"))


def refused(answer: Any) -> list[str]:
    """The complaints of a form that was refused; nothing is stored of it."""
    assert answer.status_code == 400
    assert (ImportRun.objects.count(), UploadedFile.objects.count()) == (0, 0)
    shown = [
        str(e) for field in ("registry", "dropped") for e in answer.context["upload"].errors.get(field, [])
    ]
    assert answer.text.count('role="alert"') == len(shown)
    return shown


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


@pytest.mark.parametrize(
    ("name", "registry"),
    [("a.txt", "ctgov"), ("a", "ctgov"), ("a.html", "ctgov"), ("a.json", "ctri"), ("a.json.exe", "ctgov")],
)
def test_file_with_a_wrong_ending_is_refused(drop: Drop, name: str, registry: str) -> None:
    (complaint,) = refused(drop(named(name), registry=registry))
    assert complaint.startswith(f"{name}: files of this registry end in .")


@pytest.mark.parametrize(
    ("name", "body", "registry"),
    [
        ("a.json", b"<html>", "ctgov"),
        ("a.jsonl", b"NCT,title", "ctgov"),
        ("a.json.gz", STUDY, "ctgov"),
        ("a.zip", STUDY, "ctgov"),
        ("a.html", b"MZ\x90", "ctri"),
        ("a.json", b"   ", "ctgov"),
    ],
)
def test_file_that_is_not_what_its_name_says_is_refused(
    drop: Drop, name: str, body: bytes, registry: str
) -> None:
    assert refused(drop(named(name, body), registry=registry)) == [f"{name} is not what its name says."]


@pytest.mark.parametrize("before", [b"\xef\xbb\xbf", b"\n \t", b"\xef\xbb\xbf\r\n"])
def test_byte_order_mark_and_blanks_are_passed_over(drop: Drop, before: bytes) -> None:
    drop(named("a.json", before + STUDY))
    assert imported().created == 1


def test_too_many_files_are_refused(drop: Drop) -> None:
    files = [named(f"{number}.json") for number in range(21)]
    assert refused(drop(*files)) == ["Not more than 20 files at once."]


def test_too_large_a_file_is_refused(drop: Drop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MAX_FILE", MB)
    assert refused(drop(named("a.json", b"[" * (MB + 1)))) == ["a.json has more than 1 MB."]


def test_files_too_large_together_are_refused(drop: Drop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MAX_ALL", MB)
    half = b"[" * (MB // 2 + 1)
    assert refused(drop(named("a.json", half), named("b.json", half))) == ["Not more than 1 MB at once."]


def test_empty_file_is_refused(drop: Drop) -> None:
    assert refused(drop(named("a.json", b""))) == ["The submitted file is empty."]


def test_no_file_is_refused(drop: Drop) -> None:
    assert refused(drop()) == ["This field is required."]


@pytest.mark.parametrize("registry", ["", "nowhere", "ctgov\0", "9" * 5000, HOSTILE])
def test_nonsense_for_a_registry_is_refused(drop: Drop, registry: str) -> None:
    answer = drop(named("a.json"), registry=registry)
    assert len(refused(answer)) == 1
    assert HOSTILE not in answer.text


def test_hostile_name_of_a_refused_file_is_escaped(drop: Drop) -> None:
    answer = drop(named("<img src=x>.txt"))
    assert len(refused(answer)) == 1
    assert "<img src=x>" not in answer.text


def test_list_below_a_refused_upload_leads_to_the_desk(drop: Drop) -> None:
    ImportRun.objects.bulk_create(ImportRun(registry="ctgov", status="failed") for _ in range(21))
    assert 'href="/imports/?page=2#runs"' in drop().text


def test_refusal_in_hindi_is_a_hindi_page(drop: Drop) -> None:
    answer = drop(named("a.txt"), language="/hi")
    assert len(refused(answer)) == 1
    assert '<html lang="hi">' in answer.text


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
    assert (run.status, run.error) == ("failed", "There were no records.")


def unreachable(_run_id: int) -> None:
    raise OperationalError("no broker")


@pytest.mark.django_db(transaction=True)
def test_upload_waits_where_the_queue_does_not_answer(drop: Drop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks.carry_out, "delay", unreachable)
    assert drop(named("a.json")).status_code == 302
    assert (ImportRun.objects.get().status, UploadedFile.objects.count()) == ("queued", 1)
    assert imported().created == 1
